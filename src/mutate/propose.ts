import type { ContentHash } from "../base/index.ts";
import type { Genome } from "../genome/index.ts";
import { makeChild, type ChildInputs, type RefusalReason } from "./child.ts";
import { groundingOf } from "./grounding.ts";
import type { Changes, NothingReason, Operator, Proposal, ProposeRequest } from "./operator.ts";

/** A child that may be measured, with what was said of it; or why there is none. */
export type CheckedProposal =
  | {
      readonly kind: "child";
      readonly id: ContentHash;
      readonly genome: Genome;
      readonly changes: Changes;
      readonly hypothesis: string;
      readonly flips: readonly string[];
      /** In [0, 1]: how much of what it adds speaks of the evidence, see `groundingOf`. For what to try first. */
      readonly grounding: number;
    }
  | {
      readonly kind: "refused";
      readonly reason: RefusalReason | NothingReason;
      readonly detail: string;
      /** Empty where nothing was proposed. */
      readonly hypothesis: string;
    };

type Checks = Pick<ChildInputs, "isKnown" | "findCopied" | "others">;

/** What asking once more with the reason cannot mend. */
const final: readonly string[] = ["not-applicable", "no-alternative", "refusal", "protected-gene", "frozen-gene"];

/**
 * Asks an operator for children and checks each before it costs a rollout. When a reflection model was asked and nothing valid came
 * of it, it is told why and asked once more. At least one result; the same child never twice.
 */
export async function proposeChildren(
  operator: Operator,
  request: ProposeRequest,
  checks: Checks,
): Promise<readonly CheckedProposal[]> {
  const first = check(await propose(operator, request), request, checks);
  const refused = first.filter((result) => result.kind === "refused");
  if (!operator.reflects || refused.length < first.length || refused.every(({ reason }) => final.includes(reason)))
    return first;
  const told = refused.map(({ hypothesis, detail }) => ({
    gene: request.gene,
    change: hypothesis === "" ? "the last reply" : hypothesis,
    reason: `refused before it was tried: ${detail}`,
  }));
  const again = {
    ...request,
    failedAttempts: [...request.failedAttempts, ...told],
    random: request.random.fork("again"),
  };
  const second = check(await propose(operator, again), request, checks);
  return second.some(({ kind }) => kind === "child") ? second : [...first, ...second];
}

async function propose(operator: Operator, request: ProposeRequest): Promise<readonly Proposal[]> {
  return (await operator.proposeMany?.(request)) ?? [await operator.propose(request)];
}

function check(proposals: readonly Proposal[], request: ProposeRequest, checks: Checks): readonly CheckedProposal[] {
  const seen = new Set<string>();
  return proposals.map((proposal): CheckedProposal => {
    if (proposal.kind === "nothing")
      return { kind: "refused", reason: proposal.reason, detail: proposal.detail, hypothesis: "" };
    const { changes, hypothesis, flips } = proposal;
    const isKnown = (id: ContentHash): boolean => seen.has(id) || checks.isKnown(id);
    const child = makeChild({ ...checks, parent: request.parent, changes, isKnown });
    if (child.kind === "refused") return { ...child, hypothesis };
    seen.add(child.id);
    return {
      ...child,
      changes,
      hypothesis,
      flips,
      get grounding() {
        return groundingOf(request.parent, changes, request.evidence);
      },
    };
  });
}
