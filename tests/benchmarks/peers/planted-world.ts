import { makeRandom, mapLimit, type Clock, type ContentHash } from "../../../src/base/index.ts";
import type { Evaluator, Rollout } from "../../../src/evaluate/index.ts";
import { genomeId, withGene } from "../../../src/genome/index.ts";
import type { Evidence } from "../../../src/mutate/index.ts";
import { ProviderError, type ChatRequest, type Provider } from "../../../src/providers/index.ts";
import { readLabelledRequest } from "../../../src/providers/simulated/reflection/labelled-request.ts";
import { readReflectionRequest, type ReplyForm } from "../../../src/providers/simulated/reflection/request.ts";
import { summarizedReply } from "../../../src/providers/simulated/reflection/summarized.ts";
import { reflectOperator } from "../landscape/operators.ts";
import type { Landscape } from "../landscape/planted.ts";

export interface CountedEvaluator extends Evaluator {
  /** Newly run on train and validation. */
  paid(): number;
  /** Sum of the durations of these, in milliseconds. */
  busy(): number;
}

interface Workers {
  readonly workers: number;
  /** Milliseconds that a rollout takes. */
  readonly latency: number;
  readonly clock: Clock;
}

/** The landscape's rollouts as so many workers do them, each pair of genome and task once. */
export function withWorkers({ evaluator }: Landscape, { workers, latency, clock }: Workers): CountedEvaluator {
  const cache = new Map<string, Promise<readonly Rollout[]>>();
  const waiting: (() => void)[] = [];
  let free = workers;
  let [paid, busy] = [0, 0];
  const atWork = async <T>(counts: boolean, work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    const start = clock.now();
    try {
      if (latency > 0) await clock.sleep(latency);
      return await work();
    } finally {
      if (counts) busy += clock.now() - start;
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
  return {
    paid: () => paid,
    busy: () => busy,
    evaluate: (genome, tasks, options = {}) => {
      const id: ContentHash = genomeId(genome);
      return mapLimit(tasks, workers, async (task) => {
        options.signal?.throwIfAborted();
        const key = `${id} ${task.id} ${options.repeat ?? 0}`;
        const known = cache.get(key);
        const counts = task.split !== "test";
        const run = () => evaluator.evaluate(genome, [task], { repeat: options.repeat ?? 0 });
        const result = known ?? atWork(counts, run);
        cache.set(key, result);
        if (known === undefined && counts) paid += 1;
        const [rollout] = await result;
        if (rollout === undefined) throw new Error("an evaluator gave no rollout");
        options.onRollout?.(rollout, known !== undefined);
        return rollout;
      });
    },
  };
}

/** A reflection model for the landscape: reads a request of any form and does what the landscape's own operator does. */
export function plantedReflection({ options, seedGenome }: Landscape): Provider {
  const operator = reflectOperator(options);
  const complete = async (request: ChatRequest): Promise<string> => {
    const summary = summarizedReply(request);
    if (summary !== undefined) return summary;
    const read = readReflectionRequest(request) ?? readLabelledRequest(request);
    if (read === undefined) throw notUnderstood();
    const proposal = await operator.propose({
      parent: withGene(seedGenome, "system", read.current),
      gene: "system",
      evidence: read.evidence.map(({ feedback, score }, i) => evidenceOf(feedback, score, i)),
      failedAttempts: [],
      random: makeRandom(`planted/${request.seed ?? 0}/${read.said}`),
      reflect: () => Promise.resolve(answer("")),
    });
    const value = proposal.kind === "child" ? proposal.changes["system"] : undefined;
    return inForm(typeof value === "string" ? value : read.current, read.reply);
  };
  return { name: "planted", complete: async (request) => answer(await complete(request)) };
}

function inForm(text: string, reply: ReplyForm): string {
  if (reply === "fenced") return `\`\`\`\n${text}\n\`\`\``;
  if (reply === "bare") return text;
  return reply === "json" ? JSON.stringify({ value: text }) : `${reply.key}: ${text}`;
}

function evidenceOf(feedback: readonly string[], score: number, index: number): Evidence {
  const usage = { modelCalls: 1, inputTokens: 0, outputTokens: 0, usd: 0, milliseconds: 0 };
  const id = `shown-${index}`;
  const trace = { steps: [], answer: "", stop: "answered" as const, usage };
  const rollout = { state: "scored" as const, task: id, repeat: 0, score, objectives: {}, feedback, usage, trace };
  return { task: { id, input: "", checks: [], tags: [], split: "train" }, rollout };
}

function answer(content: string): Awaited<ReturnType<Provider["complete"]>> {
  return { content, toolCalls: [], usage: { inputTokens: 0, outputTokens: 0 }, finish: "stop" };
}

function notUnderstood(): ProviderError {
  return new ProviderError({ code: "model-bad-request", message: "this is no request to reflect", retryable: false });
}
