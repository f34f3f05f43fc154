import { binaryPower, requiredBinaryPairs, type Discordance } from "./binary-power.ts";
import { standardDeviation, mean } from "./mean.ts";
import { powerOfPairs, requiredPairs } from "./power.ts";
import { deviationOf, requiredRepeats, spreadOf } from "./repeats.ts";

export interface PlanOptions {
  /** Mean difference that must not be missed, in (0, 1]. */
  readonly effect: number;
  /** Probability of finding it, in (0, 1). */
  readonly power: number;
  /** Tasks that exist. */
  readonly tasks: number;
}

/** What it takes to find a difference of a wanted size: the two-sided test at 5 % that a comparison makes. */
export interface PairedPlan {
  readonly basis: "measured" | "assumed";
  /** Tasks and runs of each side behind a measured spread; 0 where it is assumed. */
  readonly measured: { readonly tasks: number; readonly runs: number };
  /** Standard deviation of the difference on a task that both sides ran once. */
  readonly deviation: number;
  /** Tasks, each run once by both sides. */
  readonly needed: number;
  /** Runs of each existing task by both sides; undefined where no number is enough. */
  readonly repeats: number | undefined;
  /** Whether how much of the spread is noise of the runs was measured; if not, `repeats` is the least it can be. */
  readonly repeatsMeasured: boolean;
  /** Probability that the existing tasks, run once, find the effect. */
  readonly powerNow: number;
  /** Smallest difference that the existing tasks, run once, find with the wanted power. Undefined where none is large enough. */
  readonly detectable: number | undefined;
}

/** Where nothing was measured: as if one task in four came out differently on the two sides. */
export const ASSUMED_DEVIATION = 0.5;

/** Below so many measured tasks, or tasks that differ, a measured spread says too little. */
const FEWEST = 8;

/** Plans from `differences`: for each task measured before, the difference of each repeat (B - A, in [-1, 1]). */
export function pairedPlan(differences: readonly (readonly number[])[], options: PlanOptions): PairedPlan {
  const measured = differences.filter((repeats) => repeats.length > 0);
  const spread = measured.length < FEWEST ? undefined : spreadOf(measured);
  const known =
    measured.length < FEWEST ? assumed : spread === undefined ? fromOneRun(measured) : fromRepeats(measured);
  const { effect, power, tasks } = options;
  const { deviation, powerAt, pairsFor } = known;
  const needed = pairsFor(effect, power);
  const repeats = requiredRepeats(effect, tasks, spread ?? { between: 0, within: deviation ** 2 }, { power });
  return {
    basis: known === assumed ? "assumed" : "measured",
    measured:
      known === assumed
        ? { tasks: 0, runs: 0 }
        : { tasks: measured.length, runs: mean(measured.map((runs) => runs.length)) },
    deviation,
    needed,
    repeats: needed <= tasks ? 1 : repeats && Math.max(2, repeats),
    repeatsMeasured: spread !== undefined,
    powerNow: powerAt(tasks, effect),
    detectable: smallestEffect((size) => powerAt(tasks, size) >= power),
  };
}

/** How the differences of tasks that are run once spread, and what follows from it. */
interface Knowledge {
  readonly deviation: number;
  readonly powerAt: (tasks: number, effect: number) => number;
  readonly pairsFor: (effect: number, power: number) => number;
}

const assumed = graded(ASSUMED_DEVIATION);

function fromOneRun(tasks: readonly (readonly number[])[]): Knowledge {
  const differences = tasks.flat();
  if (differences.every(isWhole)) return binary(differences);
  const few = differences.filter((difference) => difference !== 0).length < FEWEST;
  return graded(few ? adjustedDeviation(differences) : standardDeviation(differences));
}

function fromRepeats(tasks: readonly (readonly number[])[]): Knowledge {
  if (tasks.flat().every(isWhole)) return binary(tasks.flat());
  const spread = spreadOf(tasks);
  const deviation = spread === undefined ? 0 : deviationOf(spread, 1);
  return graded(deviation > 0 ? deviation : adjustedDeviation(tasks.flat()));
}

function isWhole(difference: number): boolean {
  return difference === 0 || Math.abs(difference) === 1;
}

/** With one pair added each way, so that a spread never seen is not taken for none (as adjustedInterval). */
function adjustedDeviation(differences: readonly number[]): number {
  const n = differences.length + 2;
  const center = differences.reduce((sum, difference) => sum + difference, 0) / n;
  return Math.sqrt((differences.reduce((sum, difference) => sum + difference ** 2, 0) + 1) / n - center ** 2);
}

/** Pairs below which no sign-flip test comes below 5 %: its p is at least 2 / 2^n. */
const LEAST_PAIRS = 6;

function graded(deviation: number): Knowledge {
  return {
    deviation,
    powerAt: (tasks, effect) => (tasks < LEAST_PAIRS ? 0 : powerOfPairs(tasks, effect, { deviation })),
    pairsFor: (effect, power) => Math.max(LEAST_PAIRS, requiredPairs(effect, { deviation, power })),
  };
}

/** As many tasks come out differently as measured, and more only where the effect itself asks for it. */
function binary(differences: readonly number[]): Knowledge {
  const differing = (differences.filter((difference) => difference !== 0).length + 1) / (differences.length + 2);
  const discordance = (effect: number): Discordance => {
    const all = Math.max(differing, effect);
    return { fixed: (all + effect) / 2, broken: (all - effect) / 2 };
  };
  return {
    deviation: adjustedDeviation(differences),
    powerAt: (tasks, effect) => binaryPower(tasks, discordance(effect)),
    pairsFor: (effect, power) => requiredBinaryPairs(discordance(effect), { power }),
  };
}

/** To a thousandth, by bisection; undefined where not even 1 is large enough. */
function smallestEffect(isFound: (effect: number) => boolean): number | undefined {
  if (!isFound(1)) return undefined;
  let [low, high] = [0, 1];
  while (high - low > 0.0005) {
    const middle = (low + high) / 2;
    if (isFound(middle)) high = middle;
    else low = middle;
  }
  return high;
}
