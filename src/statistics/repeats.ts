import { normalQuantile } from "./distributions.ts";
import { mean } from "./mean.ts";
import { requiredPairs } from "./power.ts";

/** What makes paired differences vary. */
export interface Spread {
  /** Variance over tasks of the true difference: more repeats do not lessen it. */
  readonly between: number;
  /** Variance over repeats of one difference on one task: the runs' own noise, both sides together. */
  readonly within: number;
}

/** Standard deviation of a task's difference when both sides run it `repeats` times and the mean is taken. */
export function deviationOf({ between, within }: Spread, repeats: number): number {
  return Math.sqrt(between + within / repeats);
}

/**
 * Splits the spread of paired differences by one-way analysis of variance (Searle, Casella, McCulloch 1992, section 3.6); `tasks` holds,
 * for each task, the difference of each repeat. Undefined unless two tasks and a task with two repeats are there.
 */
export function spreadOf(tasks: readonly (readonly number[])[]): Spread | undefined {
  const filled = tasks.filter((repeats) => repeats.length > 0);
  const n = filled.reduce((sum, repeats) => sum + repeats.length, 0);
  if (filled.length < 2 || n === filled.length) return undefined;
  const center = mean(filled.flat());
  let [inside, outside, squares] = [0, 0, 0];
  for (const repeats of filled) {
    const own = mean(repeats);
    inside += repeats.reduce((sum, difference) => sum + (difference - own) ** 2, 0);
    outside += repeats.length * (own - center) ** 2;
    squares += repeats.length ** 2;
  }
  const within = inside / (n - filled.length);
  const size = (n - squares / n) / (filled.length - 1);
  return { between: Math.max(0, (outside / (filled.length - 1) - within) / size), within };
}

/**
 * Fewest repeats of each of `pairs` tasks that find a true mean difference with probability `power`, two-sided. Undefined where no number
 * of repeats is enough, because the tasks themselves differ too much or are too few.
 */
export function requiredRepeats(
  difference: number,
  pairs: number,
  spread: Spread,
  { alpha = 0.05, power = 0.8 }: { readonly alpha?: number; readonly power?: number } = {},
): number | undefined {
  const isEnough = (repeats: number): boolean => {
    const deviation = deviationOf(spread, repeats);
    return deviation === 0 || requiredPairs(difference, { deviation, alpha, power }) <= pairs;
  };
  // Where the formula says it is enough: between + within / repeats = (pairs - z^2 / 2) (difference / reach)^2.
  const z = normalQuantile(1 - alpha / 2);
  const bearable = (pairs - z ** 2 / 2) * (difference / (z + normalQuantile(power))) ** 2 - spread.between;
  if (bearable <= 0) return undefined;
  const repeats = Math.max(1, Math.ceil(spread.within / bearable));
  return isEnough(repeats) ? repeats : repeats + 1;
}
