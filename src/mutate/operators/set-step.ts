import type { Gene } from "../../genome/index.ts";
import type { Evidence, Operator } from "../operator.ts";
import { nothing } from "../reply-text.ts";

type SetGene = Extract<Gene, { type: "set" }>;

/**
 * Adds one member of the universe to a set or takes one away. Of tools, one that was never called or mostly failed is rather taken
 * away, and one that was missed (called in vain, or named in feedback) rather added. Never leaves a set empty, never leaves the universe.
 */
export const setStep: Operator = {
  name: "set-step",
  scope: "gene",
  reflects: false,
  applies: ({ type }) => type === "set",
  propose: async ({ parent, gene: id, evidence, random, tried }) => {
    const gene = parent.genes[id];
    if (gene?.type !== "set") return nothing("not-applicable", `${id} is not a set`);
    const options = gene.universe
      .map((member) => toggled(gene, member, evidence))
      .filter(({ value }) => value.length > 0 && tried?.({ [id]: value }) !== true);
    const option = options.length === 0 ? undefined : options[random.weighted(options.map(({ weight }) => weight))];
    if (option === undefined) return nothing("no-alternative", `every neighbour of ${id} was tried`);
    return { kind: "child", changes: { [id]: option.value }, hypothesis: `${id}: ${option.change}`, flips: [] };
  },
};

function toggled({ value, universe }: SetGene, member: string, evidence: readonly Evidence[]) {
  const present = value.includes(member);
  const { worked, failed, missed } = usageOf(member, evidence);
  const change = present ? `without ${member}` : `with ${member}`;
  const members = universe.filter((other) => (other === member ? !present : value.includes(other)));
  return { value: members, change, weight: present ? (1 + failed) / (1 + worked + missed) : 1 + 4 * missed };
}

/** Calls that worked and that failed, and failed tasks whose feedback names the member. */
function usageOf(member: string, evidence: readonly Evidence[]) {
  let [worked, failed, missed] = [0, 0, 0];
  for (const { rollout } of evidence) {
    if (rollout.state !== "scored") continue;
    for (const step of rollout.trace.steps) {
      if (step.kind !== "tool" || step.name !== member) continue;
      if (step.ok) worked++;
      else failed++;
    }
    if (rollout.score < 1 && rollout.feedback.some((line) => line.includes(member))) missed++;
  }
  return { worked, failed, missed };
}
