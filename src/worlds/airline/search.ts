import type { AirlineWorld } from "./data.ts";
import { offer } from "./payment.ts";

interface Search {
  readonly origin: string;
  readonly destination: string;
  readonly date: string;
}

export function searchDirect(world: AirlineWorld, { origin, destination, date }: Search): readonly object[] {
  return [...world.flights.values()]
    .filter((flight) => flight.origin === origin && flight.destination === destination)
    .map((flight) => offer(flight, date))
    .filter((found) => found !== undefined);
}

/** Pairs of flights with one stop, the second leaving no earlier than the first arrives; on the next day where the first arrives then. */
export function searchOneStop(
  world: AirlineWorld,
  { origin, destination, date }: Search,
): readonly (readonly object[])[] {
  const all = [...world.flights.values()];
  return all
    .filter((first) => first.origin === origin)
    .flatMap((first) => {
      const arrival = first.scheduled_arrival_time_est;
      const day = arrival.includes("+1") ? nextDay(date) : date;
      const start = offer(first, date);
      if (start === undefined) return [];
      return all
        .filter((second) => second.origin === first.destination && second.destination === destination)
        .filter((second) => arrival <= second.scheduled_departure_time_est)
        .flatMap((second) => {
          const next = offer(second, day);
          return next === undefined
            ? []
            : [
                [
                  { ...start, date },
                  { ...next, date: day },
                ],
              ];
        });
    });
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
