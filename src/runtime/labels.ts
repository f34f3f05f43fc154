import type { AgentProgram, Label } from "./program.ts";

/** The answer whose wording stands first in a reply, as words of its own and whatever its case; the reply itself where none does. */
export function readLabel(reply: string, labels: AgentProgram["labels"]): string {
  if (labels === undefined) return reply;
  const found = labels
    .map((label) => ({ ...label, at: positionOf(label, reply) }))
    .filter(({ at }) => at !== -1)
    .toSorted((a, b) => a.at - b.at || b.wording.length - a.wording.length);
  return found[0]?.answer ?? reply;
}

function positionOf({ wording }: Label, reply: string): number {
  const pattern = wording.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return reply.search(new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, "iu"));
}

/** A task as it is put to the model. */
export function putInto(form: string | undefined, input: string): string {
  return form === undefined ? input : form.replaceAll("{input}", () => input);
}
