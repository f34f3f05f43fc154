import { makeRandom, type Json, type Random } from "../../../base/index.ts";
import type { ChatRequest } from "../../provider.ts";
import { fingerprint } from "../draw.ts";
import type { SimulatedParameters } from "../parameters.ts";
import { anewReply } from "./anew.ts";
import { contrastedReply } from "./contrasted.ts";
import { rewriteAsText } from "./as-text.ts";
import { intend } from "./edit.ts";
import { editedReply } from "./edited.ts";
import { causeOf, changeOf } from "./explain.ts";
import { mergedReply } from "./merged.ts";
import { readLabelledRequest } from "./labelled-request.ts";
import { readReflectionRequest, type ReflectionRequest } from "./request.ts";
import { rewrite } from "./rewrite.ts";
import { seededReply } from "./seeded.ts";
import { severalReply } from "./several.ts";
import { shortenedReply } from "./shortened.ts";
import { summarizedReply } from "./summarized.ts";

/** What can be asked for besides a better version of one component; the first that understands a request answers it. */
const special = [severalReply, mergedReply, contrastedReply, editedReply, shortenedReply, anewReply, seededReply];

/** The reply to a request for a better agent or a part of one, sometimes right, sometimes useless, sometimes harmful; undefined when it is something else. */
export function reflectionReply(
  request: ChatRequest,
  seed: number,
  parameters: SimulatedParameters,
): string | undefined {
  const chance = (): Random => chanceOf(request, seed);
  for (const replyTo of special) {
    const reply = replyTo(request, parameters, chance);
    if (reply !== undefined) return written(reply);
  }
  const summary = summarizedReply(request);
  if (summary !== undefined) return summary;
  const single = readReflectionRequest(request) ?? readLabelledRequest(request);
  return single === undefined ? undefined : writeReflection(single, parameters, chance());
}

function chanceOf({ messages, temperature, seed: sample }: ChatRequest, seed: number): Random {
  const said = fingerprint(messages.map(({ role, content }) => `${role}: ${content}`).join("\n"));
  const sampled = (temperature ?? 1) > 0 ? String(sample ?? 0) : "greedy";
  return makeRandom(`reflection\n${seed}\n${said}\n${sampled}`);
}

function writeReflection(request: ReflectionRequest, parameters: SimulatedParameters, random: Random): string {
  const intention = intend(request, parameters, random.fork("intention"));
  const draws = random.fork("wording");
  const { reply } = request;
  if (reply === "json") {
    const value = rewrite(request, intention, draws);
    return written({ diagnosis: causeOf(intention.target), hypothesis: changeOf(intention), value });
  }
  const text = rewriteAsText(request, intention, draws);
  if (reply === "bare") return text;
  return reply === "fenced" ? `\`\`\`\n${text}\n\`\`\`` : `${reply.key}: ${text}`;
}

function written(reply: Json): string {
  return JSON.stringify(reply, null, 2);
}
