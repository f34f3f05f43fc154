import type { Random } from "../../base/index.ts";
import type { Gene } from "../../genome/index.ts";
import type { Operator } from "../operator.ts";
import { additions, paraphrases } from "../phrases.ts";
import { nothing } from "../reply-text.ts";

type Text = Extract<Gene, { type: "text" }>;

/**
 * Edits an instruction by phrases, without a model: takes one out, exchanges two, says one in other words from a stock, or adds one from it.
 * After GrIPS (Prasad et al. 2023), with a stock in place of its paraphrasing model.
 */
export const phraseEdit: Operator = {
  name: "phrase-edit",
  scope: "gene",
  reflects: false,
  applies: ({ type }) => type === "text",
  propose: async ({ parent, gene: id, random, tried }) => {
    const gene = parent.genes[id];
    if (gene?.type !== "text") return nothing("not-applicable", `${id} is not a text`);
    const labelled = Object.values(parent.genes).some(({ type }) => type === "labels");
    const edits = [deleted(gene), swapped(gene), said(gene), added(gene, labelled)]
      .map((group) => group.filter(({ value }) => value !== gene.value && tried?.({ [id]: value }) !== true))
      .filter((group) => group.length > 0);
    const edit = drawn(edits, random);
    if (edit === undefined) return nothing("no-alternative", `${id} has no phrase to edit`);
    return { kind: "child", changes: { [id]: edit.value }, hypothesis: `${id}: ${edit.change}`, flips: [] };
  },
};

interface PhraseEdit {
  readonly value: string;
  readonly change: string;
}

/** First the kind of edit, then the edit, each equally likely. */
function drawn(groups: readonly (readonly PhraseEdit[])[], random: Random): PhraseEdit | undefined {
  return groups.length === 0 ? undefined : random.pick(random.pick(groups));
}

/** A text cut before conjunctions and after marks; joined again it is the text. */
function phrasesIn(text: string): readonly string[] {
  return text
    .split(/(?<=[,;:.!?]\s+)|(?=\b(?:and|or|but|that|which|whether|when|if|so that|in order to)\s)/i)
    .filter((phrase) => phrase !== "");
}

function deleted(gene: Text): readonly PhraseEdit[] {
  const phrases = phrasesIn(gene.value);
  if (phrases.length < 2) return [];
  return phrases.flatMap((phrase, i) =>
    isKept(gene, phrase) ? [] : [{ value: tidy(phrases.toSpliced(i, 1)), change: `without "${phrase.trim()}"` }],
  );
}

function swapped({ value }: Text): readonly PhraseEdit[] {
  const phrases = phrasesIn(value);
  return phrases.slice(1).map((phrase, i) => {
    const before = phrases[i] ?? "";
    const first = /\s$/.test(phrase) ? phrase : `${phrase} `;
    return {
      value: tidy(phrases.toSpliced(i, 2, first, before)),
      change: `"${phrase.trim()}" before "${before.trim()}"`,
    };
  });
}

function said({ value }: Text): readonly PhraseEdit[] {
  return paraphrases.flatMap((group) =>
    group.flatMap((old) => {
      const found = new RegExp(`\\b${old}\\b`, "i").exec(value);
      if (found === null) return [];
      return group
        .filter((other) => other !== old)
        .map((other) => ({ value: replaced(value, found, other), change: `"${found[0]}" to "${other}"` }));
    }),
  );
}

function replaced(text: string, found: RegExpExecArray, other: string): string {
  const capital = /^\p{Lu}/u.test(found[0]);
  const word = capital ? other.charAt(0).toUpperCase() + other.slice(1) : other;
  return text.slice(0, found.index) + word + text.slice(found.index + found[0].length);
}

function added({ value }: Text, labelled: boolean): readonly PhraseEdit[] {
  return additions
    .filter((sentence) => !value.includes(sentence) && (labelled || !sentence.includes("{labels}")))
    .map((sentence) => ({ value: `${value.trimEnd()} ${sentence}`.trimStart(), change: `with "${sentence}"` }));
}

function isKept({ placeholders = [] }: Text, phrase: string): boolean {
  return placeholders.some((placeholder) => phrase.includes(placeholder));
}

function tidy(phrases: readonly string[]): string {
  return phrases
    .join("")
    .replaceAll(/ {2,}/g, " ")
    .replaceAll(/\s+([,.;:!?])/g, "$1")
    .trim();
}
