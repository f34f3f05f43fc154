import { canonicalJson, diffItems } from "../base/index.ts";
import { estimateTokens, type Demo, type Gene, type Genome, type ToolText } from "../genome/index.ts";
import { sentenceDistance } from "./distance.ts";
import { applyEdits, type Edit } from "./edit.ts";
import type { Changes } from "./operator.ts";
import { sentencesIn } from "./sentences.ts";

/** Rules and sentences nearer than this say the same; only one of them is kept. */
const same = 0.1;

/**
 * Several changes of one parent in one: what only one of them changes is taken over; what two change is joined where its type
 * allows it (see `joinValues`), else the earlier one has it. Bounds are checked by `makeChild`.
 */
export function joinChanges(parent: Genome, parts: readonly Changes[]): Changes {
  const joined: Record<string, Gene["value"]> = {};
  for (const [id, value] of parts.flatMap((part) => Object.entries(part))) {
    const gene = parent.genes[id];
    const before = joined[id];
    if (gene === undefined) continue;
    joined[id] = before === undefined ? value : (joinValues(gene, before, value) ?? before);
  }
  return joined;
}

/**
 * Three-way join of two values of a gene that come from `base`. Rules and sentences that `b` added, took away or wrote anew are added to, taken
 * away from or written anew in `a`; what both wrote anew stays as `a` has it. Tool descriptions and sets are joined member by member, numbers meet
 * half way. Undefined where the type has no parts and both changed it, where `b` is another text altogether, and where the joined text would be
 * longer than the gene allows.
 */
export function joinValues(base: Gene, a: Gene["value"], b: Gene["value"]): Gene["value"] | undefined {
  if (equal(a, b) || equal(b, base.value)) return a;
  if (equal(a, base.value)) return b;
  switch (base.type) {
    case "text":
      return joinTexts(base, a as string, b as string);
    case "rules":
      return joinLists(base.value, a as string[], b as string[]).slice(
        0,
        Math.max(base.max_items, (a as string[]).length),
      );
    case "tool":
      return joinTools(base.value, a as ToolText, b as ToolText);
    case "demos":
      return joinDemos(a as Demo[], b as Demo[], base.max);
    case "set":
      return base.universe.filter((member) => inBoth(member, base.value, a as string[], b as string[]));
    case "number":
      return halfWay(base, a as number, b as number);
    default:
      return undefined;
  }
}

/**
 * What `theirs` did to the old items is done to `mine` as well: items taken out, put in, or written anew where they stood. What `mine` has changed
 * or taken out itself stays as it has it. Items that say the same as one of `mine` are not put in.
 */
function joinLists(old: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  return stepsBetween(old, theirs).reduce<string[]>(
    (list, { from, to }) => {
      if (from !== undefined && !mine.includes(from)) return list;
      const rest = from === undefined ? list : list.filter((item) => item !== from);
      if (to === undefined || rest.some((other) => sentenceDistance(other, to) < same)) return rest;
      return from === undefined ? [...list, to] : list.map((item) => (item === from ? to : item));
    },
    [...mine],
  );
}

/** One item that was put in (`from` undefined), taken out (`to` undefined), or written anew. */
interface Step {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** What became of the items. Where some make way for others, they are paired in their order: the first for the first. */
function stepsBetween(old: readonly string[], now: readonly string[]): readonly Step[] {
  const gone: string[] = [];
  const come: string[] = [];
  const steps: Step[] = [];
  const settle = (): void => {
    for (let i = 0; i < Math.max(gone.length, come.length); i++) steps.push({ from: gone[i], to: come[i] });
    gone.length = 0;
    come.length = 0;
  };
  for (const { kind, items } of diffItems(old, now)) {
    if (kind === "same") settle();
    else (kind === "removed" ? gone : come).push(...items);
  }
  settle();
  return steps;
}

/** Where b kept less than half of the base it is a text of its own, and there is no telling what of it belongs to what. */
function joinTexts(base: Extract<Gene, { type: "text" }>, a: string, b: string): string | undefined {
  const [old, mine, theirs] = [sentencesIn(base.value), sentencesIn(a), sentencesIn(b)];
  if (old.filter((sentence) => theirs.includes(sentence)).length * 2 < old.length) return undefined;
  const edits = stepsBetween(mine, joinLists(old, mine, theirs)).map(editFor);
  if (edits.length === 0) return a;
  const edited = applyEdits({ ...base, value: a }, edits);
  if (!("value" in edited) || typeof edited.value !== "string") return undefined;
  return estimateTokens(edited.value) > base.max_tokens ? undefined : edited.value;
}

function editFor({ from, to }: Step): Edit {
  if (from === undefined) return { op: "add", text: to };
  return to === undefined ? { op: "remove", at: from } : { op: "replace", at: from, text: to };
}

function joinTools(base: ToolText, a: ToolText, b: ToolText): ToolText {
  const text = (member: "summary" | "when" | "when_not"): string => {
    const [old, mine, theirs] = [base[member], a[member], b[member]];
    if (mine === theirs || theirs === old) return mine;
    if (mine === old) return theirs;
    return member === "summary" ? mine : joinLists(sentencesIn(old), sentencesIn(mine), sentencesIn(theirs)).join(" ");
  };
  const examples = joinLists(base.examples, a.examples, b.examples);
  return { summary: text("summary"), when: text("when"), when_not: text("when_not"), examples };
}

function joinDemos(a: readonly Demo[], b: readonly Demo[], most: number): Demo[] {
  const inputs = new Set(a.map(({ input }) => input));
  return [...a, ...b.filter(({ input }) => !inputs.has(input))].slice(0, Math.max(most, a.length));
}

function inBoth(member: string, base: readonly string[], a: readonly string[], b: readonly string[]): boolean {
  const [old, mine, theirs] = [base, a, b].map((list) => list.includes(member));
  return (mine === old ? theirs : mine) === true;
}

/** The nearest value of the gene's grid to the middle; on a logarithmic scale the geometric middle. */
function halfWay({ min, step, scale }: Extract<Gene, { type: "number" }>, a: number, b: number): number {
  const middle = scale === "log" ? Math.sqrt(a * b) : (a + b) / 2;
  return step === undefined ? middle : Number((min + Math.round((middle - min) / step) * step).toPrecision(12));
}

function equal(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
