import type { Random } from "../../base/index.ts";
import type { Demo } from "../../genome/index.ts";
import { demoOf, worthBeside } from "../demo-choice.ts";
import type { Operator } from "../operator.ts";
import { nothing } from "../reply-text.ts";

/**
 * Draws all examples anew from the shown training tasks, solved or not, with their right answers: as many of every answer as can be, unlike one
 * another, in chance order. Half as many as there is room for, or all. Small models change more by a whole set than by one example (random search
 * over sets: Khattab et al. 2023). Needs no model, but training tasks whose right answer is one text.
 */
export const demoSet: Operator = {
  name: "demo-set",
  scope: "gene",
  reflects: false,
  applies: ({ type }) => type === "demos",
  propose: async ({ parent, gene: id, evidence, random, tried }) => {
    const gene = parent.genes[id];
    if (gene?.type !== "demos") return nothing("not-applicable", `${id} is not a list of examples`);
    const options = evidence.flatMap((one) => demoOf(one) ?? []);
    const size = random.fork("size").next() < 0.5 ? Math.ceil(gene.max / 2) : gene.max;
    if (options.length < 2) return nothing("no-alternative", "fewer than two shown tasks have one right answer");
    const value = random.fork("order").shuffle(drawn(options, size, random.fork("set")));
    if (tried?.({ [id]: value }) === true) return nothing("no-alternative", "this set was tried");
    return { kind: "child", changes: { [id]: value }, hypothesis: `${value.length} examples drawn anew`, flips: [] };
  },
};

function drawn(options: readonly Demo[], size: number, random: Random): Demo[] {
  const chosen: Demo[] = [];
  let left = options;
  while (chosen.length < size && left.length > 0) {
    const demo = left[random.weighted(left.map((option) => worthBeside(option, chosen)))];
    if (demo === undefined) break;
    chosen.push(demo);
    left = left.filter((option) => option.input !== demo.input);
  }
  return chosen;
}
