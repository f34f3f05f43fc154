import type { HabitName } from "../skills/habit-name.ts";
import type { Intention } from "./edit.ts";
import { generalParts } from "./general-parts.ts";
import { capital } from "./wording.ts";

/** What the model takes for the cause, in words. */
export function causeOf(target: HabitName | undefined): string {
  if (target === undefined) return "The examples show no single cause; the replies could be more careful.";
  const { when, act } = generalParts[target];
  return `The agent does not reliably do this: ${when[0] ?? ""}, ${act[0] ?? ""}.`;
}

/** Which change it believes in; it believes in all its edits alike. */
export function changeOf({ target, sort }: Pick<Intention, "target" | "sort">): string {
  if (target === undefined || sort === "useless")
    return "A reminder to work carefully should raise the scores a little on all kinds of tasks.";
  const { act } = generalParts[target];
  return `${capital(act[0] ?? "the change")}: saying so should mend the tasks of this kind.`;
}
