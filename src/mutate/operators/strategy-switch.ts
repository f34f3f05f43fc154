import { canonicalJson } from "../../base/index.ts";
import type { Scored } from "../../evaluate/index.ts";
import { StrategyValue } from "../../genome/index.ts";
import type { Evidence, Operator } from "../operator.ts";
import { nothing } from "../reply-text.ts";

/** From this number of tool calls on a task is long. */
const long = 4;

/**
 * Takes another way of going about tasks: another kind, more or fewer steps, another way of replanning. What the evidence speaks for
 * is likelier: more steps where runs ended at the step limit, a plan where long tasks failed, replanning where tools failed.
 */
export const strategySwitch: Operator = {
  name: "strategy-switch",
  scope: "gene",
  reflects: false,
  applies: ({ type }) => type === "strategy",
  propose: async ({ parent, gene: id, evidence, random, tried }) => {
    const gene = parent.genes[id];
    if (gene?.type !== "strategy") return nothing("not-applicable", `${id} is not a strategy`);
    const options = neighbours(gene.value, signsIn(evidence)).filter(({ value }) => tried?.({ [id]: value }) !== true);
    const option = options.length === 0 ? undefined : options[random.weighted(options.map(({ weight }) => weight))];
    if (option === undefined) return nothing("no-alternative", `every neighbour of ${id} was tried`);
    const hypothesis = `${id}: ${canonicalJson(gene.value)} to ${canonicalJson(option.value)}`;
    return { kind: "child", changes: { [id]: option.value }, hypothesis, flips: [] };
  },
};

/** Shares of the scored rollouts, each in [0, 1]. */
interface Signs {
  readonly cutOff: number;
  readonly longFailed: number;
  readonly toolFailed: number;
  readonly withoutTools: number;
}

function signsIn(evidence: readonly Evidence[]): Signs {
  const rollouts = evidence.flatMap(({ rollout }) => (rollout.state === "scored" ? [rollout] : []));
  const share = (holds: (rollout: Scored) => boolean): number =>
    rollouts.length === 0 ? 0 : rollouts.filter(holds).length / rollouts.length;
  return {
    cutOff: share(({ trace }) => trace.stop === "step-limit"),
    longFailed: share(({ score, trace }) => score < 1 && toolSteps(trace).length >= long),
    toolFailed: share(({ score, trace }) => score < 1 && toolSteps(trace).some(({ ok }) => !ok)),
    withoutTools: share(({ trace }) => toolSteps(trace).length === 0),
  };
}

function toolSteps({ steps }: Scored["trace"]) {
  return steps.filter((step) => step.kind === "tool");
}

interface Option {
  readonly value: StrategyValue;
  readonly weight: number;
}

/** Another kind with the same number of steps, a third fewer or half as many more steps, and the other way of replanning. */
function neighbours(value: StrategyValue, signs: Signs): readonly Option[] {
  const steps = value.kind === "direct" ? undefined : value.max_steps;
  const options: { readonly value: unknown; readonly weight: number }[] = [
    { value: { kind: "direct" }, weight: 0.1 + 2 * Math.max(0, signs.withoutTools - 0.5) },
    { value: { kind: "react", max_steps: steps }, weight: 1 },
    { value: { kind: "plan", max_steps: steps }, weight: 1 + 4 * signs.longFailed },
  ].filter(({ value: { kind } }) => kind !== value.kind);
  if (value.kind !== "direct") {
    const many = Math.min(60, Math.ceil((value.max_steps * 3) / 2));
    options.push({ value: { ...value, max_steps: Math.ceil((value.max_steps * 2) / 3) }, weight: 0.3 });
    options.push({ value: { ...value, max_steps: many }, weight: 0.3 + 4 * signs.cutOff });
  }
  if (value.kind === "plan") {
    const replan = value.replan === "never" ? "on-failure" : "never";
    options.push({ value: { ...value, replan }, weight: 0.3 + 2 * signs.toolFailed });
  }
  return options.flatMap(({ value: candidate, weight }) => {
    const read = StrategyValue.safeParse(candidate).data;
    return read === undefined || canonicalJson(read) === canonicalJson(value) ? [] : [{ value: read, weight }];
  });
}
