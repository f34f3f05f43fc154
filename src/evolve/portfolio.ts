import type { Random } from "../base/index.ts";
import { activeGenes, type Genome } from "../genome/index.ts";
import type { Operator } from "../mutate/index.ts";
import { chooseOperator, type BanditState } from "../select/index.ts";

/** How likely each operator is to be drawn before anything is known of what it gains; others have `usual`. */
const startWeights: Readonly<Record<string, number>> = {
  diagnose: 0.6,
  "tool-contrast": 0.08,
  "bootstrap-demos": 0.08,
  reflect: 0.06,
  "hypothesis-edit": 0.04,
  "rules-delta": 0.04,
  "strategy-switch": 0.03,
  crossover: 0.03,
  step: 0.02,
  compress: 0.02,
  "set-step": 0.01,
  prune: 0.01,
};
const usualWeight = 0.05;

/** The same where no operator asks a reflection model. */
const startWeightsAlone: Readonly<Record<string, number>> = {
  step: 0.24,
  "demo-set": 0.24,
  "answer-form": 0.13,
  "phrase-edit": 0.11,
  "labelled-demos": 0.1,
  "label-wording": 0.06,
  crossover: 0.05,
  "bootstrap-demos": 0.03,
  "demo-order": 0.03,
  prune: 0.01,
};

/** Operators that begin anew. What has been gained is lost with them at first, so they have their turn only where nothing else gains any more. */
const leaps: readonly string[] = ["restart"];
/** Share of the turns on a plateau that are leaps. */
const LEAP = 0.15;

/** What the bandit files every child under: operators are compared by whole children, whatever genes they changed. */
export const childType = "child";

/** An operator and the genes it is asked for, one after the other; one empty name where the operator looks at all of them. */
export interface Turn {
  readonly operator: Operator;
  readonly genes: readonly string[];
}

/**
 * Draws an operator by what the bandit has learnt, and the genes it is asked for, at most `most`; on a plateau now and then one that begins anew.
 * Undefined when no operator applies to any gene that may change.
 */
export function drawTurn(
  genome: Genome,
  operators: readonly Operator[],
  { bandit, isPlateau }: { readonly bandit: BanditState; readonly isPlateau: boolean },
  most: number,
  random: Random,
): Turn | undefined {
  const genes = evolvableGenes(genome);
  const applicable = operators.filter((operator) => genes.some(({ gene }) => operator.applies(gene)));
  const [leaping, usual] = [true, false].map((leap) => applicable.filter(({ name }) => leaps.includes(name) === leap));
  const leapsNow = isPlateau && random.fork("leap").next() < LEAP;
  const able = [leapsNow ? leaping : usual, usual, leaping].find((some) => some !== undefined && some.length > 0);
  if (able === undefined) return undefined;
  const weights = operators.some(({ reflects }) => reflects) ? startWeights : startWeightsAlone;
  const name = chooseOperator(bandit, {
    geneType: childType,
    operators: able.map(({ name: operator }) => ({ operator, weight: weights[operator] ?? usualWeight })),
    random: random.fork("operator"),
  });
  const operator = able.find((candidate) => candidate.name === name);
  if (operator === undefined) return undefined;
  if (operator.scope === "genome") return { operator, genes: [""] };
  const own = genes.filter(({ gene }) => operator.applies(gene)).map(({ id }) => id);
  return { operator, genes: random.fork("gene").shuffle(own).slice(0, most) };
}

/** Operators that start from a person's hypothesis about one gene, the one with the smallest change first. */
const readers = ["hypothesis-edit", "rules-delta", "reflect", "diagnose"];

/** The operator that is asked when a person has a hypothesis about a gene. Undefined when none reads hypotheses about genes of this type. */
export function turnFor(genome: Genome, operators: readonly Operator[], gene: string): Turn | undefined {
  const found = evolvableGenes(genome).find(({ id }) => id === gene);
  const able = operators.filter((operator) => found !== undefined && operator.applies(found.gene));
  const operator = readers.flatMap((name) => able.find((candidate) => candidate.name === name) ?? [])[0];
  return operator && { operator, genes: [operator.scope === "genome" ? "" : gene] };
}

/** Genes that are in force and may change, by name. */
export function evolvableGenes(
  genome: Genome,
): readonly { readonly id: string; readonly gene: Genome["genes"][string] }[] {
  return Object.entries(activeGenes(genome))
    .filter(([, { evolvable }]) => evolvable !== false)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, gene]) => ({ id, gene }));
}
