import { makeRandom, type Random } from "../../../src/base/index.ts";
import type { Genome } from "../../../src/genome/index.ts";
import {
  standardOperators,
  type Changes,
  type Evidence,
  type Operator,
  type Proposal,
} from "../../../src/mutate/index.ts";
import { standardRates, type LandscapeOptions, type OperatorRates } from "./options.ts";
import { nameOf, partText, partsIn, type Quality } from "./parts.ts";

const request = { messages: [{ role: "user" as const, content: "Propose." }] };

/** Reads which parts the feedback blames and rewrites one of them; sometimes useless, sometimes harmful. */
export function reflectOperator(options: LandscapeOptions, rates: OperatorRates = standardRates): Operator {
  return textOperator("reflect", async ({ gene, parent, evidence, random, reflect }) => {
    const text = textOf(parent, gene);
    const present = partsIn(text).map(({ part }) => part);
    const blamed = blamedParts(evidence);
    const counts = present.map((part) => blamed.filter((other) => other === part).length);
    const named = counts.some((count) => count > 0);
    if (!named && present.length === 1 && blamed.length > 0) return nothing(`no feedback blames ${gene}`);
    await reflect(request);
    const part = present[random.weighted(counts)] ?? 0;
    const quality =
      part === options.parts
        ? unitsRule(random, rates.unitsByReflection)
        : drawQuality(random, named ? rates.right : rates.blindRight, rates.wrong);
    const words = random.next() < rates.repeated ? makeRandom(`words/${part}`) : random.fork("words");
    const value = rewrite(text, part, partText(part, quality, words), (line) => loses(line, random, rates.lost));
    return {
      kind: "child",
      changes: { [gene]: value },
      hypothesis: `part ${nameOf(part)} is at fault`,
      flips: named ? tasksBlaming(evidence, part) : [],
    };
  });
}

/** Goes through causes that the feedback does not name: the rule on units. */
export function hypothesisOperator(options: LandscapeOptions, rates: OperatorRates = standardRates): Operator {
  return textOperator("hypothesis-edit", async ({ gene, parent, random, reflect }) => {
    const text = textOf(parent, gene);
    if (!partsIn(text).some(({ part }) => part === options.parts)) return nothing("no rule on units here");
    await reflect(request);
    const replacement = partText(options.parts, unitsRule(random, rates.unitsByHypothesis), random.fork("words"));
    const changes = { [gene]: rewrite(text, options.parts, replacement, (line) => line) };
    return { kind: "child", changes, hypothesis: "the rule on units may be wrong", flips: [] };
  });
}

/** Begins again in the other way of working, all parts written anew. */
export function restartOperator(options: LandscapeOptions, rates: OperatorRates = standardRates): Operator {
  return {
    name: "restart",
    scope: "genome",
    reflects: true,
    applies: ({ type }) => type === "text" || type === "enum",
    propose: async ({ parent, random, reflect }) => {
      await reflect(request);
      const anew = (value: string): string =>
        partsIn(value)
          .map(({ part }) => partText(part, drawQuality(random, rates.restartRight, 0), random))
          .join("\n");
      const texts = Object.entries(parent.genes).flatMap(([id, gene]) =>
        gene.type === "text" ? [[id, anew(gene.value)] as const] : [],
      );
      const other = parent.genes["approach"]?.value === "direct" ? "stepwise" : "direct";
      const approach: Changes = options.basin === undefined ? {} : { approach: other };
      const changes = { ...Object.fromEntries(texts), ...approach };
      return { kind: "child", changes, hypothesis: "another way of working may be better", flips: [] };
    },
  };
}

/** The product's own operator for genes with few values. */
export function stepOperator(): Operator {
  const found = standardOperators.find(({ name }) => name === "step");
  if (found === undefined) throw new Error("there is no operator named step");
  return found;
}

/** Numbers of the parts that the feedback blames, once for each time. */
export function blamedParts(evidence: readonly Evidence[]): readonly number[] {
  return evidence.flatMap(({ rollout }) => (rollout.state === "scored" ? rollout.feedback.flatMap(blamedIn) : []));
}

function blamedIn(feedback: string): readonly number[] {
  return [...feedback.matchAll(/cause is part (\d\d)/g)].map((match) => Number(match[1]));
}

function tasksBlaming(evidence: readonly Evidence[], part: number): readonly string[] {
  return evidence.filter((shown) => blamedParts([shown]).includes(part)).map(({ task }) => task.id);
}

function textOf({ genes }: Genome, id: string): string {
  const gene = genes[id];
  return gene?.type === "text" ? gene.value : "";
}

function textOperator(name: string, propose: Operator["propose"]): Operator {
  return { name, scope: "gene", reflects: true, applies: ({ type }) => type === "text", propose };
}

function drawQuality(random: Random, right: number, wrong: number): Quality {
  const luck = random.next();
  if (luck < right) return "right";
  return luck < right + wrong ? "wrong" : "plain";
}

function unitsRule(random: Random, right: number): Quality {
  return random.next() < right ? "right" : "wrong";
}

function rewrite(text: string, part: number, replacement: string, others: (line: string) => string): string {
  return text
    .split("\n")
    .map((line) => (partsIn(line).some((found) => found.part === part) ? replacement : others(line)))
    .join("\n");
}

/** Who writes a long text anew may lose what was good elsewhere in it. */
function loses(line: string, random: Random, lost: number): string {
  return line.includes(", right:") && random.next() < lost ? line.replace(", right:", ", plain:") : line;
}

function nothing(detail: string): Proposal {
  return { kind: "nothing", reason: "no-alternative", detail };
}
