import { canonicalJson } from "../base/index.ts";
import { activeGenes, type Demo, type Gene, type Genome } from "../genome/index.ts";
import { sentencesIn } from "./sentences.ts";

/** Genomes nearer than this say the same. */
const near = 0.05;

/** The first of `others` that says the same as `genome`: each gene of one lies nearer than 0.05 to that of the other. */
export function findNearDuplicate(genome: Genome, others: readonly Genome[]): Genome | undefined {
  const genes = activeGenes(genome);
  const ids = Object.keys(genes);
  return others.find((other) => {
    const theirs = activeGenes(other);
    return Object.keys(theirs).length === ids.length && ids.every((id) => geneDistance(genes[id], theirs[id]) < near);
  });
}

/**
 * How far two values of one gene are apart, in [0, 1]: for texts by the sentence that has the least like it on the other side, so
 * that a long list with one more rule is another list; for numbers the share of their range; for the rest 0 or 1.
 */
export function geneDistance(a: Gene | undefined, b: Gene | undefined): number {
  if (a === undefined || b === undefined || a.type !== b.type) return 1;
  if (a.value === b.value) return 0;
  switch (a.type) {
    case "text":
    case "rules":
    case "tool": {
      const theirs = partsOf(b);
      return Math.max(...partsOf(a).map((units, i) => unitsDistance(units, theirs[i] ?? noUnits)));
    }
    case "demos":
      return b.type === "demos" ? sameOrNot(a.value.map(demoWords), b.value.map(demoWords)) : 1;
    case "number":
      return b.type === "number" ? numberDistance(a, b.value) : 1;
    case "strategy":
      return b.type === "strategy" ? strategyDistance(a.value, b.value) : 1;
    default:
      return sameOrNot(a.value, b.value);
  }
}

function sameOrNot(a: unknown, b: unknown): number {
  return canonicalJson(a) === canonicalJson(b) ? 0 : 1;
}

function demoWords({ input, steps = [], output }: Demo): string {
  return wordsOf([input, ...steps, output].join("\n")).join(" ");
}

/** A step that its author chose makes another value, however small. */
function numberDistance({ value, min, max, step, scale }: Extract<Gene, { type: "number" }>, other: number): number {
  const range = scale === "log" ? Math.log(max / min) : max - min;
  const apart = scale === "log" ? Math.abs(Math.log(value / other)) : Math.abs(value - other);
  const share = range > 0 ? apart / range : 0;
  return step !== undefined && apart > 0 ? Math.max(near, share) : share;
}

type Strategy = Extract<Gene, { type: "strategy" }>["value"];

function strategyDistance(a: Strategy, b: Strategy): number {
  if (a.kind === "direct" || b.kind === "direct" || a.kind !== b.kind) return a.kind === b.kind ? 0 : 1;
  if (a.kind === "plan" && b.kind === "plan" && a.replan !== b.replan) return 1;
  return Math.abs(a.max_steps - b.max_steps) / Math.max(a.max_steps, b.max_steps);
}

/** The texts of a part of a gene, a sentence or a rule each. */
interface Units {
  readonly list: readonly Unit[];
  readonly known: ReadonlySet<string>;
  /** Lists with different weighty words cannot be near: a cheap look before the long one. */
  readonly weighty: string;
}

interface Unit {
  readonly words: string;
  /** What changes the sense of a sentence however long it is: numbers, names of tools and small words such as "never". */
  readonly weighty: string;
  /** Made when two sentences are compared that are not clearly equal or different. */
  readonly shingles: () => Shingles;
}

/** Words and pairs of words with their counts, and the length of the counts as a vector. */
interface Shingles {
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
}

const noUnits: Units = { list: [], known: new Set(), weighty: "" };

/** Genes never change, so they are read once. */
const read = new WeakMap<Gene, readonly Units[]>();

function partsOf(gene: Gene): readonly Units[] {
  const found = read.get(gene);
  if (found !== undefined) return found;
  const parts = textsOf(gene).map(unitsOf);
  read.set(gene, parts);
  return parts;
}

function textsOf(gene: Gene): readonly (readonly string[])[] {
  switch (gene.type) {
    case "text":
      return [sentencesIn(gene.value)];
    case "rules":
      return [gene.value];
    case "tool": {
      const { summary, when, when_not, examples } = gene.value;
      return [...[summary, when, when_not].map(sentencesIn), examples];
    }
    default:
      return [];
  }
}

function unitsOf(texts: readonly string[]): Units {
  const units = new Map([...new Set(texts)].map((text) => [text, unitOf(text)]));
  const list = texts.flatMap((text) => units.get(text) ?? []);
  const weighty = [...new Set(list.map((unit) => unit.weighty))].toSorted().join("\n");
  return { list, known: new Set(list.map(({ words }) => words)), weighty };
}

/** The largest distance from a unit of one side to the nearest of the other (Hausdorff). What is shorter by a repetition is another text. */
function unitsDistance(a: Units, b: Units): number {
  if (a.list.length === 0 || b.list.length === 0) return a.list.length === b.list.length ? 0 : 1;
  if (a.weighty !== b.weighty) return 1;
  const longer = a.list.length === b.list.length ? 0 : near;
  return Math.max(longer, farthest(a, b), farthest(b, a));
}

function farthest(from: Units, to: Units): number {
  const others = from.list.filter(({ words }) => !to.known.has(words));
  return Math.max(0, ...others.map((unit) => Math.min(...to.list.map((other) => unitDistance(unit, other)))));
}

/** In [0, 1]: how little two texts of a sentence or so have in common; 0 for the same words in the same order. */
export function sentenceDistance(a: string, b: string): number {
  return unitDistance(unitOf(a), unitOf(b));
}

const weightyWord =
  /[\d_{}]|^(?:not|no|never|none|nobody|without|only|always|unless|except|before|after|all|every|first|last|instead|if|or)$/;

function unitOf(text: string): Unit {
  const words = wordsOf(text);
  const weighty = words.filter((word) => weightyWord.test(word)).join(" ");
  let shingles: Shingles | undefined;
  return { words: words.join(" "), weighty, shingles: () => (shingles ??= shinglesOf(words)) };
}

function shinglesOf(words: readonly string[]): Shingles {
  const counts = new Map<string, number>();
  const pairs = words.slice(1).map((word, i) => `${words[i]} ${word}`);
  for (const shingle of [...words, ...pairs]) counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  return { counts, length: Math.sqrt([...counts.values()].reduce((sum, count) => sum + count * count, 0)) };
}

/** One minus the cosine over words and pairs of words. */
function unitDistance(a: Unit, b: Unit): number {
  if (a.words === b.words) return 0;
  if (a.weighty !== b.weighty || a.words === "" || b.words === "") return 1;
  const [mine, theirs] = [a.shingles(), b.shingles()];
  let product = 0;
  for (const [shingle, count] of mine.counts) product += count * (theirs.counts.get(shingle) ?? 0);
  return Math.max(0, 1 - product / (mine.length * theirs.length));
}

function wordsOf(text: string): readonly string[] {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/n['’]t\b/g, " not");
  return plain.match(/[\p{L}\p{N}_]+(?:[.:/-][\p{L}\p{N}_]+)*|\{[\w.-]+\}/gu) ?? [];
}
