import type { Random } from "../../src/base/index.ts";

/**
 * Tasks and challengers made up to try tests on: a task is passed with a probability from Beta(1.2, 0.8), a challenger moves every task by
 * the same amount on the logit scale, and by an amount of its own with standard deviation `taste`, such that its mean gain is `gain`.
 */
export interface Landscape {
  readonly gain: number;
  /** 0: a challenger is better or worse everywhere alike. 1: it fixes some tasks and breaks others. */
  readonly taste: number;
  /** Whether both sides draw the same noise on a task (same seed, temperature 0) or each its own. */
  readonly shared: boolean;
}

/** Draws the difference, challenger minus incumbent (-1, 0 or 1), on a fresh task. */
export function pairDrawer({ gain, taste, shared }: Landscape): (random: Random) => number {
  const shift = shiftFor(gain, taste);
  return (random) => {
    const before = difficulty(random);
    const after = moved(before, shift + taste * random.normal());
    const noise = random.next();
    return Number((shared ? noise : random.next()) < after) - Number(noise < before);
  };
}

/** Beta(1.2, 0.8) by its inverse at 1,024 equally likely places, which is near enough and fast. */
const places = quantiles(1.2, 0.8, 1024);

export function difficulty(random: Random): number {
  return random.pick(places);
}

export function moved(probability: number, logits: number): number {
  return probability / (probability + (1 - probability) * Math.exp(-logits));
}

/** Steps of the density added up; the steps are fine enough that only the thousandth of the ends feels them. */
function quantiles(a: number, b: number, count: number): number[] {
  const steps = 200_000;
  const masses = Float64Array.from({ length: steps }, (_, i) => {
    const x = (i + 0.5) / steps;
    return x ** (a - 1) * (1 - x) ** (b - 1);
  });
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const found: number[] = [];
  let below = 0;
  for (const [i, mass] of masses.entries()) {
    below += mass / total;
    while (found.length < count && below >= (found.length + 0.5) / count) found.push((i + 0.5) / steps);
  }
  return found;
}

/** The shift in logits that gives the wanted mean gain, tastes averaged over a normal distribution, by bisection. */
function shiftFor(gain: number, taste: number): number {
  const tastes = Array.from({ length: 41 }, (_, i) => (i - 20) / 5);
  const weights = tastes.map((z) => Math.exp((-z * z) / 2));
  const weight = weights.reduce((sum, each) => sum + each, 0);
  const gainOf = (shift: number): number =>
    places.reduce(
      (sum, before) =>
        sum +
        tastes.reduce((part, z, i) => part + (weights[i] ?? 0) * moved(before, shift + taste * z), 0) / weight -
        before,
      0,
    ) / places.length;
  let [low, high] = [-10, 10];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (gainOf(middle) < gain) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
