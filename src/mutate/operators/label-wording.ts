import type { Gene } from "../../genome/index.ts";
import type { Operator } from "../operator.ts";
import { wordingsFor } from "../phrases.ts";
import { nothing } from "../reply-text.ts";

type Labels = Extract<Gene, { type: "labels" }>;

/** Words the answers otherwise: one of them by a synonym, or all of them in capitals, with a capital, as letters or numbers, or as they are. Needs no model. */
export const labelWording: Operator = {
  name: "label-wording",
  scope: "gene",
  reflects: false,
  applies: ({ type }) => type === "labels",
  propose: async ({ parent, gene: id, random, tried }) => {
    const gene = parent.genes[id];
    if (gene?.type !== "labels") return nothing("not-applicable", `${id} is not a list of answers`);
    const groups = [synonymous(gene), rewritten(gene)]
      .map((group) => group.filter((value) => isNew(gene, value) && tried?.({ [id]: value }) !== true))
      .filter((group) => group.length > 0);
    if (groups.length === 0) return nothing("no-alternative", `every wording of ${id} was tried`);
    const value = random.pick(random.pick(groups));
    const told = gene.answers.flatMap((answer, i) =>
      value[i] === gene.value[i] ? [] : [`${answer} as "${value[i]}"`],
    );
    return { kind: "child", changes: { [id]: value }, hypothesis: `${id}: ${told.join(", ")}`, flips: [] };
  },
};

function isNew({ value: before }: Labels, value: readonly string[]): boolean {
  const distinct = new Set(value.map((wording) => wording.toLowerCase())).size === value.length;
  return distinct && value.some((wording, i) => wording !== before[i]);
}

function synonymous({ answers, value }: Labels): string[][] {
  return answers.flatMap((answer, i) => wordingsFor(answer).map((word) => value.with(i, word)));
}

function rewritten({ answers, value }: Labels): string[][] {
  return [
    answers,
    value.map((word) => word.toUpperCase()),
    value.map((word) => word.toLowerCase()),
    value.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()),
    answers.map((_, i) => String.fromCodePoint(("A".codePointAt(0) as number) + i)),
    answers.map((_, i) => String(i + 1)),
  ].map((wordings) => [...wordings]);
}
