import { BLOCK } from "./belief.ts";
import { shortage, type Spend } from "./budget.ts";
import { available, type Engine } from "./engine.ts";
import type { StopReason } from "./event.ts";
import { iterationCost, screenedRollouts } from "./iteration-cost.ts";
import type { EvolveOptions } from "./options.ts";
import { rulesOf } from "./rules.ts";

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
      const member = shortage(available(view), besideOthers(iterationCost(view, iteration), options));
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

/** In lanes a search ends where the budget fills less than a quarter of them: few at a time take long, and the last race has the rest. */
function besideOthers(cost: Spend, options: EvolveOptions): Spend {
  const others = Math.max(0, Math.floor(options.lanes / 4) - 1);
  const usual = options.proposal === "belief" ? BLOCK : screenedRollouts(options);
  return { ...cost, rollouts: cost.rollouts + others * usual };
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
