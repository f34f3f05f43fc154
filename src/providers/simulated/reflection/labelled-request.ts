import type { ChatRequest } from "../../provider.ts";
import { lastSaid } from "./asked-form.ts";
import { jsonEvidenceIn } from "./json-evidence.ts";
import { namedIn } from "./named-component.ts";
import { asksToBetter, longestIn, type Evidence, type ReflectionRequest, type ReplyForm } from "./request.ts";

const current = /^current (?:text|value|instructions?|prompt|version)[^\n:]*:[ \t]*/im;
const evidenceLabel =
  /^(?:execution )?(?:examples?|evidence|minibatch|feedback|evaluations?|previous|trace)\b[^\n:]{0,60}:/im;

/** Reads a request that names its parts by labels instead of fences and shows its evidence as JSON; undefined when it is something else. */
export function readLabelledRequest(request: ChatRequest): ReflectionRequest | undefined {
  const said = lastSaid(request);
  const label = current.exec(said);
  if (label === null || request.responseSchema !== undefined) return undefined;
  const from = label.index + label[0].length;
  const length = said.slice(from).search(evidenceLabel);
  const rest = length === -1 ? "" : said.slice(from + length);
  const shown = jsonEvidenceIn(rest);
  const system = systemText(request);
  const around = `${system}\n${said.slice(0, label.index)}\n${rest.slice(-1500)}`;
  if (shown.length === 0 || !asksToBetter(around)) return undefined;
  return {
    ...namedIn(`${said.slice(0, label.index)}\n${rest}`),
    current: said.slice(from, from + length).trim(),
    evidence: withSummary(shown, rest),
    failed: [],
    reply: replyForm(system),
    schema: undefined,
    longest: longestIn(said),
    said: `${system}\n${said}`,
  };
}

/** The field that the reply has to fill, as `key: value`; else the reply is the text alone. */
function replyForm(system: string): ReplyForm {
  const key = wantedFields(system)[0];
  return key === undefined ? "bare" : { key };
}

/** Keys of the fields that a task asks for in so many words. */
export function wantedFields(system: string): readonly string[] {
  const section = /output fields([\s\S]*)/i.exec(system)?.[1] ?? "";
  return [...section.matchAll(/key: `(\w+)`/g)].map(([, key = ""]) => key);
}

export function systemText({ messages }: ChatRequest): string {
  return messages.flatMap(({ role, content }) => (role === "system" ? [content] : [])).join("\n");
}

/** A summary of the feedback stands in for feedback that the examples do not hold themselves. */
function withSummary(shown: readonly Evidence[], rest: string): readonly Evidence[] {
  const summary = /^feedback summary:[ \t]*([\s\S]*?)(?=^[A-Z][\w ]{2,40}:)/im.exec(rest)?.[1]?.trim() ?? "";
  if (summary === "" || shown.some(({ feedback }) => feedback.length > 0)) return shown;
  return shown.map((example) => (example.score < 1 ? { ...example, feedback: summary.split("\n") } : example));
}
