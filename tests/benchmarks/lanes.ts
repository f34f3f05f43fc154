import { setTimeout as sleep } from "node:timers/promises";
import { mapLimit } from "../../src/base/index.ts";
import type { Evaluator } from "../../src/evaluate/index.ts";
import { evolve, EvolveOptions } from "../../src/evolve/index.ts";
import type { Operator } from "../../src/mutate/index.ts";
import { scriptedInputs } from "../evolve/scripted.ts";
import { gepa } from "./landscape/controls.ts";
import { reflectOperator } from "./landscape/operators.ts";
import { planted, type Landscape } from "./landscape/planted.ts";

/** A tenth of 200 ms and of 2 s: shares of time are what counts. */
const task = 20;
const reflection = 200;
const workers = 32;
const rollouts = 2000;
const seed = 1;

interface Timed {
  readonly name: string;
  /** Milliseconds of the search, the sealed test left out. */
  readonly time: number;
  readonly rollouts: number;
  /** Share of the workers' time that was spent on rollouts. */
  readonly busy: number;
}

/** How long a search takes and how busy it keeps 32 workers, by lanes, beside GEPA's algorithm, which does one thing after another. */
export async function lanes(): Promise<string> {
  const rows: Timed[] = [await timeGepa()];
  for (const count of [1, 2, 4, 8, 16, 32]) rows.push(await timeEngine(count));
  const control = rows[0]?.time ?? 1;
  return [
    "# Lanes",
    `Planted landscape, ${rollouts} rollouts of search, ${workers} rollouts at once; a rollout takes ${task} ms, a reflection ${reflection} ms (a tenth of 200 ms and 2 s). One seed. GEPA's algorithm is this repository's control, which runs a minibatch or a validation at once and everything else in turn.`,
    [
      "| search | time, share of the control's | workers busy |",
      "| --- | ---: | ---: |",
      ...rows.map(
        ({ name, time, busy }) => `| ${name} | ${(time / control).toFixed(2)} | ${(100 * busy).toFixed(0)} % |`,
      ),
    ].join("\n"),
    "Targets: at most 0.2 of the control's time, at least 70 % busy.",
  ].join("\n\n");
}

/** An evaluator with the latency of a model behind it, which counts what is paid for and how long it was busy. */
function slow(landscape: Landscape): Evaluator & { paid(): number; last(): number } {
  let paid = 0;
  let last = 0;
  let free = workers;
  const waiting: (() => void)[] = [];
  const take = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const give = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  const cache = new Map<string, ReturnType<Evaluator["evaluate"]>>();
  return {
    paid: () => paid,
    last: () => last,
    evaluate: (genome, tasks, options = {}) =>
      mapLimit(tasks, workers, async (one) => {
        const key = `${JSON.stringify(genome.genes)} ${one.id}`;
        const run = async (): ReturnType<Evaluator["evaluate"]> => {
          await take();
          await sleep(task);
          give();
          if (one.split !== "test") {
            paid += 1;
            last = performance.now();
          }
          return landscape.evaluator.evaluate(genome, [one], { ...options, onRollout: undefined });
        };
        const known = cache.get(key);
        const result = known ?? run();
        cache.set(key, result);
        const [rollout] = await result;
        if (rollout === undefined) throw new Error("an evaluator gave no rollout");
        options.onRollout?.(rollout, known !== undefined);
        return rollout;
      }),
  };
}

function slowly(operator: Operator): Operator {
  if (!operator.reflects) return operator;
  return {
    ...operator,
    propose: async (request) => {
      await sleep(reflection);
      return operator.propose(request);
    },
  };
}

async function timeEngine(count: number): Promise<Timed> {
  const landscape = planted(seed);
  const evaluator = slow(landscape);
  const { dataset, seedGenome, options } = landscape;
  const scripted = scriptedInputs({
    inputs: {
      options: EvolveOptions.parse({
        budget: { rollouts: rollouts + 2 * options.tasks.test },
        seed,
        lanes: count,
        concurrency: workers,
      }),
      seedGenome,
      dataset,
      evaluator,
      operators: [slowly(reflectOperator(options))],
    },
  });
  const start = performance.now();
  await evolve(scripted);
  scripted.store.close();
  return timed(count === 1 ? "Allele, 1 lane" : `Allele, ${count} lanes`, evaluator, start);
}

async function timeGepa(): Promise<Timed> {
  const landscape = planted(seed);
  const evaluator = slow(landscape);
  const start = performance.now();
  await gepa({ ...landscape, evaluator }, { operator: slowly(reflectOperator(landscape.options)), rollouts, seed });
  return timed("GEPA's algorithm", evaluator, start);
}

function timed(name: string, evaluator: { paid(): number; last(): number }, start: number): Timed {
  const time = evaluator.last() - start;
  return { name, time, rollouts: evaluator.paid(), busy: (evaluator.paid() * task) / (workers * time) };
}
