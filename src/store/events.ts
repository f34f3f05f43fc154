import { AlleleError, canonicalJson, parseJson } from "../base/index.ts";
import type { Database } from "./database.ts";
import { runMissing } from "./run-missing.ts";
import type { EventRecord, Store } from "./store.ts";

interface Row {
  readonly position: number;
  readonly at: number;
  readonly event: string;
}

export function makeEvents(database: Database): Store["events"] {
  const runKnown = database.prepare<[string], 1>("SELECT 1 FROM runs WHERE id = ?").pluck();
  const next = database
    .prepare<[string], number>("SELECT coalesce(max(position) + 1, 0) FROM events WHERE run = ?")
    .pluck();
  const insert = database.prepare("INSERT INTO events VALUES (?, ?, ?, ?)");
  const select = database.prepare<[string], Row>("SELECT * FROM events WHERE run = ? ORDER BY position");

  const outdate = database.prepare("INSERT INTO unsummarized_runs VALUES (?) ON CONFLICT DO NOTHING");

  const append = database.transaction((run: string, events: readonly EventRecord[]): void => {
    if (runKnown.get(run) === undefined) throw runMissing(run);
    outdate.run(run);
    let expected = next.get(run) ?? 0;
    for (const { index, at, event } of events) {
      if (index !== expected) throw outOfOrder(run, index, expected);
      insert.run(run, index, at, canonicalJson(event));
      expected += 1;
    }
  });

  return {
    append: (run, events) => append.immediate(run, events),
    list: (run) => select.all(run).map(({ position, at, event }) => ({ index: position, at, event: parseJson(event) })),
  };
}

function outOfOrder(run: string, index: number, expected: number): AlleleError {
  return new AlleleError({
    code: "event-order",
    kind: "defect",
    message: `event ${index} of run "${run}" does not follow: ${expected} is next`,
    hint: "Two processes may have worked on the run at once; resume it from its journal.",
  });
}
