import { makeRandom, type ContentHash, type Random } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import { makeChild, proposeChildren } from "../mutate/index.ts";
import { emptyBandit } from "../select/index.ts";
import { halvingRounds, mean } from "../statistics/index.ts";
import { BLOCK, planBeginning } from "./beginning.ts";
import { available, type Engine } from "./engine.ts";
import type { Changes, Purpose } from "./event.ts";
import { keepChild, type ScoredEvidence } from "./idea.ts";
import { draftJournal, type Draft } from "./journal.ts";
import { isKnown } from "./known.ts";
import { measure } from "./measure.ts";
import { pairUp } from "./mutation.ts";
import { requestOf } from "./operator-proposals.ts";
import { drawTurn } from "./portfolio.ts";
import { tally } from "./race.ts";
import { withoutShown } from "./shown-examples.ts";
import type { Row } from "./validate.ts";

/** Most changes in one combination. */
const MOST_CHANGES = 6;

/** Who takes part: the seed, or a combination, whose events are kept until all are done. */
interface Runner {
  readonly view: Engine;
  readonly genome: ContentHash;
  readonly purpose: Purpose;
  readonly draft: Draft | undefined;
  /** By task, in the order of all. */
  readonly scores: Row;
}

/**
 * Begins the search with random combinations of changes to the seed, where the options ask for them: some changes help only together, and proposals
 * that ask no model cost nothing. Sequential halving beside the seed, on training tasks that no combination was made from, finds the best; if that is
 * not the seed it is the head, and the first iteration checks it on validation. Does nothing where it was done before. `mustStop` is asked between
 * two rounds.
 */
export async function beginWithCombinations(engine: Engine, mustStop: () => boolean): Promise<void> {
  const { journal, inputs } = engine;
  const { options, estimate } = inputs;
  const [seed] = journal.state.candidates;
  const isDone = journal.state.iteration > 0 || Object.keys(seed?.train ?? {}).length > 0;
  if (seed === undefined || isDone) return;
  const random = makeRandom(options.seed).fork("combinations");
  const order = withoutShown(random.fork("tasks").shuffle(engine.train), engine.genome(seed.genome));
  const plan = planBeginning(options, order.length, available(engine), estimate.rollout.most);
  if (plan === undefined) return;

  const shown = order.slice(0, plan.shown);
  const first = await measure(engine, { genome: seed.genome, tasks: shown, purpose: "evidence", known: {} });
  const combined = await combine(engine, pairUp(shown, first.rollouts), random);
  const itself: Runner = { view: engine, genome: seed.genome, purpose: "evidence", draft: undefined, scores: [] };
  const ranked = await halve([itself, ...combined], order.slice(shown.length), plan.rollouts, mustStop);
  const before = ranked.find(({ draft }) => draft === undefined)?.scores ?? [];
  for (const { genome } of combined) {
    const runner = ranked.find((one) => one.genome === genome);
    if (runner?.draft === undefined || runner.scores.length === 0) continue;
    for (const event of runner.draft.events) journal.emit(event);
    if (runner === ranked[0]) journal.emit({ type: "candidate-accepted", candidate: 1, head: true });
    else journal.emit({ type: "child-rejected", ...tally(before, runner.scores) });
  }
  journal.commit();
}

/** So many different combinations, or as many as the operators can make. */
async function combine(
  engine: Engine,
  evidence: readonly ScoredEvidence[],
  random: Random,
): Promise<readonly Runner[]> {
  const parent = engine.genome(engine.journal.state.candidates[0]?.genome as ContentHash);
  const runners: Runner[] = [];
  for (let i = 0; i < (engine.inputs.options.combinations ?? 0); i++) {
    const { changes, steps } = await randomChanges(engine, evidence, random.fork(`combination-${i}`));
    const { findCopied } = engine;
    const known = (id: ContentHash): boolean => isKnown(engine, id) || runners.some(({ genome }) => genome === id);
    const child = makeChild({ parent, changes, isKnown: known, findCopied });
    if (child.kind === "refused") continue;
    const draft = draftJournal(engine.journal.state, engine.inputs.bus);
    const genome = keepChild(engine, child.genome);
    draft.emit({ type: "gene-chosen", parent: 0, gene: "", operator: "combination" });
    draft.emit({
      type: "child-proposed",
      genome,
      parents: [0],
      origin: `combination ${Object.keys(changes).join(", ")}`,
      hypothesis: steps.join("; "),
      flips: [],
      changes,
    });
    runners.push({ view: engine.on(draft, undefined), genome, purpose: "screen", draft, scores: [] });
  }
  return runners;
}

/** One to so many changes by operators that ask no model, each made to what the ones before it came to. */
async function randomChanges(
  engine: Engine,
  evidence: readonly ScoredEvidence[],
  random: Random,
): Promise<{ readonly changes: Changes; readonly steps: readonly string[] }> {
  const operators = engine.inputs.operators.filter(({ reflects, scope }) => !reflects && scope === "gene");
  const { findCopied } = engine;
  let parent = engine.genome(engine.journal.state.candidates[0]?.genome as ContentHash);
  let changes: Changes = {};
  const steps: string[] = [];
  const count = 1 + random.fork("steps").int(MOST_CHANGES);
  for (let step = 0; step < count; step++) {
    const draws = random.fork(`step-${step}`);
    const turn = drawTurn(parent, operators, { bandit: emptyBandit, isPlateau: false }, 1, draws.fork("turn"));
    if (turn === undefined) break;
    const request = requestOf(engine, turn.genes[0] ?? "", { index: 0, parent, evidence, random: draws });
    const checks = { isKnown: () => false, findCopied };
    const child = (await proposeChildren(turn.operator, request, checks)).find(({ kind }) => kind === "child");
    if (child?.kind !== "child") continue;
    parent = child.genome;
    changes = { ...changes, ...child.changes };
    steps.push(child.hypothesis);
  }
  return { changes, steps };
}

/** Plays the rounds of a sequential halving; everybody, the best first: of those who left, who stayed longer. */
async function halve(
  runners: readonly Runner[],
  tasks: readonly Task[],
  rollouts: number,
  mustStop: () => boolean,
): Promise<readonly Runner[]> {
  let alive = runners;
  let gone: readonly Runner[] = [];
  const blocks = Math.max(1, Math.floor(tasks.length / BLOCK));
  const most = Math.min(Math.floor(rollouts / BLOCK), runners.length * blocks);
  for (const round of halvingRounds(runners.length, blocks, most)) {
    gone = [...alive.slice(round.arms), ...gone];
    const ran = await Promise.all(alive.slice(0, round.arms).map((one) => runOn(one, tasks, round.blocks * BLOCK)));
    alive = ran.toSorted((a, b) => meanOf(b) - meanOf(a));
    if (mustStop()) break;
  }
  return [...alive, ...gone];
}

/** Measures a runner on the first so many tasks; those before are known. */
async function runOn(runner: Runner, tasks: readonly Task[], end: number): Promise<Runner> {
  const { view, genome, purpose, scores } = runner;
  const { rollouts } = await measure(view, { genome, tasks: tasks.slice(scores.length, end), purpose, known: {} });
  return { ...runner, scores: [...scores, ...rollouts.map((one) => (one.state === "scored" ? one.score : null))] };
}

function meanOf({ scores }: Runner): number {
  const scored = scores.filter((score) => score !== null);
  return scored.length === 0 ? -1 : mean(scored);
}
