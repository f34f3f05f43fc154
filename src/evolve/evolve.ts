import { AlleleError } from "../base/index.ts";
import { genomeId } from "../genome/index.ts";
import type { RunStatus } from "../store/index.ts";
import { measureChild, searchByBelief, showSeed } from "./belief-search.ts";
import { requireEnough } from "./budget.ts";
import { blockSize, openEngine, poolOf, type Engine, type EvolveInputs } from "./engine.ts";
import { requireSameRun, runIdentity } from "./identity.ts";
import { raceFinalists } from "./finalists.ts";
import { advanceHead, checkHead, isCheckDue } from "./head.ts";
import { admit, admitSeed, passesScreen, type Trial } from "./judge.ts";
import { runInLanes } from "./lanes.ts";
import { isMergeDue, proposeMerge } from "./merging.ts";
import { proposeMutation } from "./mutation.ts";
import { groupOf } from "./objectives.ts";
import { proposeOwn } from "./own-child.ts";
import { resultOf } from "./result.ts";
import { goalsOf } from "./rules.ts";
import type { RunResult } from "./run-result.ts";
import { openSealedTest } from "./sealed-test.ts";
import { wishFor, type Wish } from "./steering.ts";
import { makeStopper } from "./stopper.ts";
import { markUnderWay } from "./under-way.ts";

/**
 * Evolves a genome on a dataset, or continues a run that was cut. While the budget lasts, the head is changed in the light of a few training tasks,
 * and a child that passes a screen on them takes its place. Now and then the head is checked on fresh validation tasks; where it is ahead it
 * challenges the incumbent, whose place it takes when an anytime-valid test allows it. Iterations run in lanes. In the end the most promising
 * race on all of validation, and the sealed test is opened once, for seed and finalist. Where nobody reflects a belief says what is measured next.
 *
 * Aborting the signal ends with status "interrupted"; nothing paid for is lost. Throws AlleleError: `budget-too-small`,
 * `empty-split`, `run-differs`, `run-locked`, and what the evaluator and the store throw.
 */
export async function evolve(inputs: EvolveInputs): Promise<RunResult> {
  const { run, store, clock, signal } = inputs;
  const setStatus = (status: RunStatus): void => store.runs.setStatus(run, status, clock.now());
  const unlock = store.runs.lock(run);
  try {
    const engine = openEngine(inputs);
    const { journal } = engine;
    if (journal.state.phase === "finished") {
      if (store.runs.get(run)?.status !== "finished") setStatus("finished");
      return resultOf(run, "finished", poolOf(engine));
    }
    if (journal.state.phase !== "new") requireSameRun(engine);
    setStatus("running");
    const stopReason = makeStopper(engine);
    try {
      await start(engine);
      await runInLanes(engine, iterate, stopReason);
      await finish(engine);
      setStatus("finished");
      return resultOf(run, "finished", poolOf(engine));
    } catch (error) {
      journal.discard();
      const outside = error instanceof AlleleError && error.kind === "outside";
      unlessBroken(() => setStatus(outside || signal?.aborted === true ? "interrupted" : "failed"));
      if (signal?.aborted === true) return resultOf(run, "interrupted", poolOf(engine));
      throw error;
    }
  } finally {
    unlock();
  }
}

/** Measures the seed, so that there is something to beat. */
async function start(engine: Engine): Promise<void> {
  const { inputs, journal, validation, test } = engine;
  if (journal.state.phase !== "new") return;
  requireSplits(engine);
  requireEnough(inputs.options.budget, { validation: blockSize(engine), test: test.length }, inputs.estimate);
  requireObjectives(engine);
  const genome = genomeId(inputs.seedGenome);
  const goals = goalsOf(inputs.options);
  journal.emit({
    type: "run-started",
    identity: runIdentity(engine),
    genome,
    validation: validation.map(({ id }) => id),
    ...(goals !== undefined && { goals }),
  });
  engine.keep(genome, inputs.seedGenome);
  await admitSeed(engine);
  if (journal.state.candidates.length === 0) throw seedUnaffordable();
  if (inputs.options.proposal === "belief") await showSeed(engine);
  journal.commit();
}

/** One iteration: a child of one parent, or of two; measured as far as it is promising. */
async function iterate(engine: Engine, iteration: number): Promise<void> {
  const { journal, inputs } = engine;
  inputs.signal?.throwIfAborted();
  const merging = isMergeDue(engine);
  const wish = wishFor(journal.state.steering, iteration);
  const share = engine.ceiling && { share: engine.ceiling.rollouts - journal.state.spent.rollouts };
  journal.emit({ type: "iteration-started", iteration, ...share });
  const believes = inputs.options.proposal === "belief";
  if (wish === undefined && believes) await searchByBelief(engine, iteration);
  else if (wish === undefined && isCheckDue(engine, iteration)) await checkHead(engine, iteration);
  else {
    const child = await propose(engine, iteration, wish, merging);
    if (child !== undefined) markUnderWay(engine, iteration);
    if (child !== undefined && believes) await measureChild(engine);
    else if (child !== undefined && (await passesScreen(engine, child))) {
      if (child.onHead) advanceHead(engine);
      else await admit(engine, iteration);
    }
  }
  journal.emit({ type: "iteration-finished", iteration });
}

/** What a person wants comes first. */
async function propose(
  engine: Engine,
  iteration: number,
  wish: Wish | undefined,
  merging: boolean,
): Promise<Trial | undefined> {
  if (wish?.kind === "child" || wish?.kind === "edit") return proposeOwn(engine, iteration, wish);
  const merge = merging && wish === undefined ? proposeMerge(engine, iteration) : undefined;
  return merge ?? proposeMutation(engine, iteration, wish);
}

/** Races the most promising to the end, and judges the best on tasks that nothing in the search has seen. */
async function finish(engine: Engine): Promise<void> {
  if (engine.journal.state.phase !== "testing") {
    await checkHead(engine, engine.journal.state.iteration);
    if (engine.inputs.options.proposal !== "belief") await raceFinalists(engine);
  }
  const outcome = await openSealedTest(engine);
  engine.journal.emit({ type: "run-finished", outcome });
  engine.journal.commit();
}

/** After an error the store may be what is broken; then that error is the one to tell of. */
function unlessBroken(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof AlleleError)) throw error;
  }
}

function requireSplits({ train, validation, test, inputs }: Engine): void {
  const empty = Object.entries({ train, validation, test }).find(([, tasks]) => tasks.length === 0);
  if (empty === undefined) return;
  throw new AlleleError({
    code: "empty-split",
    message: `the dataset "${inputs.dataset.name}" has no ${empty[0]} tasks`,
    hint: "Give every split tasks; `allele dataset stats` shows what is there.",
  });
}

/** An objective that no validation task is measured by would be empty to the end. */
function requireObjectives({ validation, inputs }: Engine): void {
  const groups = new Set(validation.flatMap(({ checks }) => checks.map(({ group }) => group)));
  const stray = inputs.options.objectives.find(({ name }) => {
    const group = groupOf(name);
    return group !== undefined && !groups.has(group);
  });
  if (stray === undefined) return;
  throw new AlleleError({
    code: "unknown-objective",
    message: `no validation task of "${inputs.dataset.name}" has a check of the group "${groupOf(stray.name)}", which the objective "${stray.name}" is measured by`,
    hint: `Name quality, cost, tokens, latency, length or a group of checks${groups.size === 0 ? "" : `: ${[...groups].toSorted().join(", ")}`}.`,
  });
}

function seedUnaffordable(): AlleleError {
  return new AlleleError({
    code: "budget-too-small",
    kind: "outside",
    message: "the budget was used up before the seed was measured: rollouts cost more than was estimated",
    hint: "Give a larger budget, or lower the limits of a rollout.",
  });
}
