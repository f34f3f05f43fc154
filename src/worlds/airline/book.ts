import { z } from "zod";
import { refuse, required } from "../define.ts";
import type { AirlineWorld, Reservation } from "./data.ts";
import { findUser, keep, segmentOf } from "./payment.ts";

export const cabins = z.enum(["basic_economy", "economy", "business"]);
export const Leg = z.strictObject({ flight_number: z.string(), date: z.iso.date() });
export const Passenger = z.strictObject({ first_name: z.string(), last_name: z.string(), dob: z.string() });

export const Booking = z.strictObject({
  user_id: z.string(),
  origin: z.string(),
  destination: z.string(),
  flight_type: z.enum(["one_way", "round_trip"]),
  cabin: cabins,
  flights: z.array(Leg),
  passengers: z.array(Passenger),
  payment_methods: z.array(z.strictObject({ payment_id: z.string(), amount: z.number() })),
  total_baggages: z.int(),
  nonfree_baggages: z.int(),
  insurance: z.enum(["yes", "no"]),
});

const insurancePrice = 30;
export const bagPrice = 50;
/** The time it is in this world. */
const now = "2024-05-15T15:00:00";
/** Ids of new reservations, the first that is free. */
const newIds = ["HATHAT", "HATHAU", "HATHAV"];

/** Books a trip that is paid to the cent. Seats are not counted down, as in the source. */
export function book(world: AirlineWorld, booking: z.output<typeof Booking>): Reservation {
  const user = findUser(world, booking.user_id);
  const people = booking.passengers.length;
  const flights = booking.flights.map((leg) => segmentOf(world, leg, booking.cabin, people));
  const price =
    flights.reduce((sum, flight) => sum + flight.price * people, 0) +
    (booking.insurance === "yes" ? insurancePrice * people : 0) +
    bagPrice * booking.nonfree_baggages;
  for (const { payment_id, amount } of booking.payment_methods) {
    const method = required(user.payment_methods[payment_id], `The user has no payment method ${payment_id}.`);
    const limited = method.source === "gift_card" || method.source === "certificate";
    refuse(limited && (method.amount ?? 0) < amount, `There is not enough on ${payment_id}.`);
  }
  const paid = booking.payment_methods.reduce((sum, { amount }) => sum + amount, 0);
  refuse(paid !== price, `The price is ${price}, and ${paid} would be paid.`);
  const id = newIds.find((free) => world.reservations.get(free) === undefined) ?? "HATHAV";
  const { payment_methods, ...described } = booking;
  world.users.put(booking.user_id, {
    ...user,
    payment_methods: afterPaying(user.payment_methods, payment_methods),
    reservations: [...user.reservations, id],
  });
  return keep(world, { reservation_id: id, ...described, flights, payment_history: payment_methods, created_at: now });
}

type Methods = ReturnType<typeof findUser>["payment_methods"];

/** Gift cards are drawn on; a certificate is used up, whatever is left of it. */
function afterPaying(methods: Methods, payments: z.output<typeof Booking>["payment_methods"]): Methods {
  return payments.reduce((left: Methods, { payment_id, amount }) => {
    const { [payment_id]: method, ...others } = left;
    if (method === undefined || method.source === "certificate") return others;
    if (method.source !== "gift_card") return left;
    return { ...left, [payment_id]: { ...method, amount: (method.amount ?? 0) - amount } };
  }, methods);
}
