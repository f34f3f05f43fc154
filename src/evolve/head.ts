import { joinValues, makeChild } from "../mutate/index.ts";
import { mean, standardDeviation } from "../statistics/index.ts";
import { blockSize, iterationRandom, type Engine } from "./engine.ts";
import type { Changes } from "./event.ts";
import { keepChild } from "./idea.ts";
import { challenge } from "./judge.ts";
import { gains, race, raceOrder } from "./race.ts";
import { brokenLimit } from "./objectives.ts";
import { positionOf } from "./state.ts";
import type { Row } from "./validate.ts";

/** Puts the child of the head in its place. */
export function advanceHead({ journal }: Engine): void {
  journal.emit({ type: "candidate-accepted", candidate: journal.state.candidates.length, head: true });
}

/** Whether this iteration changes the head; else a candidate drawn by the parent rule, whose child is judged by itself. */
export function isOnHead(engine: Engine, iteration: number): boolean {
  const { check, explore } = engine.inputs.options;
  return check > 0 && iterationRandom(engine, iteration).fork("explore").next() >= explore;
}

/** Whether the head is checked in this iteration, instead of being changed: where it is its turn, and the head has moved. */
export function isCheckDue({ inputs, journal }: Engine, iteration: number): boolean {
  const { check } = inputs.options;
  const { head, checkpoint } = journal.state;
  return check > 0 && iteration % check === check - 1 && head !== checkpoint;
}

/**
 * Races the head against the checkpoint before it, on validation tasks that no proposal has seen. A screen of a few training tasks lets many a
 * change pass that gains nothing; whether several together gain is cheap to tell. Where they do, the head is the new checkpoint and challenges
 * the incumbent; where it is clearly behind or breaks a limit, all of them are given up.
 */
export async function checkHead(engine: Engine, iteration: number): Promise<void> {
  const { journal } = engine;
  const { head, checkpoint, candidates } = journal.state;
  const [challenger, holder] = [candidates[head], candidates[checkpoint]];
  if (challenger === undefined || holder === undefined || head === checkpoint) return;
  const order = raceOrder(engine, iteration);
  const block = order.slice(0, blockSize(engine));
  const { stayed, complete, ...compared } = await race(engine, holder, challenger, block, isNotFarBehind);
  if (!complete || compared.tasks === 0) return;
  const now = journal.state;
  const [held, tried] = [now.candidates[checkpoint], now.candidates[head]];
  const broken = held === undefined || tried === undefined ? undefined : brokenLimit(now.goals, held, tried);
  const standing = !stayed || broken !== undefined ? "behind" : compared.after > compared.before ? "ahead" : "open";
  journal.emit({ type: "head-checked", head, checkpoint, ...compared, standing });
  if (standing === "ahead") await challenge(engine, head, order);
}

/** The head leaves a check when it is behind by more than the standard error of the difference. */
function isNotFarBehind(before: Row, after: Row): boolean {
  const differences = gains(before, after);
  if (differences.length === 0) return true;
  return mean(differences) + standardDeviation(differences) / Math.sqrt(differences.length) >= 0;
}

/**
 * Brings the changes of a child to the head, which is no longer its parent since another lane has moved it. What cannot be joined stays as the
 * head has it.
 */
export function rebase(engine: Engine, child: number): void {
  const { journal } = engine;
  const { candidates, head } = journal.state;
  const own = candidates[child];
  const [from, onto] = [candidates[own?.parents[0] ?? -1], candidates[head]];
  if (own === undefined || from === undefined || onto === undefined) return;
  const [base, target] = [engine.genome(from.genome), engine.genome(onto.genome)];
  const changes: Changes = Object.fromEntries(
    Object.entries(own.changes).flatMap(([id, value]) => {
      const [old, theirs] = [base.genes[id], target.genes[id]];
      const joined = old === undefined || theirs === undefined ? undefined : joinValues(old, theirs.value, value);
      return joined === undefined ? [] : [[id, joined] as const];
    }),
  );
  const joined = makeChild({ parent: target, changes, isKnown: () => false, findCopied: engine.findCopied });
  if (joined.kind === "refused" || positionOf(journal.state, joined.id) !== undefined) return;
  const id = keepChild(engine, { ...joined.genome, parents: [onto.genome, own.genome] });
  const { hypothesis } = own;
  journal.emit({ type: "child-proposed", genome: id, parents: [head, child], origin: "rebase", hypothesis, changes });
  journal.emit({ type: "candidate-accepted", candidate: candidates.length, head: true });
}
