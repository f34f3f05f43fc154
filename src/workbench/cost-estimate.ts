import type { CallCost, CostEstimate } from "../evolve/index.ts";
import { priceOf, type ModelConfig } from "../providers/index.ts";
import type { Config } from "./config.ts";
import type { ReflectionConfig } from "./reflection-config.ts";

/** A fair guess for an agent with a few tools; planning only, the run measures its own mean as it goes. */
const expectedRollout = { input: 5000, output: 600 };
const expectedReflection = { input: 4000, output: 500 };
const mostReflection = { input: 24_000, output: 4000 };
/** Output is at most this share of a rollout's tokens when the worst price is reckoned. */
const outputShare = 0.25;

const nothing: CallCost = { tokens: 0, usd: 0 };

/** What rollouts and reflection calls cost with these models and limits. */
export function estimateCosts(task: ModelConfig, reflection: ReflectionConfig, limits: Config["limits"]): CostEstimate {
  const most = { input: limits.tokens * (1 - outputShare), output: limits.tokens * outputShare };
  return {
    rollout: {
      expected: costOf(task, expectedRollout),
      most: { tokens: limits.tokens, usd: Math.min(costOf(task, most).usd, limits.usd ?? Number.POSITIVE_INFINITY) },
    },
    reflection:
      typeof reflection === "string"
        ? { expected: nothing, most: nothing }
        : { expected: costOf(reflection, expectedReflection), most: costOf(reflection, mostReflection) },
  };
}

function costOf(model: ModelConfig, { input, output }: { readonly input: number; readonly output: number }): CallCost {
  return { tokens: input + output, usd: priceOf(model)(model.model, { inputTokens: input, outputTokens: output }) };
}
