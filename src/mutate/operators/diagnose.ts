import { activeGenes, type Gene } from "../../genome/index.ts";
import { briefExamples, type Example } from "../brief-evidence.ts";
import { readHypotheses, type Hypothesis } from "../diagnosis-reply.ts";
import { changeable, diagnosisRequest, mergeRequest } from "../diagnosis-request.ts";
import { applyEdits } from "../edit.ts";
import { canonicalJson } from "../../base/index.ts";
import { evidenceGroups } from "../evidence-groups.ts";
import type { Operator, Proposal, ProposeRequest } from "../operator.ts";
import { nothing, type Nothing } from "../reply-text.ts";

/**
 * Shows the reflection model a whole batch and the whole genome at once and takes several hypotheses out of its reply, each one
 * cause, one change of one gene and the tasks it should mend. Evidence that is too much for one call is read in groups, and what
 * was found is merged by one call more (map-reduce).
 */
export const diagnose: Operator = {
  name: "diagnose",
  scope: "genome",
  reflects: true,
  applies: isDiagnosed,
  propose: async (request) => {
    const proposals = await proposeMany(request);
    return proposals.find(({ kind }) => kind === "child") ?? proposals[0] ?? nothing("no-value", "no hypothesis");
  },
  proposeMany,
};

/** Examples are taken from solved tasks and never written by a model. */
function isDiagnosed(gene: Gene): boolean {
  return gene.type !== "demos";
}

async function proposeMany(request: ProposeRequest): Promise<readonly Proposal[]> {
  const examples = briefExamples(request.evidence);
  if (examples.every(({ score }) => score === 1))
    return [nothing("no-alternative", "none of the shown tasks went wrong")];
  if (changeable(request.parent).length === 0) return [nothing("no-alternative", "no gene may be changed")];
  const found = await hypothesesFor(request, examples);
  if (found.kind === "nothing") return [found];
  const seen = new Set<string>();
  const proposals = found.hypotheses
    .map((hypothesis) => proposalOf(request, hypothesis, examples))
    .filter((proposal) => {
      const key = canonicalJson(proposal.kind === "child" ? proposal.changes : proposal.detail);
      return !seen.has(key) && seen.add(key);
    });
  return proposals.length > 0 ? proposals : [nothing("no-value", "the reply holds no hypothesis")];
}

type Found = { readonly kind: "found"; readonly hypotheses: readonly Hypothesis[] } | Nothing;

/** One after another: the order of the calls is part of what a resumed run repeats. */
async function hypothesesFor(request: ProposeRequest, examples: readonly Example[]): Promise<Found> {
  const groups = evidenceGroups(examples);
  const all: Hypothesis[] = [];
  let failure: Nothing | undefined;
  for (const group of groups) {
    const found = readHypotheses(await request.reflect(diagnosisRequest(request, group)));
    if (found.kind === "found") all.push(...found.hypotheses);
    else failure = found;
  }
  if (all.length === 0) return failure ?? nothing("no-value", "the reply holds no hypothesis");
  if (groups.length === 1) return { kind: "found", hypotheses: all };
  const merged = readHypotheses(await request.reflect(mergeRequest(request, all)));
  return merged.kind === "found" ? merged : { kind: "found", hypotheses: all };
}

function proposalOf(
  { parent }: ProposeRequest,
  { gene: id, edits, cause, hypothesis, examples: numbers }: Hypothesis,
  examples: readonly Example[],
): Proposal {
  const genes = activeGenes(parent);
  const gene = Object.hasOwn(genes, id) ? genes[id] : undefined;
  if (gene === undefined) return nothing("wrong-form", `a hypothesis about "${id}", which is no gene of the agent`);
  const edited = applyEdits(gene, edits);
  if ("flaw" in edited) return nothing("wrong-form", `${id}: ${edited.flaw}`);
  const flips = examples.flatMap(({ number, task, score }) => (numbers.includes(number) && score < 1 ? [task] : []));
  const said = [cause, hypothesis].filter((part) => part !== "").join(" ");
  return { kind: "child", changes: { [id]: edited.value }, hypothesis: said === "" ? `a new ${id}` : said, flips };
}
