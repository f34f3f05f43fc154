import { didYouMean } from "../base/index.ts";
import type { Gene } from "./gene.ts";

/** What is wrong with a gene or a genome, where in it, and what to do. */
export interface Flaw {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly hint: string;
}

/** Characters that count as one token when a text is held against its limit: a usual figure for English, not a tokenizer's count. */
const CHARACTERS_PER_TOKEN = 4;

/** Estimated number of tokens of a text. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

/** The first thing that keeps a gene's value out of its own bounds, or undefined. The shape is the schema's business. */
export function geneFlaw(gene: Gene): Flaw | undefined {
  switch (gene.type) {
    case "text":
      return textFlaw(gene);
    case "rules":
      return countFlaw(gene.value.length, gene.max_items, "rules", "max_items");
    case "demos":
      return countFlaw(gene.value.length, gene.max, "demos", "max");
    case "number":
      return numberFlaw(gene);
    case "enum":
    case "model":
      return repeated(gene.options, "options") ?? memberFlaw(gene.value, gene.options, ["value"], "options");
    case "set":
      return setFlaw(gene);
    case "labels":
      return labelsFlaw(gene);
    case "tool":
    case "boolean":
    case "strategy":
      return undefined;
  }
}

function textFlaw({ value, max_tokens, placeholders = [] }: Extract<Gene, { type: "text" }>): Flaw | undefined {
  const tokens = estimateTokens(value);
  if (tokens > max_tokens) {
    return outOfRange(
      `the text has about ${tokens} tokens (${CHARACTERS_PER_TOKEN} characters a token), max_tokens is ${max_tokens}`,
      `Shorten it to ${max_tokens * CHARACTERS_PER_TOKEN} characters or raise max_tokens.`,
    );
  }
  const missing = placeholders.find((placeholder) => !value.includes(placeholder));
  if (missing === undefined) return undefined;
  return {
    code: "missing-placeholder",
    path: ["value"],
    message: `the text does not contain the placeholder "${missing}"`,
    hint: `Put "${missing}" into the text, or take it off the gene's placeholders.`,
  };
}

function numberFlaw({ value, min, max, step, scale }: Extract<Gene, { type: "number" }>): Flaw | undefined {
  if (min > max) {
    return {
      code: "invalid-bounds",
      path: ["min"],
      message: `min ${min} is above max ${max}`,
      hint: "Exchange min and max, or correct one of them.",
    };
  }
  if (scale === "log" && min <= 0) {
    return {
      code: "invalid-bounds",
      path: ["min"],
      message: `a logarithmic scale cannot begin at ${min}`,
      hint: "Choose a min above 0, or leave scale out.",
    };
  }
  if (value < min || value > max) {
    return outOfRange(
      `${value} is not in [${min}, ${max}]`,
      `Choose a value from ${min} to ${max}, or move the bounds.`,
    );
  }
  if (step === undefined) return undefined;
  const steps = (value - min) / step;
  // Decimal steps such as 0.1 are not exact in binary.
  if (Math.abs(steps - Math.round(steps)) < 1e-6) return undefined;
  const nearest = Number((min + Math.round(steps) * step).toPrecision(12));
  return outOfRange(
    `${value} is not a whole number of steps of ${step} above ${min}`,
    nearest <= max ? `The nearest allowed value is ${nearest}.` : `Choose a value on the step.`,
  );
}

function setFlaw({ value, universe }: Extract<Gene, { type: "set" }>): Flaw | undefined {
  const stray = value.findIndex((member) => !universe.includes(member));
  return (
    repeated(universe, "universe") ??
    repeated(value, "value") ??
    memberFlaw(value[stray], universe, ["value", stray], "universe")
  );
}

/** Two answers with one wording could not be told apart. */
function labelsFlaw({ answers, value }: Extract<Gene, { type: "labels" }>): Flaw | undefined {
  if (value.length !== answers.length)
    return outOfRange(
      `${value.length} wordings for ${answers.length} answers`,
      "Give each answer one wording, in the same order.",
    );
  const plain = value.map((wording) => wording.trim().toLowerCase());
  return repeated(answers, "answers") ?? repeated(plain, "value");
}

function countFlaw(count: number, limit: number, what: string, bound: string): Flaw | undefined {
  if (count <= limit) return undefined;
  return outOfRange(`${count} ${what}, ${bound} is ${limit}`, `Remove ${count - limit} or raise ${bound}.`);
}

function memberFlaw(
  member: string | undefined,
  known: readonly string[],
  path: readonly PropertyKey[],
  bound: string,
): Flaw | undefined {
  if (member === undefined || known.includes(member)) return undefined;
  return {
    code: "unknown-option",
    path,
    message: `"${member}" is not among the ${bound}${didYouMean(member, known)}`,
    hint: `Choose one of ${known.map((name) => `"${name}"`).join(", ")}, or add it to ${bound}.`,
  };
}

function repeated(members: readonly string[], key: string): Flaw | undefined {
  const index = members.findIndex((member, position) => members.indexOf(member) < position);
  if (index === -1) return undefined;
  return {
    code: "repeated-member",
    path: [key, index],
    message: `"${members[index]}" stands twice in ${key}`,
    hint: "Remove one of them.",
  };
}

function outOfRange(message: string, hint: string): Flaw {
  return { code: "out-of-range", path: ["value"], message, hint };
}
