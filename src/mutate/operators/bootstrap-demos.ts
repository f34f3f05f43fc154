import { canonicalJson, type Random } from "../../base/index.ts";
import type { Demo } from "../../genome/index.ts";
import { sentenceDistance } from "../distance.ts";
import type { Evidence, Operator } from "../operator.ts";
import { nothing } from "../reply-text.ts";

/**
 * Takes worked examples from the evidence: tasks the agent solved with a full score, told with the tool calls it made, rather hard
 * ones (of a kind that often fails, with many steps) and rather unlike those that are there. Adds one while there is room, else
 * swaps one; now and then takes one out. Needs no model.
 */
export const bootstrapDemos: Operator = {
  name: "bootstrap-demos",
  scope: "gene",
  reflects: false,
  applies: (gene) => gene.type === "demos",
  propose: async ({ parent, gene: id, evidence, random, tried }) => {
    const gene = parent.genes[id];
    if (gene?.type !== "demos") return nothing("not-applicable", `${id} is not a list of examples`);
    const fresh = verified(evidence, gene.value);
    const added = gene.value.length < gene.max ? fresh.map(optionOf((demo) => [...gene.value, demo])) : [];
    const swapped = gene.value.flatMap((_, i) => fresh.map(optionOf((demo) => gene.value.with(i, demo))));
    const removed = gene.value.map((_, i) => ({ value: gene.value.toSpliced(i, 1), weight: 1 }));
    const groups = [
      { weight: 4, change: "an example more", options: added },
      { weight: 2, change: "an example exchanged", options: swapped },
      { weight: 1, change: "an example less", options: removed },
    ]
      .map((group) => ({ ...group, options: group.options.filter(({ value }) => tried?.({ [id]: value }) !== true) }))
      .filter(({ options }) => options.length > 0);
    const group = drawn(groups, random);
    const option = group === undefined ? undefined : drawn(group.options, random);
    if (group === undefined || option === undefined)
      return nothing("no-alternative", "no task was solved that could be an example");
    return { kind: "child", changes: { [id]: option.value }, hypothesis: group.change, flips: [] };
  },
};

interface Weighted {
  readonly weight: number;
}

function drawn<T extends Weighted>(options: readonly T[], random: Random): T | undefined {
  return options.length === 0 ? undefined : options[random.weighted(options.map(({ weight }) => weight))];
}

function optionOf(make: (demo: Demo) => Demo[]): (fresh: Fresh) => Weighted & { readonly value: Demo[] } {
  return ({ demo, weight }) => ({ value: make(demo), weight });
}

interface Fresh extends Weighted {
  readonly demo: Demo;
}

/** Solved tasks that are no examples yet, with how much they are worth as one. */
function verified(evidence: readonly Evidence[], present: readonly Demo[]): readonly Fresh[] {
  const known = new Set(present.map(({ input }) => input));
  return evidence.flatMap((one) => {
    const demo = demoOf(one);
    if (demo === undefined || known.has(demo.input)) return [];
    const unlike = Math.min(1, ...present.map(({ input }) => sentenceDistance(input, demo.input)));
    const hard = 1 + (demo.steps?.length ?? 0) / 3;
    return [{ demo, weight: hard * (1 + 4 * failureRate(one, evidence)) * (0.2 + unlike) }];
  });
}

/** Share of the tasks of the same kind (by their first tag) that failed. */
function failureRate({ task }: Evidence, evidence: readonly Evidence[]): number {
  const [kind] = task.tags;
  const scores = evidence.flatMap((other) =>
    kind !== undefined && other.task.tags[0] === kind && other.rollout.state === "scored" ? [other.rollout.score] : [],
  );
  return scores.length === 0 ? 0 : scores.filter((score) => score < 1).length / scores.length;
}

/** A solved task as an example; nothing when it was not solved in full. */
function demoOf({ task, rollout }: Evidence): Demo | undefined {
  if (rollout.state !== "scored" || rollout.score < 1 || rollout.trace.answer.trim() === "") return undefined;
  const steps = rollout.trace.steps.flatMap((step) =>
    step.kind === "tool" && step.ok ? [`Call ${step.name} with ${canonicalJson(step.arguments)}.`] : [],
  );
  return { input: task.input, ...(steps.length > 0 && { steps }), output: rollout.trace.answer.trim() };
}
