import { rolloutsCost, shortage, type Spend } from "./budget.ts";
import { available, expectedRollout, type Engine } from "./engine.ts";
import type { StopReason } from "./event.ts";

/** A reason to end the search, asked between iterations. */
export type Stopper = () => StopReason | undefined;

/** All the reasons of a run, the most urgent first. */
export function makeStopper(engine: Engine): Stopper {
  const { inputs, journal } = engine;
  const { options } = inputs;
  const stoppers: readonly Stopper[] = [
    () => (inputs.stopRequested?.() === true ? "stop-requested" : undefined),
    () => (journal.state.reflectionFailures >= options.max_reflection_failures ? "reflection-failed" : undefined),
    () => (journal.state.idle >= options.max_idle_iterations ? "nothing-left" : undefined),
    () => {
      const member = shortage(available(engine), iterationCost(engine));
      return member === undefined ? undefined : `budget-${member}`;
    },
    minutesStopper(engine),
  ];
  return () => {
    for (const stopper of stoppers) {
      const reason = stopper();
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

/** What an iteration costs when its child goes all the way: an iteration that might not fit is not begun. */
function iterationCost(engine: Engine): Spend {
  const { options, estimate } = engine.inputs;
  const rollouts = Math.max(2 * options.minibatch, options.merge.screen) + engine.validation.length;
  const cost = rolloutsCost(rollouts, expectedRollout(engine, engine.journal.state));
  const { expected } = estimate.reflection;
  return { ...cost, tokens: cost.tokens + expected.tokens, usd: cost.usd + expected.usd };
}

/**
 * Ends the search when another iteration as long as the longest so far, and then the sealed test at the pace of this sitting,
 * might not fit into the minutes, which count from now.
 */
function minutesStopper({ inputs, journal, test }: Engine): Stopper {
  const { clock, options } = inputs;
  const { minutes } = options.budget;
  const start = { at: clock.now(), rollouts: journal.state.spent.rollouts };
  let last = start.at;
  let longest = 0;
  return () => {
    if (minutes === undefined) return undefined;
    const now = clock.now();
    longest = Math.max(longest, now - last);
    last = now;
    const elapsed = now - start.at;
    const pace = elapsed / Math.max(1, journal.state.spent.rollouts - start.rollouts);
    return elapsed + longest + pace * 2 * test.length > minutes * 60_000 ? "budget-minutes" : undefined;
  };
}
