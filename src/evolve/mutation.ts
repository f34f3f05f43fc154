import { makeRandom } from "../base/index.ts";
import { solutionOf, type Task } from "../dataset/index.ts";
import type { Rollout } from "../evaluate/index.ts";
import { chooseParent } from "../select/index.ts";
import { orWithinBand } from "./band.ts";
import { iterationRandom, type Engine } from "./engine.ts";
import { proposeByGenes } from "./gene-proposals.ts";
import { isOnHead } from "./head.ts";
import { refuse, type Idle, type ScoredEvidence } from "./idea.ts";
import type { Trial } from "./judge.ts";
import { isKnown } from "./known.ts";
import { measure } from "./measure.ts";
import { lengthOf } from "./objectives.ts";
import { rulesOf } from "./rules.ts";
import { fairEvidence, screenOf } from "./screen.ts";
import { proposeByOperator } from "./operator-proposals.ts";
import { setApart } from "./set-apart.ts";
import { withoutShown } from "./shown-examples.ts";
import type { Wish } from "./steering.ts";

/** Changes one parent in the light of a minibatch. Undefined when that makes no child worth a rollout. */
export async function proposeMutation(
  engine: Engine,
  iteration: number,
  wish?: Extract<Wish, { kind: "hypothesis" }>,
): Promise<Trial | undefined> {
  const { inputs, journal } = engine;
  const { options } = inputs;
  const rules = rulesOf(options, inputs.rules);
  const random = iterationRandom(engine, iteration);
  const onHead = isOnHead(engine, iteration);
  const index = onHead
    ? journal.state.head
    : chooseParent(rules.parent, journal.state.frontier, random.fork("parent"), setApart(journal.state));
  const parent = journal.state.candidates[index];
  if (parent === undefined) return undefined;
  journal.emit({ type: "parent-chosen", parent: index });

  const { evidence, flaw } = await evidenceFor(engine, iteration, index);
  if (flaw !== undefined) return refuse(engine, "", flaw);

  const proposal = options.proposal === "genes" && wish === undefined ? proposeByGenes : proposeByOperator;
  const idea = await proposal(engine, { index, parent: engine.genome(parent.genome), evidence, random, wish });
  if (idea === undefined) return undefined;
  if (isKnown(engine, idea.genome)) {
    const [gene = ""] = Object.keys(idea.changes);
    return refuse(engine, gene, { reason: "duplicate", detail: `proposed before as ${idea.genome}` }, idea.hypothesis);
  }
  const { flips } = idea;
  journal.emit({ type: "child-proposed", ...idea, parents: [index] });
  const [length, own] = [parent.genome, idea.genome].map((id) => lengthOf(engine.genome(id)));
  const fair = fairEvidence(engine, index, evidence, engine.genome(idea.genome));
  const screened = screenOf(fair, flips, options.screen);
  return {
    genome: idea.genome,
    tasks: screened.map(({ task }) => task),
    before: screened.map(({ score }) => score),
    acceptance: orWithinBand(options, rules.acceptance),
    expense: { parent: length ?? 0, child: own ?? 0 },
    onHead,
  };
}

/** What a member of the pool does on the training tasks of an iteration, and why nothing can be learnt from it, if so. */
export async function evidenceFor(
  engine: Engine,
  iteration: number,
  index: number,
): Promise<{ readonly evidence: readonly ScoredEvidence[]; readonly flaw: Idle | undefined }> {
  const member = engine.journal.state.candidates[index];
  if (member === undefined) return { evidence: [], flaw: flawOf([], true) };
  const { genome, train: known } = member;
  const tasks = minibatchOf(engine, iteration, index);
  const { rollouts, complete } = await measure(engine, { genome, tasks, purpose: "evidence", known });
  const evidence = pairUp(tasks, rollouts);
  return { evidence, flaw: flawOf(evidence, complete) };
}

/** The training tasks of an iteration, without those that the parent shows as examples, by what the parent scored on those it was shown. */
export function minibatchOf(engine: Engine, iteration: number, parent: number): readonly Task[] {
  const { inputs, journal } = engine;
  const { minibatch, seed } = inputs.options;
  const member = journal.state.candidates[parent];
  const known = new Map(Object.entries(member?.train ?? {}));
  const unshown = member === undefined ? engine.train : withoutShown(engine.train, engine.genome(member.genome));
  const train = unshown.length === 0 ? engine.train : unshown;
  const positions = rulesOf(inputs.options, inputs.rules).sampler.sample({
    tasks: train.length,
    size: minibatch,
    turn: iteration,
    random: makeRandom(seed).fork("minibatches"),
    scores: train.map(({ id }) => known.get(id) ?? null),
    strata: train.map(({ tags }) => tags[0] ?? ""),
  });
  return positions.flatMap((position) => train[position] ?? []);
}

/** Why nothing can be learnt from a minibatch, or undefined. */
function flawOf(evidence: readonly { readonly score: number }[], complete: boolean): Idle | undefined {
  if (!complete) return { reason: "budget", detail: "the evidence could not be paid for" };
  if (evidence.length === 0) return { reason: "outside-failed", detail: "every rollout of the minibatch failed" };
  const perfect = evidence.every(({ score }) => score === 1);
  return perfect ? { reason: "perfect-minibatch", detail: "the parent makes no mistake here" } : undefined;
}

/** Scored rollouts with their tasks. */
export function pairUp(tasks: readonly Task[], rollouts: readonly Rollout[]): ScoredEvidence[] {
  return tasks.flatMap((task, i) => {
    const rollout = rollouts[i];
    return rollout?.state === "scored" ? [{ task, rollout, score: rollout.score, solution: solutionOf(task) }] : [];
  });
}
