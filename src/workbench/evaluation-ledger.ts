import { AlleleError, type ContentHash } from "../base/index.ts";
import type { Rollout } from "../evaluate/index.ts";

/** What an evaluation server has done since it was started or reset. */
interface EvaluationCounts {
  /** Asked for and answered, read from the cache or newly run. */
  readonly rollouts: number;
  /** Newly run, failed ones too. */
  readonly paid: number;
  /** Input and output of the newly run ones. */
  readonly tokens: number;
  readonly usd: number;
  /** Different genomes. */
  readonly candidates: number;
  /** Rollouts that run now. */
  readonly in_flight: number;
  /** Most of them at once. */
  readonly max_in_flight: number;
  /** Sum of the durations of the newly run rollouts, in milliseconds. */
  readonly busy_ms: number;
}

/** Rollouts taken off the budget before they are run. */
interface Reservation {
  /** Turns one of them into a counted one. */
  count(rollout: Rollout, reused: boolean): void;
  /** Gives back those that were not counted. */
  release(): void;
}

export interface EvaluationLedger {
  /** Throws AlleleError `budget-spent` when fewer are left. */
  reserve(count: number): Reservation;
  /** True when it is new. */
  candidate(id: ContentHash): boolean;
  /** Call it when a rollout begins to run, and what it returns when that has ended. */
  run(): () => void;
  counts(): EvaluationCounts;
  reset(): void;
}

const nothing = { rollouts: 0, paid: 0, tokens: 0, usd: 0, busy_ms: 0 };

/** `budget` bounds the rollouts, reused ones too: what a search may look at, whatever the cache already knows. */
export function makeEvaluationLedger(budget = Number.POSITIVE_INFINITY): EvaluationLedger {
  let sums = nothing;
  let reserved = 0;
  let running = 0;
  let mostRunning = 0;
  const candidates = new Set<ContentHash>();
  return {
    reserve: (count) => {
      const left = budget - sums.rollouts - reserved;
      if (count > left) throw budgetSpent(budget, left, count);
      let open = count;
      reserved += count;
      return {
        count: ({ usage }, reused) => {
          open -= 1;
          reserved -= 1;
          sums = { ...sums, rollouts: sums.rollouts + 1 };
          if (reused) return;
          sums = {
            rollouts: sums.rollouts,
            paid: sums.paid + 1,
            tokens: sums.tokens + usage.inputTokens + usage.outputTokens,
            usd: sums.usd + usage.usd,
            busy_ms: sums.busy_ms + usage.milliseconds,
          };
        },
        release: () => {
          reserved -= open;
          open = 0;
        },
      };
    },
    candidate: (id) => {
      const { size } = candidates;
      return candidates.add(id).size > size;
    },
    run: () => {
      running += 1;
      mostRunning = Math.max(mostRunning, running);
      return () => {
        running -= 1;
      };
    },
    counts: () => ({ ...sums, candidates: candidates.size, in_flight: running, max_in_flight: mostRunning }),
    reset: () => {
      sums = nothing;
      mostRunning = running;
      candidates.clear();
    },
  };
}

function budgetSpent(budget: number, left: number, wanted: number): AlleleError {
  return new AlleleError({
    code: "budget-spent",
    message: `the budget of ${budget} rollouts has ${left} left, this asks for ${wanted}`,
    hint: left > 0 ? `Ask for at most ${left} tasks, or stop here.` : "Stop here, or POST /reset to begin anew.",
  });
}
