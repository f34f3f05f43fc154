import type { Json, Random } from "../../../base/index.ts";
import type { ChatRequest } from "../../provider.ts";
import type { SimulatedParameters } from "../parameters.ts";
import { understand } from "../reading/match.ts";
import { sentencesOf } from "../reading/split.ts";
import { asksForMember, lastSaid } from "./asked-form.ts";
import { sortOf, teaches } from "./edit.ts";
import { firstFence } from "./request.ts";

/** The share of the words that is asked for where none is told. */
const usualShare = 0.7;

/**
 * The reply to a request to say the same in fewer words; undefined when it is something else. What teaches nothing goes first, then
 * what is taught twice; a harmful reply takes something out that was needed.
 */
export function shortenedReply(
  request: ChatRequest,
  parameters: SimulatedParameters,
  chance: () => Random,
): Json | undefined {
  const said = request.messages.map(({ content }) => content).join("\n");
  const fence = firstFence(lastSaid(request));
  if (
    fence === undefined ||
    !asksForMember(request, "value") ||
    !/\b(?:shorten|compress|condense)\b|\bfewer words\b/i.test(said)
  )
    return undefined;
  const isList = /^type:\s*rules\b/m.test(lastSaid(request));
  const units = isList ? rulesIn(fence.body) : sentencesOf(fence.body).map(({ text }) => text);
  const share = Number(/\bat most (\d+) ?(?:percent|%)/i.exec(said)?.[1] ?? usualShare * 100) / 100;
  const kept = shortened(units, share, parameters, chance());
  const value = isList ? kept : withoutOthers(fence.body, units, kept);
  return { diagnosis: "Some of it goes without saying.", hypothesis: "The agent follows fewer words better.", value };
}

function rulesIn(text: string): readonly string[] {
  return [...text.matchAll(/^\s*\d+[.)]\s+(.+)$/gm)].map(([, rule = ""]) => rule);
}

function shortened(units: readonly string[], share: number, parameters: SimulatedParameters, random: Random): string[] {
  const spoils = sortOf(1, units.join("\n"), parameters, random.fork("sort")) === "harmful";
  const needed = units.filter((unit, i) => teaches(unit) && !taughtLater(units, i));
  const victim = spoils && needed.length > 1 ? random.pick(needed) : undefined;
  let kept = units.filter((unit) => unit !== victim);
  const most = share * units.join(" ").length;
  for (const spare of [...units.filter((unit) => !teaches(unit)), ...units.filter((_, i) => taughtLater(units, i))]) {
    if (kept.join(" ").length <= most) break;
    kept = kept.filter((unit) => unit !== spare);
  }
  return kept.length === 0 ? [...units] : kept;
}

/** Whether all that a unit teaches is taught by a later one as well. */
function taughtLater(units: readonly string[], index: number): boolean {
  const lessonsOf = (unit: string): readonly string[] => understand(unit).general.map(({ habit }) => habit);
  const mine = lessonsOf(units[index] ?? "");
  const later = units.slice(index + 1).flatMap(lessonsOf);
  return mine.length > 0 && mine.every((habit) => later.includes(habit));
}

function withoutOthers(text: string, units: readonly string[], kept: readonly string[]): string {
  return units
    .filter((unit) => !kept.includes(unit))
    .reduce((rest, unit) => rest.replace(unit, ""), text)
    .replaceAll(/[ \t]{2,}/g, " ")
    .trim();
}
