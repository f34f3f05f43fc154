import { canonicalJson, type ContentHash } from "../base/index.ts";
import { genomeId, withGene, type Genome } from "../genome/index.ts";
import type { Changes } from "../mutate/index.ts";
import type { Engine } from "./engine.ts";
import { valueAt } from "./hash-index.ts";

/** Whether this run has met the genome, in the pool or among the children that were tried, or a person does not want it. */
export function isKnown({ journal }: Engine, id: ContentHash): boolean {
  const { met, steering } = journal.state;
  return valueAt(met, id) !== undefined || steering.barred.includes(id);
}

/** Whether this run has met the parent with these changes. */
export function isTried(engine: Engine, parent: Genome, changes: Changes): boolean {
  return isKnown(engine, genomeId(withChanges(parent, changes)));
}

/** The parent with new values. */
export function withChanges(parent: Genome, changes: Changes): Genome {
  const parents = [genomeId(parent)];
  return Object.entries(changes).reduce((child, [gene, value]) => withGene(child, gene, value, parents), parent);
}

/** The values by which `to` differs. */
export function differing(from: Genome, to: Genome): Changes {
  const changed = Object.entries(to.genes).filter(
    ([id, { value }]) => canonicalJson(from.genes[id]?.value ?? null) !== canonicalJson(value),
  );
  return Object.fromEntries(changed.map(([id, { value }]) => [id, value]));
}
