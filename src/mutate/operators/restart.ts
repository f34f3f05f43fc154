import { ask, describeFailed } from "../ask.ts";
import { describeEvidence } from "../evidence-text.ts";
import { describeRest } from "../gene-text.ts";
import type { Operator } from "../operator.ts";
import { wholePrompt } from "../prompts/whole.ts";
import { describeGene } from "../reflection-request.ts";
import { nothing } from "../reply-text.ts";
import { isWhole, readWhole, wholeSchema } from "../whole-value.ts";

/** Throws a text or a list of rules away and lets the reflection model write it anew from what the agent is for: a way out of a bad beginning. */
export const restart: Operator = {
  name: "restart",
  scope: "gene",
  reflects: true,
  applies: isWhole,
  propose: async ({ parent, gene: id, evidence, failedAttempts, purpose, reflect }) => {
    const gene = parent.genes[id];
    if (!isWhole(gene)) return nothing("not-applicable", `${id} is not a gene that can be written anew`);
    const { restart: system, headings, form, reply } = wholePrompt;
    const request = ask({
      system,
      sections: [
        [headings.purpose, purpose ?? parent.description ?? "(not told; see the tasks)"],
        [headings.gene, describeGene(id, gene)],
        [headings.agent, describeRest(parent, [id])],
        [headings.evidence, describeEvidence(evidence)],
        [headings.failed, describeFailed(failedAttempts)],
        [headings.reply, `${form[gene.type]}\n${reply}`],
      ],
      schema: wholeSchema(gene.type),
    });
    const read = readWhole(gene.type, await reflect(request));
    if (read.kind === "nothing") return read;
    const hypothesis = `${id} written anew. ${read.hypothesis}`.trim();
    return { kind: "child", changes: { [id]: read.value }, hypothesis, flips: [] };
  },
};
