import type { Gene } from "../../genome/index.ts";
import { applyEdits } from "../edit.ts";
import type { Evidence, Operator, ProposeRequest } from "../operator.ts";
import { nothing } from "../reply-text.ts";
import { sentencesIn } from "../sentences.ts";
import { isWhole, type WholeGene } from "../whole-value.ts";

/**
 * Takes one sentence or rule away, rather one that has little to do with the shown tasks and with changes that helped: what never paid
 * only costs attention. Needs no model.
 */
export const prune: Operator = {
  name: "prune",
  scope: "gene",
  reflects: false,
  applies: isWhole,
  propose: async (request) => {
    const { parent, gene: id, random, tried } = request;
    const gene = parent.genes[id];
    if (!isWhole(gene)) return nothing("not-applicable", `${id} is not a text or a list of rules`);
    const known = wordsIn(surroundings(request));
    const options = unitsOf(gene).flatMap((unit) => {
      const value = without(gene, unit);
      if (value === undefined || tried?.({ [id]: value }) === true) return [];
      return [{ unit, value, weight: 1 / (0.1 + overlap(unit, known)) ** 2 }];
    });
    const option = options.length === 0 ? undefined : options[random.weighted(options.map(({ weight }) => weight))];
    if (option === undefined) return nothing("no-alternative", `there is nothing to take out of ${id}`);
    return { kind: "child", changes: { [id]: option.value }, hypothesis: `${id} without "${option.unit}"`, flips: [] };
  },
};

/** What may go; a text keeps a sentence at least. */
function unitsOf(gene: WholeGene): readonly string[] {
  if (gene.type === "rules") return gene.value;
  const sentences = sentencesIn(gene.value);
  const kept = gene.placeholders ?? [];
  const free = sentences.filter((sentence) => !kept.some((placeholder) => sentence.includes(placeholder)));
  return sentences.length > 1 ? free : [];
}

function without(gene: WholeGene, unit: string): Gene["value"] | undefined {
  if (gene.type === "rules") return gene.value.filter((rule) => rule !== unit);
  const edited = applyEdits(gene, [{ op: "remove", at: unit }]);
  return "value" in edited && edited.value !== "" ? edited.value : undefined;
}

function surroundings({ evidence, gained = [] }: ProposeRequest): string {
  return [...evidence.map(toldBy), ...gained].join("\n");
}

function toldBy({ task, rollout }: Evidence): string {
  if (rollout.state !== "scored") return task.input;
  const tools = rollout.trace.steps.flatMap((step) => (step.kind === "tool" ? [step.name] : []));
  return [task.input, ...rollout.feedback, ...tools].join("\n");
}

/** Short words stand everywhere. */
function wordsIn(text: string): ReadonlySet<string> {
  return new Set((text.toLowerCase().match(/[\p{L}]{4,}/gu) ?? []).map((word) => word.slice(0, 6)));
}

/** Share of the words of a sentence that the others know, in [0, 1]. */
function overlap(sentence: string, known: ReadonlySet<string>): number {
  const words = [...wordsIn(sentence)];
  return words.length === 0 ? 0 : words.filter((word) => known.has(word)).length / words.length;
}
