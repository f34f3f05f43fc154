import type { AgentRun, Ending, RunStrategy } from "./agent-run.ts";
import { choose } from "./choose.ts";
import { direct } from "./direct.ts";
import { plan } from "./plan.ts";
import type { Strategy } from "./program.ts";
import { react } from "./react.ts";

const strategies: { readonly [K in Strategy["kind"]]: RunStrategy<K> } = { direct, choose, react, plan };

export function runStrategy<K extends Strategy["kind"]>(
  run: AgentRun,
  strategy: Extract<Strategy, { kind: K }>,
): Promise<Ending> {
  const chosen: RunStrategy<K> = strategies[strategy.kind as K];
  return chosen(run, strategy);
}
