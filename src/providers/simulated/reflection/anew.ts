import type { Json, Random } from "../../../base/index.ts";
import type { ChatRequest } from "../../provider.ts";
import type { SimulatedParameters } from "../parameters.ts";
import { asksForMember, lastSaid } from "./asked-form.ts";
import { diagnose, fitOf, reachOf } from "./diagnosis.ts";
import { sortOf } from "./edit.ts";
import { evidenceIn } from "./request.ts";
import { composeAdvice, composeHarm, composePlatitude } from "./wording.ts";

/** Most sentences of advice in one new text. */
const mostAdvice = 8;

/**
 * The reply to a request to write a part of an agent from nothing; undefined when it is something else. It says what the agent is
 * for and then, for each strong suspicion, a sentence that is right, useless or harmful by the usual chances.
 */
export function anewReply(
  request: ChatRequest,
  parameters: SimulatedParameters,
  chance: () => Random,
): Json | undefined {
  const said = lastSaid(request);
  const task = request.messages.map(({ content }) => content).join("\n");
  if (!asksForMember(request, "value") || !/\bfrom (?:nothing|scratch)\b|\bwrite (?:it )?anew\b/i.test(task))
    return undefined;
  const evidence = evidenceIn(said);
  if (evidence.length === 0) return undefined;
  const kind = /^type:\s*rules\b/m.test(said) ? ("rules" as const) : ("text" as const);
  const id = /^id:\s*(\S+)/m.exec(said)?.[1] ?? "";
  const random = chance();
  const suspects = [...diagnose(evidence)]
    .map(([habit, weight]) => {
      const reach = reachOf(habit, kind, id, parameters.habits);
      return { habit, reach, weight: weight * reach * fitOf(habit, { kind, id }) };
    })
    .filter(({ reach }) => reach > 0.02)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, mostAdvice);
  const advice = suspects.map(({ habit, reach }, i) => {
    const draws = random.fork(`advice ${i}`);
    const sort = sortOf(reach, "", parameters, draws);
    if (sort === "useful") return composeAdvice(habit, draws);
    return sort === "harmful" ? composeHarm(draws) : composePlatitude(draws);
  });
  const sentences = advice.length > 0 ? advice : [composePlatitude(random)];
  const value =
    kind === "rules" ? sentences : [openingOf(said, id), ...sentences].filter((text) => text !== "").join(" ");
  return { diagnosis: "The work was never described.", hypothesis: "The new version says what to do and how.", value };
}

/** Only the text that begins the prompt says what the agent is. */
function openingOf(said: string, id: string): string {
  if (/answer|format|output|reply/i.test(id)) return "";
  const purpose = /^# What the agent is for\n([\s\S]*?)(?=^# )/m.exec(said)?.[1]?.trim() ?? "";
  const told = purpose !== "" && !purpose.startsWith("(") ? purpose : "Helper with the requests that come in.";
  return `This is your work: ${told.charAt(0).toLowerCase()}${told.slice(1)} Use the tools to help.`;
}
