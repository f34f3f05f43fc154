import { refuse, required } from "../define.ts";
import type { AirlineWorld, Flight, Reservation, Segment, User } from "./data.ts";

export const findReservation = (world: AirlineWorld, id: string): Reservation =>
  required(world.reservations.get(id), "There is no such reservation.");
export const findUser = (world: AirlineWorld, id: string): User =>
  required(world.users.get(id), "There is no such user.");

/** A flight on a day as a segment at today's price of the cabin. Throws when it cannot be booked for that many people. */
export function segmentOf(
  world: AirlineWorld,
  { flight_number, date }: { readonly flight_number: string; readonly date: string },
  cabin: string,
  people: number,
): Segment {
  const flight = required(world.flights.get(flight_number), `There is no flight ${flight_number}.`);
  const day = required(flight.dates[date], `Flight ${flight_number} does not fly on ${date}.`);
  refuse(day.status !== "available", `Flight ${flight_number} cannot be booked on ${date}.`);
  refuse((day.available_seats?.[cabin] ?? 0) < people, `There are not enough seats on flight ${flight_number}.`);
  const price = required(day.prices?.[cabin], `Flight ${flight_number} has no ${cabin}.`);
  return { flight_number, date, price, origin: flight.origin, destination: flight.destination };
}

/** A flight on a day as a search shows it; undefined when it cannot be booked then. */
export function offer(flight: Flight, date: string): Readonly<Record<string, unknown>> | undefined {
  const day = flight.dates[date];
  if (day?.status !== "available") return undefined;
  const { dates: _, ...described } = flight;
  return { ...described, ...day };
}

/**
 * Charges a difference of price (negative: a refund) to one of the user's methods, as a change of a reservation does, and adds it to the
 * reservation's payments. Certificates cannot pay for changes.
 */
export function charge(
  world: AirlineWorld,
  reservation: Reservation,
  paymentId: string,
  difference: number,
): Reservation {
  const user = findUser(world, reservation.user_id);
  const method = required(user.payment_methods[paymentId], "The user has no such payment method.");
  refuse(method.source === "certificate", "A certificate cannot pay for a change.");
  const gift = method.source === "gift_card";
  refuse(gift && (method.amount ?? 0) < difference, "There is not enough on the gift card.");
  if (gift) {
    const left = { ...method, amount: (method.amount ?? 0) - difference };
    world.users.put(reservation.user_id, { ...user, payment_methods: { ...user.payment_methods, [paymentId]: left } });
  }
  if (difference === 0) return reservation;
  return {
    ...reservation,
    payment_history: [...reservation.payment_history, { payment_id: paymentId, amount: difference }],
  };
}

export function keep(world: AirlineWorld, reservation: Reservation): Reservation {
  world.reservations.put(reservation.reservation_id, reservation);
  return reservation;
}
