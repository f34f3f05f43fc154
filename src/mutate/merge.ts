import { canonicalJson, type ContentHash, type Random } from "../base/index.ts";
import { genomeId, withGene, type Gene, type Genome } from "../genome/index.ts";
import { joinValues } from "./join.ts";

/** A candidate as merging sees it. `parents` are positions in the list of candidates, lower than its own. */
export interface Relative {
  readonly id: ContentHash;
  readonly genome: Genome;
  readonly parents: readonly number[];
  /** Mean validation score. */
  readonly mean: number;
}

export interface Merge {
  /** Positions of the parents, the better one first, and of the ancestor both come from. */
  readonly better: number;
  readonly other: number;
  readonly ancestor: number;
  readonly id: ContentHash;
  readonly genome: Genome;
  /** What the child has from the other parent. */
  readonly changes: Readonly<Record<string, Gene["value"]>>;
}

/** Pairs looked at before giving up, so that a large pool costs no more than a small one. */
const mostAttempts = 60;

/**
 * Looks for two eligible candidates, neither descended from the other, that changed different genes since their latest common
 * ancestor, and joins their changes. Pairs are drawn at random; one in `done` (see `pairKey`) or whose child `isKnown` is passed over.
 */
export function findMerge(inputs: {
  readonly candidates: readonly Relative[];
  /** Positions of the candidates worth joining. */
  readonly eligible: readonly number[];
  readonly done: ReadonlySet<string>;
  readonly isKnown: (id: ContentHash) => boolean;
  readonly random: Random;
}): Merge | undefined {
  const { candidates, eligible, done, isKnown, random } = inputs;
  const looked = new Set(done);
  for (let attempt = 0; attempt < mostAttempts && eligible.length > 1; attempt++) {
    const [a, b] = [random.pick(eligible), random.pick(eligible)];
    if (a === b || looked.has(pairKey(a, b))) continue;
    looked.add(pairKey(a, b));
    const merged = mergePair(candidates, a, b);
    if (merged !== undefined && !isKnown(merged.id)) return merged;
  }
  return undefined;
}

/** Names a pair of candidates, whichever comes first. */
export function pairKey(a: number, b: number): string {
  return `${Math.min(a, b)}+${Math.max(a, b)}`;
}

/**
 * Three-way merge, gene by gene: what only one side changed since the ancestor is taken from that side; what both changed
 * is joined, or comes from the better one where its type has no join. Undefined when one descends from the other or the result is one of the two.
 */
function mergePair(candidates: readonly Relative[], a: number, b: number): Merge | undefined {
  const [ofA, ofB] = [ancestorsOf(candidates, a), ancestorsOf(candidates, b)];
  if (ofA.has(b) || ofB.has(a)) return undefined;
  const ancestor = Math.max(-1, ...[...ofA].filter((index) => ofB.has(index)));
  const [better, other] = (candidates[b]?.mean ?? 0) > (candidates[a]?.mean ?? 0) ? [b, a] : [a, b];
  const [best, second, root] = [candidates[better], candidates[other], candidates[ancestor]];
  if (best === undefined || second === undefined || root === undefined) return undefined;
  const taken = Object.entries(second.genome.genes).flatMap(([id, gene]) => {
    const [mine, old] = [best.genome.genes[id], root.genome.genes[id]];
    if (mine?.type !== gene.type || old?.type !== gene.type || mine.evolvable === false) return [];
    const value = joinValues(old, mine.value, gene.value) ?? mine.value;
    return same(value, mine.value) ? [] : [[id, value] as const];
  });
  if (taken.length === 0) return undefined;
  const parents = [best.id, second.id];
  const changes = Object.fromEntries(taken);
  const genome = taken.reduce((child, [id, value]) => withGene(child, id, value, parents), best.genome);
  const id = genomeId(genome);
  return id === best.id || id === second.id ? undefined : { better, other, ancestor, id, genome, changes };
}

function ancestorsOf(candidates: readonly Relative[], index: number): ReadonlySet<number> {
  const found = new Set<number>();
  const visit = (child: number): void => {
    for (const parent of candidates[child]?.parents ?? []) {
      if (found.has(parent)) continue;
      found.add(parent);
      visit(parent);
    }
  };
  visit(index);
  return found;
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
