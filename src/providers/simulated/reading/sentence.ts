import { clausesOf, type Clause } from "./clauses.ts";
import { isOpenClass, isVerb, wordClass } from "./word-classes.ts";
import { orderOf } from "./word-order.ts";

/** A sentence as the model takes it in. */
export interface Sentence {
  /** In lower case. */
  readonly text: string;
  readonly words: readonly string[];
  readonly clauses: readonly Clause[];
  /** How much it is like a sentence that somebody wrote, in [0, 1]: a list of keywords or shuffled words is near zero. */
  readonly likeness: number;
  /** How plainly it says what to do, in [0, 1], whatever it is about. */
  readonly clarity: number;
}

export function readSentence(text: string): Sentence {
  const lower = text.toLowerCase().replaceAll("’", "'");
  const words = lower.match(/[a-z]+(?:['_-][a-z0-9]+)*|\d[\d.,:-]*/g) ?? [];
  return {
    text: lower,
    words,
    clauses: clausesOf(lower),
    likeness: likenessOf(words, lower),
    clarity: clarityOf(lower, words),
  };
}

/** Grammar by kinds of words alone: how many small words there are, whether there is a verb, and whether the order is one of prose. */
function likenessOf(words: readonly string[], lower: string): number {
  if (words.length < 2) return 0;
  const kinds = words.map(wordClass);
  const small = kinds.filter((kind) => !isOpenClass(kind)).length / words.length;
  const density = ramp(small, 0.06, words.length <= 5 ? 0.15 : 0.24);
  const verb = words.some(isVerb) || kinds.includes("auxiliary") || kinds.includes("modal") ? 1 : 0.25;
  return density * verb * ramp(orderOf(lower), -0.2, 0.04) * 0.4 ** faultsOf(words);
}

/** Neighbours that do not occur in English prose, as "word|class". */
const impossible: readonly (readonly [first: RegExp, next: RegExp])[] = [
  [/\|article$/, /\|(?!content|verb|participle|number|quantifier|adverb)\w+$/],
  [/^(?:of|at|from|by|into|per)\|/, /\|(?:joiner|auxiliary|of|to)$/],
  [/\|joiner$/, /\|joiner$/],
  [/\|(?:auxiliary|modal)$/, /^(?:of|than)\|/],
  [/^(?!do|does|did)\w+\|modal$/, /\|article$/],
  [/^(?:you|they|we)\|/, /^(?:of|your|their|its)\|/],
  [/^(?:your|their|its|every)\|/, /\|adverb$/],
];
const impossibleEnd = /^(?:the|a|an|my|our|and|or|every|your|their|its|if|because|than|of|into|from|not)$/;
const impossibleStart = /^(?:of|than|or)$/;

function faultsOf(words: readonly string[]): number {
  const told = words.map((word) => `${word}|${wordClass(word)}`);
  const pairs = told.slice(1).filter((next, index) => {
    const first = told[index] ?? "";
    const repeated = first === next && isOpenClass(wordClass(words[index] ?? "")) && !/^\d/.test(first);
    return repeated || impossible.some(([one, other]) => one.test(first) && other.test(next));
  });
  const ends = [impossibleEnd.test(words.at(-1) ?? ""), impossibleStart.test(words[0] ?? "")];
  return pairs.length + ends.filter(Boolean).length;
}

const hedges =
  /\b(?:maybe|perhaps|might|possibly|if possible|where possible|where appropriate|as appropriate|as needed|if needed|generally|usually|sometimes|ideally|try to|consider|could|may want|feel free|somewhat|kind of|it can help|can be helpful|be mindful)\b/g;
const vague =
  /\b(?:careful(?:ly)?|appropriate(?:ly)?|proper(?:ly)?|accurate(?:ly)?|thorough(?:ly)?|good|best|quality|attention|correct(?:ly)?|suitable|relevant|diligent(?:ly)?|professional(?:ly)?|high-quality|excellent|precise(?:ly)?|well)\b/g;
const firm = /\b(?:always|never|must|every|only|do not|don't|exactly|whenever|before any|each)\b/;

function clarityOf(lower: string, words: readonly string[]): number {
  const length = words.length;
  const brevity = length <= 32 ? 1 : Math.max(0.35, 1 - (length - 32) / 45);
  const fullness = ramp(length, 1, 5);
  const hedged = 0.45 ** Math.min(2, lower.match(hedges)?.length ?? 0);
  const loose = 1 - 0.18 * Math.min(3, lower.match(vague)?.length ?? 0);
  return Math.min(1, (firm.test(lower) ? 1 : 0.93) * brevity * (0.4 + 0.6 * fullness) * hedged * loose);
}

/** 0 up to `from`, 1 from `to` on, straight between. */
function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
