import type { Operator } from "../operator.ts";
import { nothing } from "../reply-text.ts";

/** Shows the examples in another order: what stands last weighs most with small models (Lu et al. 2022). Needs no model. */
export const demoOrder: Operator = {
  name: "demo-order",
  scope: "gene",
  reflects: false,
  applies: ({ type }) => type === "demos",
  propose: async ({ parent, gene: id, random, tried }) => {
    const gene = parent.genes[id];
    if (gene?.type !== "demos") return nothing("not-applicable", `${id} is not a list of examples`);
    const { value } = gene;
    const swapped = value.flatMap((a, i) => value.slice(i + 1).map((b, j) => value.with(i, b).with(i + 1 + j, a)));
    const options = [...swapped, value.toReversed()].filter((order) => tried?.({ [id]: order }) !== true);
    if (value.length < 2 || options.length === 0)
      return nothing("no-alternative", "there are no two examples to exchange, or every exchange was tried");
    return {
      kind: "child",
      changes: { [id]: random.pick(options) },
      hypothesis: "the examples in another order",
      flips: [],
    };
  },
};
