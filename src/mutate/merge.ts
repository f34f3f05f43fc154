import { canonicalJson, type ContentHash, type Random } from "../base/index.ts";
import { genomeId, withGene, type Gene, type Genome } from "../genome/index.ts";

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
const mostAttempts = 40;

/**
 * Looks for two eligible candidates, neither descended from the other, that changed different genes since their latest common
 * ancestor, and joins their changes. Pairs come in random order; a pair in `done` (see `pairKey`) or a child that `isKnown` is passed over.
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
  const ancestors = new Map(eligible.map((index) => [index, ancestorsOf(candidates, index)]));
  const pairs = eligible.flatMap((a) => eligible.filter((b) => a < b).map((b) => [a, b] as const));
  const fresh = random.shuffle(pairs.filter(([a, b]) => !done.has(pairKey(a, b))));
  for (const [a, b] of fresh.slice(0, mostAttempts)) {
    const [ofA, ofB] = [ancestors.get(a), ancestors.get(b)];
    const [first, second] = [candidates[a], candidates[b]];
    if (first === undefined || second === undefined || ofA === undefined || ofB === undefined || ofB.has(a)) continue;
    const ancestor = Math.max(-1, ...[...ofA].filter((index) => ofB.has(index)));
    const [better, other] = second.mean > first.mean ? [b, a] : [a, b];
    const merged = mergeAt(candidates, { better, other, ancestor });
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
 * comes from the better one. Undefined when the result is one of the two.
 */
function mergeAt(
  candidates: readonly Relative[],
  { better, other, ancestor }: { better: number; other: number; ancestor: number },
): Merge | undefined {
  const [best, second, root] = [candidates[better], candidates[other], candidates[ancestor]];
  if (best === undefined || second === undefined || root === undefined) return undefined;
  const taken = Object.entries(second.genome.genes).filter(([id, gene]) => {
    const [mine, old] = [best.genome.genes[id], root.genome.genes[id]];
    if (mine === undefined || old === undefined || mine.evolvable === false) return false;
    return same(mine.value, old.value) && !same(gene.value, old.value);
  });
  if (taken.length === 0) return undefined;
  const parents = [best.id, second.id];
  const changes = Object.fromEntries(taken.map(([id, { value }]) => [id, value]));
  const genome = taken.reduce((child, [id, { value }]) => withGene(child, id, value, parents), best.genome);
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
