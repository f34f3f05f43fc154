import { demoOf, worthBeside } from "../demo-choice.ts";
import type { Evidence, Operator } from "../operator.ts";
import { nothing } from "../reply-text.ts";

/**
 * Takes a task that the agent failed, with its right answer, as an example: rather one whose answer the examples lack and that is unlike them. Adds
 * it while there is room, else puts it in another's place. Needs no model, but training tasks whose right answer is one text.
 */
export const labelledDemos: Operator = {
  name: "labelled-demos",
  scope: "gene",
  reflects: false,
  applies: ({ type }) => type === "demos",
  propose: async ({ parent, gene: id, evidence, random, tried }) => {
    const gene = parent.genes[id];
    if (gene?.type !== "demos") return nothing("not-applicable", `${id} is not a list of examples`);
    const { value, max } = gene;
    const options = evidence.filter(isFailed).flatMap((one) => {
      const demo = demoOf(one);
      if (demo === undefined || value.some(({ input }) => input === demo.input)) return [];
      const results = value.length < max ? [[...value, demo]] : value.map((_, i) => value.with(i, demo));
      const weight = worthBeside(demo, value) / results.length;
      return results.flatMap((result) => (tried?.({ [id]: result }) === true ? [] : [{ value: result, weight }]));
    });
    const option = options.length === 0 ? undefined : options[random.weighted(options.map(({ weight }) => weight))];
    if (option === undefined) return nothing("no-alternative", "no failed task has one right answer to show");
    const hypothesis = "an example of what went wrong, with its right answer";
    return { kind: "child", changes: { [id]: option.value }, hypothesis, flips: [] };
  },
};

function isFailed({ rollout }: Evidence): boolean {
  return rollout.state === "scored" && rollout.score < 1;
}
