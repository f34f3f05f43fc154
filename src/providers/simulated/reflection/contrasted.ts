import { sum, type Json, type Random } from "../../../base/index.ts";
import type { ChatRequest } from "../../provider.ts";
import type { SimulatedParameters } from "../parameters.ts";
import { asksForMember, lastSaid } from "./asked-form.ts";
import { readComponents, type Component } from "./components.ts";
import { diagnose, reachOf } from "./diagnosis.ts";
import { harmOf, sortOf, taught, type Intention } from "./edit.ts";
import { examplesFor } from "./edited.ts";
import { causeOf, changeOf } from "./explain.ts";
import { evidenceIn, failedIn, type Evidence } from "./request.ts";
import { rewriteTool } from "./rewrite.ts";
import type { HabitName } from "../skills/habit-name.ts";

/** The reply to a request to tell two tools apart; undefined when it is something else. */
export function contrastedReply(
  request: ChatRequest,
  parameters: SimulatedParameters,
  chance: () => Random,
): Json | undefined {
  if (!asksForMember(request, "first") || !asksForMember(request, "second")) return undefined;
  const { components, rest } = readComponents(lastSaid(request));
  const [first, second] = components.filter(({ kind }) => kind === "tool");
  const evidence = evidenceIn(rest);
  if (first === undefined || second === undefined || evidence.length === 0) return undefined;
  const random = chance();
  const tools = [first, second];
  const intention = intendFor(tools, evidence, failedIn(rest), parameters, random);
  const described = tools.map((tool, i) => rewriteTool(tool, intention, random.fork(`tool ${i}`)));
  return {
    diagnosis: causeOf(intention.target),
    hypothesis: changeOf(intention),
    examples: examplesFor(evidence, intention),
    first: described[0] ?? null,
    second: described[1] ?? null,
  };
}

/** One cause that the two descriptions can mend together, and along with it what else they can mend. */
function intendFor(
  tools: readonly Component[],
  evidence: readonly Evidence[],
  failed: readonly string[],
  parameters: SimulatedParameters,
  random: Random,
): Intention {
  const suspects = [...diagnose(evidence)].flatMap(([habit, suspicion]) => {
    const reach = Math.min(1, sum(tools.map(({ id }) => reachOf(habit, "tool", id, parameters.habits))));
    const tried = failed.some((attempt) => taught(attempt, habit) > 0.3) ? 0.4 : 1;
    return reach > 0.02 ? [{ habit, reach, weight: suspicion * tried * reach }] : [];
  });
  const target =
    suspects[suspects.length === 0 ? -1 : random.fork("target").weighted(suspects.map(({ weight }) => weight))];
  const current = tools.map((tool) => tool.current).join("\n");
  const sort = sortOf(target?.reach, current, parameters, random.fork("sort"));
  const others = suspects.filter(({ habit }) => habit !== target?.habit).toSorted((a, b) => b.weight - a.weight);
  const further: HabitName[] = others
    .filter((_, i) => random.fork(`further ${i}`).next() < parameters.reflection.breadth)
    .slice(0, parameters.reflection.most - 1)
    .map(({ habit }) => habit);
  return { sort, target: target?.habit, further, harm: harmOf(random.fork("harm")) };
}
