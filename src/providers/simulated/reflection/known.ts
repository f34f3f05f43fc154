import { understandForTool } from "../reading/match.ts";
import { sentencesOf } from "../reading/split.ts";
import type { HabitName } from "../skills/habit-name.ts";
import type { Component } from "./components.ts";
import { taught } from "./edit.ts";
import { readToolText } from "./tool-text.ts";

/** In [0, 1]: how far an agent that is seen whole teaches a habit's remedy already where this part would: words anywhere, a tool in its own description. */
export function knownIn(component: Component, habit: HabitName, components: readonly Component[]): number {
  switch (component.kind) {
    case "text":
    case "rules": {
      const words = components.filter(({ kind }) => kind === "text" || kind === "rules");
      return Math.max(0, ...words.map(({ current }) => taught(current, habit)));
    }
    case "tool":
      return taughtByTool(component, habit);
    case "strategy":
      return /"kind":\s*"plan"/.test(component.current) ? 1 : 0;
    default:
      return 0;
  }
}

function taughtByTool({ id, current }: Component, habit: HabitName): number {
  const name = id.replace(/^tool\./, "");
  const { summary, when, when_not: whenNot, examples } = readToolText(current);
  const lessonsOf = (text: string, negated: boolean) =>
    sentencesOf(text).flatMap((piece) => understandForTool(name, piece.text, negated));
  const lessons = [
    ...[summary, when, ...examples].flatMap((text) => lessonsOf(text, false)),
    ...lessonsOf(whenNot, true),
  ];
  return Math.max(0, ...lessons.filter((lesson) => lesson.habit === habit).map(({ strength }) => strength));
}
