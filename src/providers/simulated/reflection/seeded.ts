import type { Json, Random } from "../../../base/index.ts";
import type { ChatRequest } from "../../provider.ts";
import type { SimulatedParameters } from "../parameters.ts";
import { sentencesOf } from "../reading/split.ts";
import type { HabitName } from "../skills/habit-name.ts";
import { asksForMember, lastSaid } from "./asked-form.ts";
import { diagnose, fitOf, reachOf } from "./diagnosis.ts";
import { sortOf } from "./edit.ts";
import { evidenceIn } from "./request.ts";
import { composeAdvice, composeHarm, composePlatitude } from "./wording.ts";

/** Most rules in a first version, and most sentences about the form of answers. */
const most = { rules: 6, form: 2 };
/** Nothing was seen to go wrong yet: what the description only hints at is treated so much less often. */
const foresight = 0.6;

/**
 * The reply to a request for the first version of an agent from a description of its work; undefined when it is something else. It says what
 * the agent is for, and what the goal and the sample inputs hint at it turns into advice that is right, useless or harmful by the usual chances.
 */
export function seededReply(
  request: ChatRequest,
  parameters: SimulatedParameters,
  chance: () => Random,
): Json | undefined {
  if (!asksForMember(request, "system") || !asksForMember(request, "rules")) return undefined;
  const said = lastSaid(request);
  const goal = sectionOf(said, /goal|purpose|description|what the agent is for/);
  if (goal === "") return undefined;
  const tools = [...sectionOf(said, /tools/).matchAll(/^- [\w.-]+:/gm)].length;
  const suspects = hintedAt(goal, said, parameters);
  const random = chance();
  const isForm = ({ habit }: Suspect): boolean => fitOf(habit, { kind: "text", id: "answer_format" }) > 1;
  const write = (suspect: Suspect, i: number): string => advise(suspect, parameters, random.fork(`advice ${i}`));
  const noticed = suspects.filter((_, i) => random.fork(`noticed ${i}`).next() < foresight);
  const rules = noticed.filter((suspect) => !isForm(suspect)).slice(0, most.rules);
  const form = noticed.filter(isForm).slice(0, most.form);
  return {
    system: `This is your work: ${goal.charAt(0).toLowerCase()}${goal.slice(1)}${tools > 0 ? " Use the tools to help." : ""}`,
    rules: rules.length === 0 ? [composePlatitude(random)] : rules.map(write),
    answer_format: form.map((suspect, i) => write(suspect, most.rules + i)).join(" "),
  };
}

interface Suspect {
  readonly habit: HabitName;
  readonly reach: number;
  readonly weight: number;
}

/** What the goal and the samples hint at, the strongest hints first. */
function hintedAt(goal: string, said: string, { habits }: SimulatedParameters): readonly Suspect[] {
  const sentences = (text: string): readonly string[] => sentencesOf(text).map((piece) => piece.text);
  const told = { score: 0, task: "", behaviour: "", feedback: sentences(goal) };
  const shown = evidenceIn(said).map(({ task }) => ({ score: 0.5, task, behaviour: "", feedback: sentences(task) }));
  return [...diagnose([told, ...shown])]
    .map(([habit, weight]) => ({ habit, weight, reach: reachOf(habit, "rules", "rules", habits) }))
    .filter(({ reach }) => reach > 0.02)
    .toSorted((a, b) => b.weight * b.reach - a.weight * a.reach);
}

function advise({ habit, reach }: Suspect, parameters: SimulatedParameters, random: Random): string {
  const sort = sortOf(reach, "", parameters, random);
  if (sort === "useful") return composeAdvice(habit, random);
  return sort === "harmful" ? composeHarm(random) : composePlatitude(random);
}

/** What stands under the first heading of the highest level that fits. */
function sectionOf(text: string, title: RegExp): string {
  const parts = text.split(/^# +/m).slice(1);
  const found = parts.find((part) => title.test((part.split("\n")[0] ?? "").toLowerCase()));
  return found === undefined ? "" : found.slice(found.indexOf("\n") + 1).trim();
}
