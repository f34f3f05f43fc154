import { systemClock, type Clock } from "../base/index.ts";
import { openDatabase, withClearErrors, type Database } from "./database.ts";
import { makeEvents } from "./events.ts";
import { makeGenomes } from "./genomes.ts";
import { migrate } from "./migrations.ts";
import { makePromotions } from "./promotions.ts";
import { makeRatings } from "./ratings.ts";
import { makeReplies } from "./replies.ts";
import { makeRollouts } from "./rollouts.ts";
import { makeRuns } from "./runs.ts";
import type { Store } from "./store.ts";
import { makeSteering, makeUnderWay } from "./steering.ts";
import { makeSessions } from "./sessions.ts";
import { makeTestOpenings } from "./test-openings.ts";

/**
 * Opens the store in a file, made when missing and brought to the present form when older; ":memory:" for one that is gone
 * with the process. Throws AlleleError `store-newer`, `store-foreign`, `store-readonly`, `store-corrupt`, `store-full`,
 * `store-busy` or `store-unwritable`.
 */
export function openStore(file: string, options: { readonly clock?: Clock } = {}): Store {
  const database = openDatabase(file);
  try {
    return withClearErrors(file, () => {
      migrate(database, file, options.clock ?? systemClock);
      return storeOn(database, file);
    });
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The store on an open, migrated database. */
export function storeOn(database: Database, file: string): Store {
  const transaction = database.transaction((work: () => unknown) => work());
  const part = <P extends Record<keyof P, (...args: never[]) => unknown>>(methods: P): P => clearMethods(methods, file);
  return {
    runs: part(makeRuns(database, file)),
    events: part(makeEvents(database)),
    genomes: part(makeGenomes(database)),
    rollouts: part(makeRollouts(database)),
    replies: part(makeReplies(database)),
    steering: part(makeSteering(database)),
    underWay: part(makeUnderWay(database)),
    promotions: part(makePromotions(database)),
    testOpenings: part(makeTestOpenings(database)),
    ratings: part(makeRatings(database)),
    sessions: part(makeSessions(database)),
    transaction: <T>(work: () => T) => withClearErrors(file, () => transaction.immediate(work) as T),
    version: () => withClearErrors(file, () => database.pragma("data_version", { simple: true }) as number),
    close: () => {
      database.close();
    },
  };
}

function clearMethods<P extends Record<keyof P, (...args: never[]) => unknown>>(methods: P, file: string): P {
  const clear = Object.entries<(...args: never[]) => unknown>(methods).map(([name, method]) => [
    name,
    (...args: never[]) => withClearErrors(file, () => method(...args)),
  ]);
  return Object.fromEntries(clear) as P;
}
