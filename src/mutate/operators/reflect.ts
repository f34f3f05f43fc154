import type { Gene } from "../../genome/index.ts";
import type { Operator, Proposal } from "../operator.ts";
import { reflectionRequest, type ReflectedGene } from "../reflection-request.ts";
import { parseReply } from "../reply.ts";
import { applyRuleEdits } from "../rule-edits.ts";

/** Lets the reflection model read what happened and rewrite a text, edit a list of rules or describe a tool anew. */
export const reflect: Operator = {
  name: "reflect",
  scope: "gene",
  reflects: true,
  applies: isReflected,
  propose: async ({ parent, gene: id, evidence, failedAttempts, suggestion, reflect: ask }) => {
    const gene = parent.genes[id];
    if (gene === undefined || !isReflected(gene))
      return { kind: "nothing", reason: "not-applicable", detail: `${id} is not a gene that reflection rewrites` };
    const reply = await ask(reflectionRequest({ parent, id, gene, evidence, failedAttempts, suggestion }));
    if (gene.type !== "rules") {
      const parsed = parseReply(gene.type, reply);
      return parsed.kind === "nothing" ? parsed : child(id, parsed.value, parsed.hypothesis);
    }
    const parsed = parseReply("rules", reply);
    if (parsed.kind === "nothing") return parsed;
    const rules = applyRuleEdits(gene.value, parsed.value);
    return typeof rules === "string"
      ? { kind: "nothing", reason: "wrong-form", detail: rules }
      : child(id, [...rules], parsed.hypothesis);
  },
};

function isReflected(gene: Gene): gene is ReflectedGene {
  return gene.type === "text" || gene.type === "rules" || gene.type === "tool";
}

function child(gene: string, value: Gene["value"], hypothesis: string): Proposal {
  return {
    kind: "child",
    changes: { [gene]: value },
    hypothesis: hypothesis === "" ? `a new ${gene}` : hypothesis,
    flips: [],
  };
}
