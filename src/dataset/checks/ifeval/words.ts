import { z } from "zod";
import { escapePattern } from "../common.ts";
import { compares, count, countOf, instruction, none, relation, type Instruction } from "./instruction.ts";

const word = "[\\p{L}\\p{N}_]";
const anywhere = (text: string): RegExp => new RegExp(escapePattern(text), "giu");
const alone = (text: string): RegExp => new RegExp(`(?<!${word})${escapePattern(text)}(?!${word})`, "iu");

const isUpper = (text: string): boolean => /\p{Uppercase}/u.test(text) && !/\p{Lowercase}|\p{Lt}/u.test(text);
const isLower = (text: string): boolean => /\p{Lowercase}/u.test(text) && !/\p{Uppercase}|\p{Lt}/u.test(text);

/** IFEval asks a language identifier whether it is English. Here at least half of the letters must be Latin: French passes too. */
function isLatin(text: string): boolean {
  return 2 * countOf(text, /\p{Script=Latin}/gu) >= countOf(text, /\p{L}/gu);
}

/** Words much as the Treebank tokenizer parts them: punctuation stands alone, hyphens join, "DON'T" is "DO" and "N'T". */
function tokens(text: string): readonly string[] {
  return text
    .replaceAll(/[,:;?!()[\]{}<>"“”*@#$%&]|--+|\.\.+/g, " ")
    .replaceAll(/(?=n['’]t\b)|(?=['’](?:s|m|d|ll|re|ve)\b)/gi, " ")
    .split(/\s+/)
    .filter((token) => token !== "");
}

/** Instructions about words, letters and their case. */
export const wordInstructions: Readonly<Record<string, Instruction>> = {
  "keywords:existence": instruction({
    arguments: z.strictObject({ keywords: z.array(z.string().min(1)).min(1) }),
    follows: (text, { keywords }) => keywords.every((keyword) => anywhere(keyword).test(text)),
    demand: ({ keywords }) => `contain ${keywords.join(", ")}`,
  }),
  "keywords:forbidden_words": instruction({
    arguments: z.strictObject({ forbidden_words: z.array(z.string().min(1)).min(1) }),
    follows: (text, { forbidden_words }) => !forbidden_words.some((forbidden) => alone(forbidden).test(text)),
    demand: ({ forbidden_words }) => `not contain the words ${forbidden_words.join(", ")}`,
  }),
  "keywords:frequency": instruction({
    arguments: z.strictObject({ relation, keyword: z.string().min(1), frequency: count }),
    follows: (text, given) => compares(countOf(text, anywhere(given.keyword)), given.relation, given.frequency),
    demand: (given) => `contain "${given.keyword}" ${given.relation} ${given.frequency} times`,
  }),
  "keywords:letter_frequency": instruction({
    arguments: z.strictObject({ let_relation: relation, letter: z.string().min(1), let_frequency: count }),
    follows: (text, given) =>
      compares(countOf(text.toLowerCase(), anywhere(given.letter)), given.let_relation, given.let_frequency),
    demand: (given) => `contain the character "${given.letter}" ${given.let_relation} ${given.let_frequency} times`,
  }),
  "length_constraints:number_words": instruction({
    arguments: z.strictObject({ relation, num_words: count }),
    follows: (text, given) => compares(countOf(text, new RegExp(`${word}+`, "gu")), given.relation, given.num_words),
    demand: (given) => `have ${given.relation} ${given.num_words} words`,
  }),
  "change_case:capital_word_frequency": instruction({
    arguments: z.strictObject({ capital_relation: relation, capital_frequency: count }),
    follows: (text, given) =>
      compares(tokens(text).filter(isUpper).length, given.capital_relation, given.capital_frequency),
    demand: (given) => `have ${given.capital_relation} ${given.capital_frequency} words in capitals`,
  }),
  "change_case:english_capital": instruction({
    arguments: none,
    follows: (text) => isUpper(text) && isLatin(text),
    demand: () => "be in English, all in capitals",
  }),
  "change_case:english_lowercase": instruction({
    arguments: none,
    follows: (text) => isLower(text) && isLatin(text),
    demand: () => "be in English, all in lower case",
  }),
  "punctuation:no_comma": instruction({
    arguments: none,
    follows: (text) => !text.includes(","),
    demand: () => "have no commas",
  }),
};
