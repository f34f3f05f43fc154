import { z } from "zod";
import type { CustomerWorld } from "../customer.ts";
import { readRecords } from "../data-files.ts";
import { overlay, recordsQuery, type Records } from "../records.ts";

/** The data files of the airline. */
export const airlineFiles = ["flights", "reservations", "users"] as const;

const perCabin = z.record(z.string(), z.number());
const Day = z.looseObject({ status: z.string(), available_seats: perCabin.optional(), prices: perCabin.optional() });
const Flight = z.looseObject({
  flight_number: z.string(),
  origin: z.string(),
  destination: z.string(),
  scheduled_departure_time_est: z.string(),
  scheduled_arrival_time_est: z.string(),
  dates: z.record(z.string(), Day),
});
const Segment = z.looseObject({
  flight_number: z.string(),
  date: z.string(),
  price: z.number(),
  origin: z.string(),
  destination: z.string(),
});
const Payment = z.looseObject({ payment_id: z.string(), amount: z.number() });
const Reservation = z.looseObject({
  reservation_id: z.string(),
  user_id: z.string(),
  cabin: z.string(),
  flights: z.array(Segment),
  passengers: z.array(z.looseObject({})),
  payment_history: z.array(Payment),
  total_baggages: z.number(),
  nonfree_baggages: z.number(),
});
const Method = z.looseObject({ source: z.string(), amount: z.number().optional() });
const User = z.looseObject({ payment_methods: z.record(z.string(), Method), reservations: z.array(z.string()) });

export type Flight = z.output<typeof Flight>;
export type Segment = z.output<typeof Segment>;
export type Reservation = z.output<typeof Reservation>;
export type User = z.output<typeof User>;

export interface AirlineData {
  readonly flights: ReadonlyMap<string, Flight>;
  readonly reservations: ReadonlyMap<string, Reservation>;
  readonly users: ReadonlyMap<string, User>;
}

export interface AirlineWorld extends CustomerWorld {
  readonly flights: ReadonlyMap<string, Flight>;
  readonly reservations: Records<Reservation>;
  readonly users: Records<User>;
}

export function readAirline(folder: string): AirlineData {
  return {
    flights: readRecords(folder, "flights", z.record(z.string(), Flight)),
    reservations: readRecords(folder, "reservations", z.record(z.string(), Reservation)),
    users: readRecords(folder, "users", z.record(z.string(), User)),
  };
}

export function airlineWorld(data: AirlineData, script: readonly string[]): AirlineWorld {
  const reservations = overlay(data.reservations);
  const users = overlay(data.users);
  const messages: string[] = [];
  return {
    flights: data.flights,
    reservations,
    users,
    messages,
    script,
    query: recordsQuery({ reservation: reservations, user: users }, messages),
  };
}
