import { makeRandom } from "../../src/base/index.ts";
import { mean, type RaceStep, type BlockScores } from "../../src/statistics/index.ts";

export interface Played {
  readonly pick: number;
  /** Measurements: blocks of one arm. */
  readonly cost: number;
}

/** Reveals what a race asks for, arm by block, until it picks. */
export function play(world: readonly (readonly number[])[], step: (scores: BlockScores) => RaceStep): Played {
  const seen: (number | undefined)[][] = world.map(() => []);
  for (let cost = 0; ;) {
    const next = step(seen);
    if (next.kind === "pick") return { pick: next.arm, cost };
    for (const { arm, block } of next.cells) {
      const row = seen[arm] ?? [];
      row[block] = world[arm]?.[block];
      cost++;
    }
  }
}

/** Every arm on its first `blocks` blocks; the best mean is picked. */
export function uniform(world: readonly (readonly number[])[], blocks: number): Played {
  const means = world.map((row) => mean(row.slice(0, blocks)));
  return { pick: means.indexOf(Math.max(...means)), cost: world.length * blocks };
}

/** Mean of the values with its 95 % interval by bootstrap of whole clusters (a cluster's values are not independent). */
export function clusteredMean(clusters: readonly (readonly number[])[]): { value: number; low: number; high: number } {
  const random = makeRandom("clustered-mean");
  const parts = clusters.map((own) => ({ sum: own.reduce((a, b) => a + b, 0), n: own.length }));
  const draws = Array.from({ length: 1000 }, () => {
    const drawn = parts.map(() => random.pick(parts));
    return drawn.reduce((a, { sum }) => a + sum, 0) / drawn.reduce((a, { n }) => a + n, 0);
  }).toSorted((a, b) => a - b);
  return { value: mean(clusters.flat()), low: draws[25] ?? Number.NaN, high: draws[974] ?? Number.NaN };
}
