import { judgeChecksIn, type Dataset } from "../dataset/index.ts";
import { express } from "../evaluate/index.ts";
import type { CallCost, CostEstimate } from "../evolve/index.ts";
import type { Genome } from "../genome/index.ts";
import { estimateTokens, priceOf, type ModelConfig } from "../providers/index.ts";
import { mean } from "../statistics/index.ts";
import type { Config } from "./config.ts";
import type { ReflectionConfig } from "./reflection-config.ts";

interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** A fair guess for an agent with a few tools; planning only, the run measures its own mean as it goes. */
const withTools: Tokens = { input: 5000, output: 600 };
const expectedReflection = { input: 4000, output: 500 };
const mostReflection = { input: 24_000, output: 4000 };
/** Output is at most this share of a rollout's tokens when the worst price is reckoned. */
const outputShare = 0.25;

/** Of a written reply without tools, and of one that is chosen from a closed set. */
const mostWritten = 300;
const chosen = 20;

const nothing: CallCost = { tokens: 0, usd: 0 };

export interface CostInputs {
  readonly task: ModelConfig;
  readonly reflection: ReflectionConfig;
  readonly limits: Config["limits"];
  readonly seedGenome: Genome;
  readonly dataset: Dataset;
}

/** What rollouts and reflection calls cost with these models and limits, for agents like this seed. */
export function estimateCosts({ task, reflection, limits, seedGenome, dataset }: CostInputs): CostEstimate {
  const expectedRollout = oneCall(seedGenome, dataset) ?? withTools;
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

/**
 * A rollout of an agent that answers in one call, without tools and judges: its instructions with room for as much again, all the examples that
 * it may get, and a task of this dataset. Undefined for other agents.
 */
function oneCall(seed: Genome, { tasks, toolModule }: Dataset): Tokens | undefined {
  if (toolModule !== undefined || tasks.some(({ checks }) => judgeChecksIn(checks).length > 0)) return undefined;
  const { system, strategy, maxOutputTokens = mostWritten } = express(seed, undefined, { model: "" });
  if (strategy.kind !== "direct" && strategy.kind !== "choose") return undefined;
  const { demos } = seed.genes;
  const examples = demos?.type !== "demos" ? 0 : demos.evolvable === false ? demos.value.length : demos.max;
  const task = mean(tasks.map(({ input }) => estimateTokens(input)));
  return {
    input: Math.ceil(2 * estimateTokens(system) + (examples + 1) * task),
    output: strategy.kind === "choose" ? chosen : Math.min(maxOutputTokens, mostWritten),
  };
}

function costOf(model: ModelConfig, { input, output }: Tokens): CallCost {
  return { tokens: input + output, usd: priceOf(model)(model.model, { inputTokens: input, outputTokens: output }) };
}
