import type { ContentHash } from "../base/index.ts";
import { acceptanceRules, burdenOf, withinBand, type AcceptanceRule, type Expense } from "../select/index.ts";
import type { Engine } from "./engine.ts";
import { lengthOf, meanOf } from "./objectives.ts";
import type { EvolveOptions } from "./options.ts";

/** What a child must be at a look of its race against its parent, and in the end. */
export function lookRule(options: EvolveOptions, isLast: boolean): AcceptanceRule {
  return orWithinBand(options, acceptanceRules[isLast ? "improvement" : "improvement-or-equal"]);
}

/** The rule, or one that lets a child be behind within the band where it takes less. */
export function orWithinBand({ band }: EvolveOptions, rule: AcceptanceRule): AcceptanceRule {
  if (band === 0) return rule;
  const thrift = withinBand(band);
  return { name: `${rule.name}-or-band`, accepts: (...rows) => rule.accepts(...rows) || thrift.accepts(...rows) };
}

/** How much a child takes beside its parent, length and tokens as multiples of the parent's, on the validation tasks both were measured on. */
export function burdens(engine: Engine): Expense | undefined {
  const { draft, candidates } = engine.journal.state;
  const parent = candidates[draft?.parents[0] ?? -1];
  if (engine.inputs.options.band === 0 || draft === undefined || parent === undefined) return undefined;
  const own = draft.objectives["tokens"] ?? {};
  const theirs = parent.objectives["tokens"] ?? {};
  const shared = Object.keys(own).filter((task) => typeof own[task] === "number" && typeof theirs[task] === "number");
  const burden = (values: typeof own, genome: ContentHash): { cost: number; length: number } => ({
    cost: meanOf(shared.map((task) => values[task] ?? null)) ?? 0,
    length: lengthOf(engine.genome(genome)),
  });
  return { parent: 2, child: burdenOf(burden(own, draft.genome), burden(theirs, parent.genome)) };
}
