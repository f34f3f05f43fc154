import { refuse } from "../define.ts";
import { bagPrice } from "./book.ts";
import type { AirlineWorld, Reservation } from "./data.ts";
import { charge, findReservation, findUser, keep, segmentOf } from "./payment.ts";

/** Refunds every payment to where it came from. Whether a reservation may be cancelled is for the agent to know. */
export function cancel(world: AirlineWorld, { reservation_id }: { reservation_id: string }): Reservation {
  const reservation = findReservation(world, reservation_id);
  const refunds = reservation.payment_history.map(({ payment_id, amount }) => ({ payment_id, amount: -amount }));
  return keep(world, {
    ...reservation,
    payment_history: [...reservation.payment_history, ...refunds],
    status: "cancelled",
  });
}

/** Flights that stay, in the cabin that stays, keep their price. The record's cabin is not rewritten, as in the source. */
export function changeFlights(
  world: AirlineWorld,
  change: {
    reservation_id: string;
    cabin: string;
    flights: readonly { flight_number: string; date: string }[];
    payment_id: string;
  },
): Reservation {
  const reservation = findReservation(world, change.reservation_id);
  const people = reservation.passengers.length;
  const flights = change.flights.map((leg) => {
    const kept = reservation.flights.find(
      ({ flight_number, date }) => flight_number === leg.flight_number && date === leg.date,
    );
    if (kept === undefined || change.cabin !== reservation.cabin) return segmentOf(world, leg, change.cabin, people);
    const { price, origin, destination } = kept;
    return { ...leg, price, origin, destination };
  });
  const total = (segments: readonly { price: number }[]): number =>
    people * segments.reduce((sum, { price }) => sum + price, 0);
  const difference = total(flights) - total(reservation.flights);
  return keep(world, { ...charge(world, reservation, change.payment_id, difference), flights });
}

export function changeBaggages(
  world: AirlineWorld,
  change: { reservation_id: string; total_baggages: number; nonfree_baggages: number; payment_id: string },
): Reservation {
  const reservation = findReservation(world, change.reservation_id);
  const price = bagPrice * Math.max(0, change.nonfree_baggages - reservation.nonfree_baggages);
  return keep(world, {
    ...charge(world, reservation, change.payment_id, price),
    total_baggages: change.total_baggages,
    nonfree_baggages: change.nonfree_baggages,
  });
}

export function changePassengers(
  world: AirlineWorld,
  { reservation_id, passengers }: { reservation_id: string; passengers: readonly Record<string, string>[] },
): Reservation {
  const reservation = findReservation(world, reservation_id);
  refuse(passengers.length !== reservation.passengers.length, "The number of passengers cannot change.");
  return keep(world, { ...reservation, passengers: [...passengers] });
}

/** Ids of new certificates, the first that is free. */
const certificates = ["certificate_3221322", "certificate_3221323", "certificate_3221324"];

export function sendCertificate(world: AirlineWorld, { user_id, amount }: { user_id: string; amount: number }): string {
  const user = findUser(world, user_id);
  const id = certificates.find((free) => user.payment_methods[free] === undefined);
  if (id === undefined) throw new Error("No more certificates can be sent.");
  const certificate = { source: "certificate", amount, id };
  world.users.put(user_id, { ...user, payment_methods: { ...user.payment_methods, [id]: certificate } });
  return `Certificate ${id} of ${amount} was sent.`;
}
