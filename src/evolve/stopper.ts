import { rolloutsCost, shortage, type Spend } from "./budget.ts";
import { available, blockSize, expectedRollout, type Engine } from "./engine.ts";
import type { StopReason } from "./event.ts";
import { rulesOf } from "./rules.ts";

/** A reason to end the search, asked about the state that an iteration would start from. */
export type Stopper = (view: Engine) => StopReason | undefined;

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
    (view) => {
      const member = shortage(available(view), iterationCost(view));
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
  return (view) => {
    for (const stopper of stoppers) {
      const reason = stopper(view);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

/** What an iteration costs until its child is in the pool: an iteration that might not fit is not begun. */
export function iterationCost(engine: Engine): Spend {
  const { options, estimate } = engine.inputs;
  const screen = options.screen === 0 ? options.minibatch : Math.min(options.screen, options.minibatch);
  const rollouts =
    Math.max(options.minibatch + screen, options.merge.screen) + (options.race === 0 ? 1 : 2) * blockSize(engine);
  const cost = rolloutsCost(rollouts, expectedRollout(engine, engine.journal.state));
  const { expected } = estimate.reflection;
  return { ...cost, tokens: cost.tokens + expected.tokens, usd: cost.usd + expected.usd };
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
