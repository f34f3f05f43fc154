import { basename } from "node:path";
import { z } from "zod";
import { AlleleError, didYouMean } from "../../base/index.ts";
import type { WrittenCheck } from "../../dataset/index.ts";
import type { Form, ImportedTask } from "../form.ts";
import { fillTemplate } from "../mapping.ts";
import { readRows, textAt, type Row } from "../rows.ts";
import { readSettings } from "../settings.ts";
import { containsAlone, finalWord, isSentence, singleWord, yesOrNo } from "./lmentry-checks.ts";

interface Kind {
  /** The question put to the model, in our words. */
  readonly question: string;
  readonly checks: (row: Row) => readonly WrittenCheck[];
}

const pair = (row: Row): readonly WrittenCheck[] => closed(row, ["word1", "word2"]);
const numbers = (row: Row): readonly WrittenCheck[] => closed(row, ["n1", "n2"]);
const options = (row: Row): readonly WrittenCheck[] => closed(row, ["options"]);
const gold = (row: Row): readonly WrittenCheck[] => [finalWord(textAt(row, "gold"))];
const asked = (row: Row): string => textAt(row, "word");

const kinds: Readonly<Record<string, Kind>> = {
  more_letters: { question: 'Which word has more letters, "{word1}" or "{word2}"?', checks: pair },
  less_letters: { question: 'Which word has fewer letters, "{word1}" or "{word2}"?', checks: pair },
  first_alphabetically: {
    question: 'Which word comes first in the alphabet, "{word1}" or "{word2}"?',
    checks: pair,
  },
  homophones: { question: 'Which word sounds like "{query}", "{word1}" or "{word2}"?', checks: pair },
  rhyming_word: { question: 'Which word rhymes with "{query}", "{word1}" or "{word2}"?', checks: pair },
  bigger_number: { question: "Which number is larger, {n1} or {n2}?", checks: numbers },
  smaller_number: { question: "Which number is smaller, {n1} or {n2}?", checks: numbers },
  first_letter: { question: 'What is the first letter of the word "{word}"?', checks: gold },
  last_letter: { question: 'What is the last letter of the word "{word}"?', checks: gold },
  first_word: { question: 'What is the first word of the sentence "{sentence}"?', checks: gold },
  last_word: { question: 'What is the last word of the sentence "{sentence}"?', checks: gold },
  word_before: { question: 'In the sentence "{sentence}", which word comes right before "{word}"?', checks: gold },
  word_after: { question: 'In the sentence "{sentence}", which word comes right after "{word}"?', checks: gold },
  all_words_from_category: {
    question: "Are all of these words {category}? Words: {words}. Answer yes or no.",
    checks: (row) => [yesOrNo(textAt(row, "gold"))],
  },
  any_words_from_category: {
    question: "Is any of these words one of {category}? Words: {words}. Answer yes or no.",
    checks: (row) => [yesOrNo(textAt(row, "gold"))],
  },
  most_associated_word: {
    question: 'Which of these words has most to do with "{category}"? Words: {options}.',
    checks: options,
  },
  least_associated_word: {
    question: 'Which of these words has least to do with "{category}"? Words: {options}.',
    checks: options,
  },
  starts_with_word: {
    question: 'Write a sentence that starts with the word "{word}".',
    checks: (row) => isSentence({ starting: asked(row) }),
  },
  ends_with_word: {
    question: 'Write a sentence that ends with the word "{word}".',
    checks: (row) => isSentence({ ending: asked(row) }),
  },
  sentence_containing: {
    question: 'Write a sentence that contains the word "{word}".',
    checks: (row) => isSentence({ containing: asked(row) }),
  },
  sentence_not_containing: {
    question: 'Write a sentence that does not contain the word "{word}".',
    checks: (row) => isSentence({ lacking: asked(row) }),
  },
  word_containing: {
    question: 'Write a word that contains the letter "{letter}".',
    checks: (row) => [singleWord(textAt(row, "letter"), true)],
  },
  word_not_containing: {
    question: 'Write a word that does not contain the letter "{letter}".',
    checks: (row) => [singleWord(textAt(row, "letter"), false)],
  },
};

const Settings = z.strictObject({
  /** `question`: the task is stated; `variables`: the words alone, so that the instruction is the genome's. */
  style: z.enum(["question", "variables"]).default("question"),
});

/** LMentry (Efrat et al. 2022): 23 tasks that are trivial for people. Each file is one task, named by the file. */
export const lmentry: Form = {
  name: "lmentry",
  about: "LMentry, one file a task; style=variables gives the words without the question",
  licence: "CDLA-Permissive-2.0",
  source: "LMentry (Efrat et al. 2022), in the form published with the Multi-Prompt-LLM-Evaluation repository",
  thirdParty: true,
  read: (files, settings) => {
    const { style } = readSettings(Settings, settings, "lmentry");
    return {
      description: `LMentry: ${files.map(nameOf).join(", ")}.`,
      tasks: files.flatMap((file) => {
        const kind = kindOf(file);
        return readRows(file).map((row) => taskOf(row, nameOf(file), kind, style));
      }),
      leftOut: [],
    };
  },
};

function taskOf(row: Row, name: string, { question, checks }: Kind, style: "question" | "variables"): ImportedTask {
  const variables = [...question.matchAll(/\{(\w+)\}/g)].map(([, path = ""]) => `${path}: {${path}}`);
  return {
    id: textAt(row, "id"),
    input: fillTemplate(style === "question" ? question : variables.join("\n"), row),
    checks: checks(row),
    tags: [name],
    where: row.where,
  };
}

function closed(row: Row, paths: readonly string[]): readonly WrittenCheck[] {
  const right = textAt(row, "gold");
  const all = paths.flatMap((path) => optionsAt(row, path));
  return [
    containsAlone(
      right,
      all.filter((option) => option !== right),
    ),
  ];
}

function optionsAt({ values }: Row, path: string): readonly string[] {
  const value = values[path];
  return (Array.isArray(value) ? value : [value ?? ""]).map(String);
}

const nameOf = (file: string): string => basename(file).replace(/\.\w+$/, "");

function kindOf(file: string): Kind {
  const kind = kinds[nameOf(file)];
  if (kind !== undefined) return kind;
  throw new AlleleError({
    code: "unknown-task-file",
    message: `"${nameOf(file)}" is no task of LMentry${didYouMean(nameOf(file), Object.keys(kinds))}`,
    hint: `The file's name is the task: ${Object.keys(kinds).join(", ")}.`,
    where: { file },
  });
}
