import type { ChatRequest } from "../../provider.ts";
import { lastSaid } from "./asked-form.ts";
import { jsonEvidenceIn } from "./json-evidence.ts";
import { systemText, wantedFields } from "./labelled-request.ts";

/** Most kinds of complaint in one summary. */
const most = 6;

/** The reply to a request to sum up the feedback on some examples: what is said most often; undefined when it is something else. */
export function summarizedReply(request: ChatRequest): string | undefined {
  const [key, ...others] = wantedFields(systemText(request));
  if (key === undefined || others.length > 0 || !/summary/i.test(key)) return undefined;
  const evidence = jsonEvidenceIn(lastSaid(request));
  if (evidence.length === 0) return undefined;
  const said = evidence.filter(({ score }) => score < 1).flatMap(({ feedback }) => feedback);
  const groups = [...Map.groupBy(said, (sentence) => sentence)].toSorted(([, a], [, b]) => b.length - a.length);
  const summary = groups.slice(0, most).map(([sentence]) => sentence);
  return `${key}: ${summary.length === 0 ? "Nothing was found wanting." : summary.join(" ")}`;
}
