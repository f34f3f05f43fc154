import { canonicalJson } from "../../base/index.ts";
import type { Demo } from "../../genome/index.ts";
import type { Evidence, Operator } from "../operator.ts";

/**
 * Takes worked examples from the evidence: tasks the agent solved with a full score, told with the tool calls it made. Adds
 * one while there is room, else swaps one; now and then takes one out. Needs no model.
 */
export const bootstrapDemos: Operator = {
  name: "bootstrap-demos",
  scope: "gene",
  reflects: false,
  applies: (gene) => gene.type === "demos",
  propose: async ({ parent, gene: id, evidence, random, tried }) => {
    const gene = parent.genes[id];
    if (gene?.type !== "demos")
      return { kind: "nothing", reason: "not-applicable", detail: `${id} is not a list of examples` };
    const known = new Set(gene.value.map((demo) => demo.input));
    const fresh = evidence.flatMap(demoOf).filter((demo) => !known.has(demo.input));
    const added = gene.value.length < gene.max ? fresh.map((demo) => [...gene.value, demo]) : [];
    const swapped = gene.value.flatMap((_, i) => fresh.map((demo) => gene.value.with(i, demo)));
    const removed = gene.value.map((_, i) => gene.value.toSpliced(i, 1));
    const groups = [
      { weight: 4, change: "an example more", values: added },
      { weight: 2, change: "an example exchanged", values: swapped },
      { weight: 1, change: "an example less", values: removed },
    ]
      .map((group) => ({ ...group, values: group.values.filter((value) => tried?.({ [id]: value }) !== true) }))
      .filter((group) => group.values.length > 0);
    if (groups.length === 0)
      return { kind: "nothing", reason: "no-alternative", detail: "no task was solved that could be an example" };
    const group = groups[random.weighted(groups.map(({ weight }) => weight))];
    if (group === undefined) return { kind: "nothing", reason: "no-alternative", detail: "nothing to choose from" };
    return { kind: "child", changes: { [id]: random.pick(group.values) }, hypothesis: group.change, flips: [] };
  },
};

/** A solved task as an example; nothing when it was not solved in full. */
function demoOf({ task, rollout }: Evidence): Demo[] {
  if (rollout.state !== "scored" || rollout.score < 1 || rollout.trace.answer.trim() === "") return [];
  const steps = rollout.trace.steps.flatMap((step) =>
    step.kind === "tool" && step.ok ? [`Call ${step.name} with ${canonicalJson(step.arguments)}.`] : [],
  );
  return [{ input: task.input, ...(steps.length > 0 && { steps }), output: rollout.trace.answer.trim() }];
}
