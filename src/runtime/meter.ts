import type { Clock } from "../base/index.ts";
import type { Usage } from "../providers/index.ts";
import type { Limits } from "./program.ts";
import type { StopReason, TraceUsage } from "./trace.ts";

/** Counts what one rollout uses and tells when a limit is reached. */
export interface Meter {
  count(usage: Usage): void;
  usage(): TraceUsage;
  limitReached(): StopReason | undefined;
}

/** `price` gives the US dollars of one model call. */
export function makeMeter(limits: Limits, clock: Clock, price: (usage: Usage) => number): Meter {
  const start = clock.now();
  let modelCalls = 0;
  let inputTokens = 0;
  let outputTokens = 0;
  let usd = 0;
  const reached = (value: number, limit: number | undefined): boolean => limit !== undefined && value >= limit;
  return {
    count: (usage) => {
      modelCalls += 1;
      inputTokens += usage.inputTokens;
      outputTokens += usage.outputTokens;
      usd += price(usage);
    },
    usage: () => ({ modelCalls, inputTokens, outputTokens, usd, milliseconds: clock.now() - start }),
    limitReached: () => {
      if (reached(inputTokens + outputTokens, limits.tokens)) return "token-limit";
      if (reached(usd, limits.usd)) return "cost-limit";
      if (reached(clock.now() - start, limits.milliseconds)) return "time-limit";
      return undefined;
    },
  };
}
