import { canonicalJson } from "../../base/index.ts";
import { genomeId, type Gene, type Genome } from "../../genome/index.ts";
import { joinValues } from "../join.ts";
import type { Changes, Operator, ProposeRequest } from "../operator.ts";
import { nothing } from "../reply-text.ts";

type Mate = NonNullable<ProposeRequest["pool"]>[number];

/**
 * Joins the parent with another good candidate, gene by gene. From their latest common ancestor in the pool (without one: from the
 * first genome of the pool) it takes over what only the other changed; what both changed is joined, or drawn from one of the two
 * where its type has no join. Needs no model.
 */
export const crossover: Operator = {
  name: "crossover",
  scope: "genome",
  reflects: false,
  applies: () => true,
  propose: async ({ parent, pool = [], random, tried }) => {
    const own = genomeId(parent);
    const mates = pool.filter(({ genome }) => genomeId(genome) !== own);
    const order = weightedOrder(mates, (weights) => random.weighted(weights));
    for (const { genome: other, mean } of order) {
      const base = commonAncestor(parent, other, pool);
      if (base === undefined) continue;
      const changes = crossed(parent, other, base, () => random.next() < 0.5);
      if (Object.keys(changes).length === 0 || tried?.(changes) === true) continue;
      const hypothesis = `joins ${Object.keys(changes).join(", ")} of a candidate with mean ${mean.toFixed(3)}`;
      return { kind: "child", changes, hypothesis, flips: [] };
    }
    return nothing("no-alternative", "no other candidate has anything to join that was not tried");
  },
};

/** Better candidates rather first. */
function weightedOrder(mates: readonly Mate[], draw: (weights: readonly number[]) => number): readonly Mate[] {
  const left = [...mates];
  return mates
    .map(() => left.splice(draw(left.map(({ mean }) => mean + 0.01)), 1)[0])
    .filter((mate) => mate !== undefined);
}

/** The youngest genome of the pool that both descend from; undefined when one descends from the other. */
function commonAncestor(a: Genome, b: Genome, pool: readonly Mate[]): Genome | undefined {
  const byId = new Map(pool.map(({ genome }) => [genomeId(genome) as string, genome]));
  const [ofA, ofB] = [ancestors(a, byId), ancestors(b, byId)];
  if (ofA.includes(genomeId(b)) || ofB.includes(genomeId(a))) return undefined;
  const shared = ofA.find((id) => ofB.includes(id));
  return shared === undefined ? pool[0]?.genome : byId.get(shared);
}

/** Nearest first, as far as the pool knows them. */
function ancestors(genome: Genome, byId: ReadonlyMap<string, Genome>): readonly string[] {
  const found = new Set<string>();
  const waiting: string[] = [...genome.parents];
  for (const id of waiting) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(byId.get(id)?.parents ?? []));
  }
  return [...found];
}

function crossed(parent: Genome, other: Genome, base: Genome, coin: () => boolean): Changes {
  const changes: Record<string, Gene["value"]> = {};
  for (const [id, gene] of Object.entries(parent.genes)) {
    const [theirs, old] = [other.genes[id], base.genes[id]];
    if (gene.evolvable === false || theirs?.type !== gene.type || old?.type !== gene.type) continue;
    if (same(theirs.value, old.value) || same(theirs.value, gene.value)) continue;
    const joined = joinValues(old, gene.value, theirs.value);
    const value = joined ?? (coin() ? theirs.value : gene.value);
    if (!same(value, gene.value)) changes[id] = value;
  }
  return changes;
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
