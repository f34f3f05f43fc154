import { z } from "zod";
import type { Json } from "../../base/index.ts";
import type { ToolModule } from "../../runtime/index.ts";
import { requireSameData } from "../data-files.ts";
import { define } from "../define.ts";
import { commonTools, ServiceOptions, ServiceSpec } from "../service.ts";
import { book, Booking, cabins, Leg, Passenger } from "./book.ts";
import { cancel, changeBaggages, changeFlights, changePassengers, sendCertificate } from "./change.ts";
import { airlineFiles, airlineWorld, readAirline, type AirlineData, type AirlineWorld } from "./data.ts";
import { findReservation, findUser } from "./payment.ts";
import { searchDirect, searchOneStop } from "./search.ts";

const reservation_id = z.string().min(1);
const user_id = z.string().min(1);
const route = z.strictObject({ origin: z.string(), destination: z.string(), date: z.iso.date() });

/**
 * The service desk of an airline, after tau-bench (Yao et al. 2024): fourteen tools on flights, reservations and users. Tools do not enforce the
 * airline's rules; the agent has to. A task's world is `{ data, script }`.
 */
export function airline(options: Readonly<Record<string, Json>>): ToolModule {
  const { folder, user } = ServiceOptions.parse(options);
  let data: AirlineData | undefined;
  return {
    version: `1 ${user}`,
    tools: [
      define("write", "book_reservation", "Book a trip; the payments must add up to its price.", Booking, book),
      define("write", "cancel_reservation", "Cancel a whole reservation.", z.strictObject({ reservation_id }), cancel),
      define(
        "read",
        "get_reservation_details",
        "A reservation.",
        z.strictObject({ reservation_id }),
        (world: AirlineWorld, args) => findReservation(world, args.reservation_id),
      ),
      define("read", "get_user_details", "A user.", z.strictObject({ user_id }), (world: AirlineWorld, args) =>
        findUser(world, args.user_id),
      ),
      define("read", "list_all_airports", "Codes of all airports.", z.strictObject({}), (world: AirlineWorld) =>
        [
          ...new Set([...world.flights.values()].flatMap(({ origin, destination }) => [origin, destination])),
        ].toSorted(),
      ),
      define("read", "search_direct_flight", "Direct flights on a day.", route, searchDirect),
      define("read", "search_onestop_flight", "Flights with one stop on a day.", route, searchOneStop),
      define(
        "write",
        "send_certificate",
        "Send a user a certificate.",
        z.strictObject({ user_id, amount: z.number() }),
        sendCertificate,
      ),
      define(
        "write",
        "update_reservation_baggages",
        "Change the bags of a reservation.",
        z.strictObject({ reservation_id, total_baggages: z.int(), nonfree_baggages: z.int(), payment_id: z.string() }),
        changeBaggages,
      ),
      define(
        "write",
        "update_reservation_flights",
        "Change flights or cabin: all flights of the reservation are to be named.",
        z.strictObject({ reservation_id, cabin: cabins, flights: z.array(Leg), payment_id: z.string() }),
        changeFlights,
      ),
      define(
        "write",
        "update_reservation_passengers",
        "Change the passengers of a reservation.",
        z.strictObject({ reservation_id, passengers: z.array(Passenger) }),
        changePassengers,
      ),
      ...commonTools(user),
    ],
    createWorld: (spec) => {
      const { data: identity, script } = ServiceSpec.parse(spec);
      if (data === undefined) {
        requireSameData(folder, airlineFiles, identity);
        data = readAirline(folder);
      }
      return airlineWorld(data, script);
    },
  };
}
