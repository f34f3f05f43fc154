import { messageOf } from "../../../src/base/index.ts";
import type { Arena } from "./arena.ts";
import type { Role } from "./model-server.ts";
import type { Optimizer } from "./optimizers.ts";
import { planted } from "./planted-stage.ts";
import { conditionsOf, type Measured, type Results } from "./results.ts";
import type { Examiner } from "./sealed.ts";

/** One cell of a comparison. */
export interface Trial {
  readonly arena: Arena;
  readonly optimizer: Optimizer;
  readonly version: string;
  readonly budget: number;
  readonly seed: number;
  readonly concurrency: number;
  readonly latency?: Readonly<Record<Role, number>> | undefined;
}

const world = ["tests/benchmarks/landscape", "tests/benchmarks/peers/planted-world.ts"];

const nothing: Omit<Measured, "conditions" | "date"> = {
  picks: [],
  test: [],
  rollouts: 0,
  calls: { task: 0, reflection: 0, failed: 0, busy: 0 },
  seconds: 0,
  ownCount: null,
  ended: "failed",
};

/** Name under which the result of a trial is kept. */
export function nameOf({ arena, optimizer, budget, seed, latency }: Trial): string {
  return `${latency === undefined ? "scores" : "clock"}/${arena.name}-${budget}/${optimizer.name}-${seed}`;
}

/** What decides how the simulated model replies; how it is called and served does not. */
const simulated = ["reading", "reflection", "skills", "mind.ts", "parameters.ts", "draw.ts", "conversation.ts"].map(
  (part) => `src/providers/simulated/${part}`,
);

/** Changes when a result may be another one: all of Allele's own code for its rows; for a peer's only the model, the tasks and its driver. */
export function conditions({ arena, optimizer, version, budget, concurrency, latency }: Trial): string {
  const code = optimizer.needs === undefined ? ["src"] : [...simulated, "tests/benchmarks/peers/drivers"];
  const tasks = arena.dataset === planted ? world : [`datasets/${arena.dataset}`];
  return conditionsOf([...code, ...tasks], { genome: arena[optimizer.genes], version, budget, concurrency, latency });
}

/** Searches and has the final candidate examined, or answers what was found before under the same conditions. A failure is a result too. */
export async function measure(trial: Trial, examiner: Examiner, results: Results): Promise<Measured> {
  const name = nameOf(trial);
  const now = conditions(trial);
  const known = results.get(name);
  if (known?.conditions === now && known.failure === undefined) return known;
  const found = await search(trial, examiner).catch((error: unknown) => ({ ...nothing, failure: messageOf(error) }));
  const measured: Measured = { conditions: now, date: new Date().toISOString().slice(0, 10), ...found };
  results.put(name, measured);
  return measured;
}

async function search(trial: Trial, examiner: Examiner): Promise<Omit<Measured, "conditions" | "date">> {
  const { arena, optimizer, budget, seed, concurrency, latency } = trial;
  const genome = arena[optimizer.genes];
  const request = { genome, dataset: arena.dataset, budget, seed, concurrency, latency };
  const { picks, ...counted } = await optimizer.search(request, examiner.testTasks);
  const examined: Measured["picks"] = [];
  let test: readonly number[] = [];
  for (const { candidate, ...pick } of picks) {
    test = await examiner.examine(genome, candidate);
    examined.push({ ...pick, test: mean(test) });
  }
  return { ...counted, picks: examined, test: [...test] };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
