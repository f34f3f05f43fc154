import type { Json, Random } from "../../../base/index.ts";
import type { ChatRequest } from "../../provider.ts";
import type { SimulatedParameters } from "../parameters.ts";
import { understand } from "../reading/match.ts";
import { asksForMember } from "./asked-form.ts";
import { diagnose } from "./diagnosis.ts";
import { intend, taught, type Intention } from "./edit.ts";
import { causeOf, changeOf } from "./explain.ts";
import { member, readReflectionRequest, type Evidence } from "./request.ts";
import { editRules } from "./rewrite.ts";
import { smallEdits } from "./small-edits.ts";

/** The reply to a request to change one component by a few edits; undefined when it is something else. */
export function editedReply(
  request: ChatRequest,
  parameters: SimulatedParameters,
  chance: () => Random,
): Json | undefined {
  if (!asksForMember(request, "edits") || asksForMember(request, "hypotheses")) return undefined;
  const read = readReflectionRequest({ ...request, responseSchema: undefined });
  if (read === undefined || (read.kind !== "text" && read.kind !== "rules")) return undefined;
  const random = chance();
  const intention = intend(read, parameters, random.fork("intention"));
  const draws = random.fork("wording");
  const { kind, id, current, longest } = read;
  const edits =
    kind === "rules"
      ? ruleEdits(current, intention, draws)
      : smallEdits({ kind, id, current, frozen: false, most: longest }, intention, draws);
  return {
    diagnosis: causeOf(intention.target),
    hypothesis: changeOf(intention),
    examples: examplesFor(read.evidence, intention),
    edits,
  };
}

/** Numbers of the examples in which the cause is seen, in the order in which they are shown. */
export function examplesFor(evidence: readonly Evidence[], { target }: Pick<Intention, "target">): readonly number[] {
  if (target === undefined) return [];
  return evidence.flatMap((example, i) => ((diagnose([example]).get(target) ?? 0) > 0.1 ? [i + 1] : []));
}

/** As rules are edited anywhere, with the numbers as text; two rules that teach the same become one. */
function ruleEdits(current: string, intention: Intention, random: Random): Json {
  const given = editRules(current, intention, random);
  const edits = (Array.isArray(given) ? given : []).slice(0, 3).map((edit) => {
    const index = member(edit, "index");
    const at = typeof index === "number" ? String(index) : null;
    return { op: member(edit, "op") ?? "add", at, text: member(edit, "text") ?? null };
  });
  const touched = edits.map(({ at }) => at);
  const twins = intention.sort === "useful" ? twinRules(current) : undefined;
  if (twins === undefined || twins.some(({ number }) => touched.some((at) => at === number))) return edits;
  const [first, second] = twins;
  return [...edits, { op: "merge", at: `${first.number}, ${second.number}`, text: first.text }];
}

interface NumberedRule {
  readonly number: string;
  readonly text: string;
}

function twinRules(current: string): readonly [NumberedRule, NumberedRule] | undefined {
  const rules = [...current.matchAll(/^\s*(\d+)[.)]\s+(.+)$/gm)].map(([, number = "", text = ""]) => ({
    number,
    text,
  }));
  for (const [i, first] of rules.entries()) {
    const habits = understand(first.text).general.filter(({ strength }) => strength > 0.3);
    const second = rules.slice(i + 1).find(({ text }) => habits.some(({ habit }) => taught(text, habit) > 0.3));
    if (second !== undefined) return [first, second];
  }
  return undefined;
}
