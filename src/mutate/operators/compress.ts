import { ask, describeFailed, describeGained } from "../ask.ts";
import { describeRest, fenced, valueText } from "../gene-text.ts";
import type { Operator } from "../operator.ts";
import { wholePrompt } from "../prompts/whole.ts";
import { describeGene } from "../reflection-request.ts";
import { nothing } from "../reply-text.ts";
import { isWhole, readWhole, wholeSchema } from "../whole-value.ts";

/** Shorter texts, in characters, are not worth shortening. */
const worthwhile = 300;
/** A value that is not shorter than this share of the old one was not shortened. */
const shorter = 0.9;

/** Lets the reflection model say the same in fewer words: a prompt that is shorter costs less and is followed better. */
export const compress: Operator = {
  name: "compress",
  scope: "gene",
  reflects: true,
  applies: isWhole,
  propose: async ({ parent, gene: id, failedAttempts, gained, reflect }) => {
    const gene = parent.genes[id];
    if (!isWhole(gene)) return nothing("not-applicable", `${id} is not a gene that can be shortened`);
    const before = lengthOf(gene.value);
    if (before < worthwhile) return nothing("no-alternative", `${id} is short already`);
    const { compress: system, headings, form, reply } = wholePrompt;
    const request = ask({
      system,
      sections: [
        [headings.gene, describeGene(id, gene)],
        [headings.value, fenced(valueText(gene))],
        [headings.agent, describeRest(parent, [id])],
        [headings.gained, describeGained(gained)],
        [headings.failed, describeFailed(failedAttempts)],
        [headings.reply, `${form[gene.type]}\n${reply}`],
      ],
      schema: wholeSchema(gene.type),
    });
    const read = readWhole(gene.type, await reflect(request));
    if (read.kind === "nothing") return read;
    const after = lengthOf(read.value);
    if (after > shorter * before) return nothing("wrong-form", `${id} went from ${before} to ${after} characters only`);
    const hypothesis = `${id} in ${after} instead of ${before} characters. ${read.hypothesis}`.trim();
    return { kind: "child", changes: { [id]: read.value }, hypothesis, flips: [] };
  },
};

function lengthOf(value: string | readonly string[]): number {
  return typeof value === "string" ? value.length : value.join("\n").length;
}
