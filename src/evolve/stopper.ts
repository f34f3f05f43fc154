import { rolloutsCost, shortage, type Spend } from "./budget.ts";
import { available, blockSize, expectedRollout, type Engine } from "./engine.ts";
import type { StopReason } from "./event.ts";
import { isCheckDue, isOnHead, mayJudge } from "./head.ts";
import { isMergeDue } from "./merging.ts";
import { rulesOf } from "./rules.ts";
import { wishFor } from "./steering.ts";

/** A reason to end the search before an iteration, asked about the state that it would start from. */
export type Stopper = (view: Engine, iteration: number) => StopReason | undefined;

/** All the reasons of a run, the most urgent first. */
export function makeStopper(engine: Engine): Stopper {
  const { inputs } = engine;
  const { options } = inputs;
  const { stop } = rulesOf(options, inputs.rules);
  const stoppers: readonly Stopper[] = [
    () => (inputs.stopRequested?.() === true ? "stop-requested" : undefined),
    ({ journal }) =>
      journal.state.reflectionFailures >= options.max_reflection_failures ? "reflection-failed" : undefined,
    ({ journal }) => (journal.state.idle >= options.max_idle_iterations ? "nothing-left" : undefined),
    (view, iteration) => {
      const member = shortage(available(view), iterationCost(view, iteration));
      return member === undefined ? undefined : `budget-${member}`;
    },
    minutesStopper(engine),
    ({ journal: { state } }) => {
      const { best, since, proposals } = state.progress;
      const reason = stop({
        iterations: state.iteration,
        sinceGain: since,
        best,
        candidates: state.candidates.length,
        proposals,
      });
      return reason === undefined ? undefined : `rule-${reason}`;
    },
  ];
  return (view, iteration) => {
    for (const stopper of stoppers) {
      const reason = stopper(view, iteration);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

/**
 * What an iteration costs at most until its child is judged: one that might not fit is not begun. A child of the head is only screened; a check,
 * and the judgement of any other child, take a block of validation tasks for each of two.
 */
export function iterationCost(engine: Engine, iteration: number): Spend {
  const { options, estimate } = engine.inputs;
  const screen = options.screen === 0 ? options.minibatch : Math.min(options.screen, options.minibatch);
  const child = Math.max(options.minibatch + screen, options.merge.screen);
  const blocks = (options.race === 0 ? 1 : 2) * blockSize(engine);
  const rollouts = isScreenOnly(engine, iteration) ? child : child + blocks;
  const cost = rolloutsCost(rollouts, expectedRollout(engine, engine.journal.state));
  const { expected } = estimate.reflection;
  return { ...cost, tokens: cost.tokens + expected.tokens, usd: cost.usd + expected.usd };
}

/**
 * Whether the iteration makes a child of the head, which no validation judges. In lanes that must not depend on the state it starts from: see
 * `mayJudge`.
 */
function isScreenOnly(engine: Engine, iteration: number): boolean {
  if (wishFor(engine.journal.state.steering, iteration) !== undefined) return false;
  if (engine.inputs.options.lanes > 1) return !mayJudge(engine, iteration);
  return isOnHead(engine, iteration) && !isCheckDue(engine, iteration) && !isMergeDue(engine, iteration);
}

/**
 * Ends the search when another iteration as long as the longest so far, and then the sealed test at the pace of this sitting,
 * might not fit into the minutes, which count from now.
 */
function minutesStopper({ inputs, journal: { state }, test }: Engine): Stopper {
  const { clock, options } = inputs;
  const { minutes } = options.budget;
  const start = { at: clock.now(), rollouts: state.spent.rollouts };
  let last = start.at;
  let longest = 0;
  return ({ journal }) => {
    if (minutes === undefined) return undefined;
    const now = clock.now();
    longest = Math.max(longest, now - last);
    last = now;
    const elapsed = now - start.at;
    const pace = elapsed / Math.max(1, journal.state.spent.rollouts - start.rollouts);
    return elapsed + longest + pace * 2 * test.length > minutes * 60_000 ? "budget-minutes" : undefined;
  };
}
