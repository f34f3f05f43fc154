import { deflateRawSync, inflateRawSync } from "node:zlib";
import { canonicalJson, parseJson, type ContentHash, type Json } from "../base/index.ts";
import type { Database } from "./database.ts";
import type { RolloutRecord, Store, StoredRollout } from "./store.ts";

interface Row {
  readonly key: ContentHash;
  readonly genome: ContentHash;
  readonly task: string;
  readonly split: string;
  readonly repeat: number;
  readonly rollout: string;
}

interface TimedRow extends Row {
  readonly at: number;
}

const columns = "key, genome, task, split, repeat, rollout";

/** The first result of a key stays: what was reported from it stays true. */
export function makeRollouts(database: Database): Store["rollouts"] {
  const insert = database.prepare(
    `INSERT INTO rollouts (${columns}, at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const insertTrace = database.prepare("INSERT INTO traces VALUES (?, ?)");
  const select = database.prepare<[string], TimedRow>(`SELECT ${columns}, at FROM rollouts WHERE key = ?`);
  const selectTrace = database
    .prepare<[string], Buffer>("SELECT trace FROM traces JOIN rollouts ON rollouts.id = traces.rollout WHERE key = ?")
    .pluck();
  const selectByGenome = database.prepare<[string], Row>(
    `SELECT ${columns} FROM rollouts WHERE genome = ? ORDER BY id`,
  );
  const selectByTask = database.prepare<[string], TimedRow>(
    `SELECT ${columns}, at FROM rollouts WHERE task = ? ORDER BY id`,
  );
  const selectByTaskOf = database.prepare<[string, ContentHash], TimedRow>(
    `SELECT ${columns}, at FROM rollouts WHERE task = ? AND genome = ? ORDER BY id`,
  );
  const selectMeans = database.prepare<[string], { task: string; mean: number | null }>(
    `SELECT task, avg(json_extract(rollout, ?)) AS mean
     FROM (SELECT task, rollout FROM rollouts ORDER BY id DESC LIMIT 20000) GROUP BY task`,
  );

  const put = database.transaction((record: RolloutRecord, trace: Buffer | undefined, at: number): void => {
    const { key, genome, task, split, repeat, rollout } = record;
    const { changes, lastInsertRowid } = insert.run(key, genome, task, split, repeat, canonicalJson(rollout), at);
    if (changes > 0 && trace !== undefined) insertTrace.run(lastInsertRowid, trace);
  });

  return {
    put: (record, at) => put.immediate(record, record.trace === undefined ? undefined : deflate(record.trace), at),
    get: (key) => {
      const row = select.get(key);
      return row === undefined ? undefined : storedOf(row);
    },
    trace: (key) => {
      const bytes = selectTrace.get(key);
      return bytes === undefined ? undefined : parseJson(inflateRawSync(bytes).toString("utf8"));
    },
    listByGenome: (genome) => selectByGenome.all(genome).map(recordOf),
    listByTask: (task, genome) =>
      (genome === undefined ? selectByTask.all(task) : selectByTaskOf.all(task, genome)).map(storedOf),
    meanByTask: (path) =>
      new Map(selectMeans.all(path).flatMap(({ task, mean }) => (mean === null ? [] : [[task, mean]]))),
  };
}

/** The fastest level takes a trace to a fifth; higher ones gain a few per cent more for much more time. */
function deflate(trace: Json): Buffer {
  return deflateRawSync(canonicalJson(trace), { level: 1 });
}

function recordOf(row: Row): RolloutRecord {
  return { ...row, rollout: parseJson(row.rollout) };
}

function storedOf(row: TimedRow): StoredRollout {
  return { ...row, rollout: parseJson(row.rollout) };
}
