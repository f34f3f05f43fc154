import { clausesOf, type Clause } from "./clauses.ts";
import { isVerb, wordClass } from "./word-classes.ts";

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

/** Grammar by word classes alone: how many small words there are, whether there is a verb, and pairs that no sentence has. */
function likenessOf(words: readonly string[], lower: string): number {
  if (words.length < 2) return 0;
  const classes = words.map(wordClass);
  const small = classes.filter((kind) => kind !== "content" && kind !== "number").length / words.length;
  const density = ramp(small, 0.06, words.length <= 5 ? 0.15 : 0.24);
  const verb = words.some(isVerb) || classes.includes("auxiliary") ? 1 : 0.25;
  const faults = faultsOf(words) + longRuns(lower);
  return density * verb * Math.exp(-1.1 * Math.max(0, faults - words.length / 60));
}

/** Pairs of neighbours that do not occur in English prose, and impossible beginnings and ends. */
function faultsOf(words: readonly string[]): number {
  let faults = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    const next = words[i + 1];
    const kind = wordClass(word);
    if (next === undefined) {
      if (kind === "article" || /^(?:and|or|every|your|their|its|if|because|than|of|into|from)$/.test(word)) faults++;
      continue;
    }
    if (next === word && kind === "content") faults++;
    const follows = wordClass(next);
    if (kind === "article" && !/^(?:content|number|quantifier|adverb)$/.test(follows)) faults++;
    if (kind === "preposition" && (follows === "conjunction" || follows === "negation" || follows === "auxiliary"))
      if (!/^(?:to|than|as|before|after|until)$/.test(word) && next !== "that" && next !== "not") faults++;
    if (/^(?:of|at|from|with|by|into)$/.test(word) && follows === "preposition") faults++;
    if (kind === "conjunction" && /^(?:and|or|of|than)$/.test(next)) faults++;
    if (kind === "auxiliary" && /^(?:of|than)$/.test(next)) faults++;
    if (/^(?:must|should|can|will|may|cannot|could|would|might)$/.test(word) && follows === "article") faults++;
    if (kind === "content" && /^(?:must|should|do|does)$/.test(next) && isVerb(word) && !word.endsWith("s"))
      faults += 0.5;
  }
  if (/^(?:of|than|or)$/.test(words[0] ?? "")) faults++;
  return faults;
}

/** Words of meaning one after the other with no comma or other mark between: more than four are a heap, not a phrase. */
function longRuns(lower: string): number {
  let faults = 0;
  for (const stretch of lower.split(/[^\w\s'-]+/)) {
    let run = 0;
    for (const word of stretch.split(/\s+/)) {
      run = word !== "" && wordClass(word) === "content" ? run + 1 : 0;
      if (run > 4) faults += 0.6;
    }
  }
  return faults;
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
