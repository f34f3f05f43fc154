import { canonicalJson, parseJson } from "../base/index.ts";
import type { Database } from "./database.ts";
import { runMissing } from "./run-missing.ts";
import type { ListedRun, RunQuery, RunStatus, RunSummaryRecord, Store } from "./store.ts";

interface Row {
  readonly id: string;
  readonly status: RunStatus;
  readonly created_at: number;
  readonly updated_at: number;
  readonly summary: string;
}

/** Nulls come last in a descending order. Equal figures: the one made last first. */
const orders: Readonly<Record<NonNullable<RunQuery["order"]>, string>> = {
  started: "created_at DESC, runs.rowid DESC",
  gain: "difference DESC, runs.rowid DESC",
  rollouts: "rollouts DESC, runs.rowid DESC",
  usd: "usd DESC, runs.rowid DESC",
  name: "runs.id",
};

/** What lists of runs read instead of options and journals. */
export function makeRunSummaries(
  database: Database,
): Pick<Store["runs"], "unsummarized" | "summarize" | "page" | "count"> {
  const selectUnsummarized = database.prepare<[], string>("SELECT run FROM unsummarized_runs").pluck();
  const markSummarized = database.prepare("DELETE FROM unsummarized_runs WHERE run = ?");
  const known = database.prepare<[string], 1>("SELECT 1 FROM runs WHERE id = ?").pluck();
  const insert = database.prepare("INSERT OR REPLACE INTO run_summaries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

  const summarize = database.transaction((id: string, record: RunSummaryRecord): void => {
    if (known.get(id) === undefined) throw runMissing(id);
    const { dataset, genome, seed, winner, verdict, difference, rollouts, usd, summary } = record;
    const figures = [winner ?? null, verdict ?? null, difference ?? null, rollouts, usd];
    insert.run(id, dataset, genome, seed, ...figures, canonicalJson(summary));
    markSummarized.run(id);
  });

  return {
    unsummarized: () => selectUnsummarized.all(),
    summarize: (id, record) => summarize.immediate(id, record),
    page: (query) => {
      const { where, values } = conditionsOf(query);
      const order = query.order ?? "started";
      // CROSS keeps runs outside: they come from their index in the order asked for, and only as many as are asked for.
      const join = order === "started" ? "CROSS JOIN" : "JOIN";
      const sql = `SELECT id, status, created_at, updated_at, summary FROM runs ${join} run_summaries ON run = id
        ${where} ORDER BY ${orders[order]} LIMIT ? OFFSET ?`;
      const rows = database.prepare<unknown[], Row>(sql).all(...values, query.limit ?? -1, query.offset ?? 0);
      return rows.map(listed);
    },
    count: (query) => {
      const { where, values } = conditionsOf(query);
      const from = where === "" ? "run_summaries" : "runs JOIN run_summaries ON run = id";
      return (
        database
          .prepare<unknown[], number>(`SELECT count(*) FROM ${from} ${where}`)
          .pluck()
          .get(...values) ?? 0
      );
    },
  };
}

function conditionsOf({ status, verdict, dataset, genome }: RunQuery): {
  readonly where: string;
  readonly values: readonly string[];
} {
  const conditions = [
    ...(status === undefined ? [] : [{ sql: "status = ?", values: [status] }]),
    ...(verdict === undefined ? [] : [{ sql: "verdict = ?", values: [verdict] }]),
    ...(dataset === undefined ? [] : [{ sql: "dataset = ?", values: [dataset] }]),
    ...(genome === undefined ? [] : [{ sql: "? IN (genome, seed, winner)", values: [genome] }]),
  ];
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.map(({ sql }) => sql).join(" AND ")}`;
  return { where, values: conditions.flatMap(({ values }) => values) };
}

function listed({ id, status, created_at, updated_at, summary }: Row): ListedRun {
  return { id, status, createdAt: created_at, updatedAt: updated_at, summary: parseJson(summary) };
}
