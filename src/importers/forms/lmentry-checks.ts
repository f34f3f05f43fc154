import type { WrittenCheck } from "../../dataset/index.ts";

const quote = "[\"'“”‘’`*]";
const letter = "[\\p{L}\\p{N}'’-]";

/** The right word or number is named and no distractor is, or the answer is nothing else. */
export function containsAlone(right: string, distractors: readonly string[]): WrittenCheck {
  const named = { type: "contains", value: right, whole_words: true };
  const none = { type: "not", check: { type: "contains_any", values: distractors, whole_words: true } };
  return {
    type: "any",
    feedback: `The answer should be "${right}" and name no other of the words.`,
    checks: [
      { type: "equals", value: right },
      { type: "all", checks: distractors.length === 0 ? [named] : [named, none] },
    ],
  };
}

/** The word or letter is the answer, its last word, or stands in quotes alone: the sentence it is asked about may be repeated. */
export function finalWord(right: string): WrittenCheck {
  const word = literal(right);
  return {
    type: "any",
    feedback: `The answer should be "${right}", or end with it.`,
    checks: [
      { type: "equals", value: right },
      { type: "regex", pattern: `(?<!${letter})${word}[^\\p{L}\\p{N}]*$`, flags: "iu" },
      { type: "regex", pattern: `${quote}${word}[.,]?${quote}`, flags: "iu" },
    ],
  };
}

export function yesOrNo(right: string): WrittenCheck {
  return { type: "label", value: right, labels: ["yes", "no"] };
}

interface Demand {
  readonly starting?: string;
  readonly ending?: string;
  readonly containing?: string;
  readonly lacking?: string;
}

/** A text of at least two words that starts or ends with the word, or has or lacks it; all or nothing. */
export function isSentence({ starting, ending, containing, lacking }: Demand): readonly WrittenCheck[] {
  const word = starting ?? ending ?? containing ?? lacking ?? "";
  const alone = `(?<!${letter})${literal(word)}(?!${letter})`;
  const pattern =
    starting !== undefined ? `^[^\\p{L}\\p{N}]*${alone}` : ending !== undefined ? `${alone}[^\\p{L}\\p{N}]*$` : alone;
  const demand = { type: "regex", pattern, flags: "iu" };
  const manner =
    starting !== undefined
      ? "start with"
      : ending !== undefined
        ? "end with"
        : containing !== undefined
          ? "contain"
          : "lack";
  return [
    {
      type: "all",
      feedback: `The answer should be a sentence and ${manner} the word "${word}".`,
      checks: [
        { type: "regex", pattern: `${letter}+[^\\p{L}\\p{N}]+${letter}+`, flags: "u" },
        lacking === undefined ? demand : { type: "not", check: demand },
      ],
    },
  ];
}

/** One word, alone or as the only one in quotes, that has the letter or lacks it. */
export function singleWord(has: string, wanted: boolean): WrittenCheck {
  const other = `(?:(?!${literal(has)})${letter})`;
  const word = wanted ? `${letter}*${literal(has)}${letter}*` : `${other}+`;
  return {
    type: "any",
    feedback: `The answer should be one word ${wanted ? "with" : "without"} the letter "${has}".`,
    checks: [
      { type: "regex", pattern: `^[^\\p{L}\\p{N}]*${word}[^\\p{L}\\p{N}]*$`, flags: "iu" },
      { type: "regex", pattern: `^[^"“”]*["“]${word}[.,]?["”][^"“”]*$`, flags: "iu" },
    ],
  };
}

/** A text taken literally in a regular expression, with blanks for any run of space. */
function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\s+/g, "\\s+");
}
