import { makeRandom, type Json } from "../../../base/index.ts";
import type { ChatRequest } from "../../provider.ts";
import { fingerprint } from "../draw.ts";
import type { SimulatedParameters } from "../parameters.ts";
import { intend, type Intention } from "./edit.ts";
import type { ReflectionRequest } from "./request.ts";
import { rewrite } from "./rewrite.ts";
import { generalParts } from "./general-parts.ts";
import { capital } from "./wording.ts";

/** The reply to a request for a better component: sometimes right, sometimes useless, sometimes harmful. */
export function writeReflection(
  request: ReflectionRequest,
  { messages, temperature, seed: sample }: ChatRequest,
  seed: number,
  parameters: SimulatedParameters,
): string {
  const said = fingerprint(messages.map(({ role, content }) => `${role}: ${content}`).join("\n"));
  const sampled = (temperature ?? 1) > 0 ? String(sample ?? 0) : "greedy";
  const random = makeRandom(`reflection\n${seed}\n${said}\n${sampled}`);
  const intention = intend(request, parameters, random.fork("intention"));
  const value = rewrite(request, intention, random.fork("wording"));
  if (request.reply === "fenced")
    return `\`\`\`\n${typeof value === "string" ? value : JSON.stringify(value, null, 2)}\n\`\`\``;
  const reply: Json = { diagnosis: diagnosisOf(intention), hypothesis: hypothesisOf(intention), value };
  return JSON.stringify(reply, null, 2);
}

function diagnosisOf({ target }: Intention): string {
  if (target === undefined) return "The examples show no single cause; the replies could be more careful.";
  const { when, act } = generalParts[target];
  return `The agent does not reliably do this: ${when[0] ?? ""}, ${act[0] ?? ""}.`;
}

/** The model believes in all its edits alike. */
function hypothesisOf({ target, sort }: Intention): string {
  if (target === undefined || sort === "useless")
    return "A reminder to work carefully should raise the scores a little on all kinds of tasks.";
  const { act } = generalParts[target];
  return `${capital(act[0] ?? "the change")}: saying so should mend the tasks of this kind.`;
}
