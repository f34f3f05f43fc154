import { mapLimit } from "../../src/base/index.ts";
import type { Evaluator } from "../../src/evaluate/index.ts";
import { evolve, EvolveOptions } from "../../src/evolve/index.ts";
import type { Genome } from "../../src/genome/index.ts";
import type { Operator } from "../../src/mutate/index.ts";
import { mean, standardDeviation } from "../../src/statistics/index.ts";
import { scriptedInputs } from "../evolve/scripted.ts";
import { median } from "./desk-evolve.ts";
import { gepa } from "./landscape/controls.ts";
import { reflectOperator } from "./landscape/operators.ts";
import { seedsOf } from "./landscape/options.ts";
import { planted, type Landscape } from "./landscape/planted.ts";
import { makeVirtualTime, type VirtualTime } from "./virtual-time.ts";

/** Milliseconds. */
const task = 200;
const reflection = 2000;
const workers = 32;
const rollouts = 2000;
const seeds = seedsOf(20);

interface Timed {
  /** Milliseconds of the search, the sealed test left out. */
  readonly time: number;
  /** Share of the workers' time that was spent on rollouts. */
  readonly busy: number;
  /** What the search hands out, truly: share of the reachable gain. */
  readonly gain: number;
}

/** How long a search takes, how busy it keeps 32 workers and what comes of it, by lanes, beside GEPA's algorithm, which does one thing after another. */
export async function lanes(): Promise<string> {
  const controls: Timed[] = [];
  for (const seed of seeds) controls.push(await timeGepa(seed));
  const rows = [row("GEPA's algorithm", controls, controls)];
  for (const count of [1, 2, 4, 8, 16, 32, 48, 64]) {
    const timed: Timed[] = [];
    for (const seed of seeds) timed.push(await timeEngine(seed, count));
    rows.push(row(count === 1 ? "Allele, 1 lane" : `Allele, ${count} lanes`, timed, controls));
  }
  return [
    "# Lanes",
    `Planted landscapes, one text, ${rollouts} rollouts of search, ${workers} at once; a rollout takes ${task} ms, a reflection ${reflection} ms. ${seeds.length} seeds, medians; the gain is the mean share of the reachable one that the finalist truly has, with its standard error. GEPA's algorithm is this repository's control, which runs a minibatch or a validation at once and everything else in turn. Time stands still while the program computes and goes on when all of it waits, so the figures are the same on any machine; what the engine itself takes is on [its own page](engine50k.md).`,
    ["| search | time, share of the control's | workers busy | gain |", "| --- | ---: | ---: | ---: |", ...rows].join(
      "\n",
    ),
    "Targets: at most 0.2 of the control's time, at least 70 % busy.",
  ].join("\n\n");
}

function row(name: string, timed: readonly Timed[], controls: readonly Timed[]): string {
  const shares = timed.map(({ time }, i) => time / (controls[i]?.time ?? time));
  const gains = timed.map(({ gain }) => gain);
  const error = standardDeviation(gains) / Math.sqrt(gains.length);
  const busy = median(timed.map((one) => one.busy));
  return `| ${name} | ${median(shares).toFixed(2)} | ${(100 * busy).toFixed(0)} % | ${mean(gains).toFixed(2)} ± ${error.toFixed(2)} |`;
}

/** An evaluator with the latency of a model behind it, which counts what is paid for and how long it was busy. */
function slow(landscape: Landscape, time: VirtualTime): Evaluator & { paid(): number; last(): number } {
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
          await time.sleep(task);
          give();
          if (one.split !== "test") {
            paid += 1;
            last = time.now();
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

function slowly(operator: Operator, time: VirtualTime): Operator {
  if (!operator.reflects) return operator;
  return {
    ...operator,
    propose: async (request) => {
      await time.sleep(reflection);
      return operator.propose(request);
    },
  };
}

async function timeEngine(seed: number, count: number): Promise<Timed> {
  const landscape = planted(seed);
  const time = makeVirtualTime();
  const evaluator = slow(landscape, time);
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
      operators: [slowly(reflectOperator(options), time)],
    },
  });
  const { outcome } = await evolve(scripted);
  const finalist = outcome === undefined ? seedGenome : scripted.store.genomes.get(outcome.finalist);
  scripted.store.close();
  return timed(landscape, evaluator, finalist);
}

async function timeGepa(seed: number): Promise<Timed> {
  const landscape = planted(seed);
  const time = makeVirtualTime();
  const evaluator = slow(landscape, time);
  const operator = slowly(reflectOperator(landscape.options), time);
  const { picks } = await gepa({ ...landscape, evaluator }, { operator, rollouts, seed });
  return timed(landscape, evaluator, picks.at(-1)?.genome);
}

function timed(
  landscape: Landscape,
  evaluator: { paid(): number; last(): number },
  finalist: Genome | undefined,
): Timed {
  const time = evaluator.last();
  const gain = landscape.shareOfReach(finalist ?? landscape.seedGenome);
  return { time, busy: (evaluator.paid() * task) / (workers * time), gain };
}
