import { AlleleError, makeEventBus, messageOf, type Clock } from "../base/index.ts";
import { scoreOutcome, type CustomChecks, type Outcome, type Task } from "../dataset/index.ts";
import { ProviderError, type Provider, type Usage } from "../providers/index.ts";
import {
  runAgent,
  withDeadline,
  type AgentEvent,
  type AgentProgram,
  type ToolModule,
  type Trace,
  type TraceUsage,
  type World,
} from "../runtime/index.ts";
import { collectVerdicts, keptVerdicts, type JudgeModel } from "./judge.ts";
import type { Rollout } from "./rollout.ts";

/** What every rollout of an evaluator shares. */
export interface Laboratory {
  readonly provider: Provider;
  readonly tools: ToolModule | undefined;
  readonly judge: JudgeModel;
  readonly customChecks: CustomChecks;
  readonly clock: Clock;
  /** US dollars of one call of a model; absent: nothing costs. */
  readonly price?: ((model: string, usage: Usage) => number) | undefined;
  /** Milliseconds after which a rollout counts as failed (`rollout-timeout`), not as a wrong answer; absent: no bound. */
  readonly rolloutTimeout?: number | undefined;
}

/** What one rollout came to; `error` beside a failed one, for the caller who has to tell a blip from an outage. */
export interface TaskRun {
  readonly rollout: Rollout;
  readonly error?: AlleleError | undefined;
}

/**
 * Runs an agent on one task in a world of its own and scores what it did. A failure of the outside is a failed rollout;
 * rejects with AlleleError: of kind "interrupted" when `signal` aborts, of kind "input" when the world or a check is wrong.
 */
export async function runTask(
  laboratory: Laboratory,
  program: AgentProgram,
  task: Task,
  draw: { readonly repeat: number; readonly seed: number; readonly hear?: ((event: AgentEvent) => void) | undefined },
  signal: AbortSignal | undefined,
): Promise<TaskRun> {
  const { provider, clock, price } = laboratory;
  const world = makeWorld(laboratory.tools, task);
  const bus = makeEventBus<AgentEvent>();
  const start = clock.now();
  let usage: TraceUsage = { modelCalls: 0, inputTokens: 0, outputTokens: 0, usd: 0, milliseconds: 0 };
  bus.subscribe((event) => {
    if (event.kind === "model-replied") usage = event.usage;
  });
  if (draw.hear !== undefined) bus.subscribe(draw.hear);
  const { judge } = laboratory;
  const spent = (call: Usage): void => {
    usage = {
      modelCalls: usage.modelCalls + 1,
      inputTokens: usage.inputTokens + call.inputTokens,
      outputTokens: usage.outputTokens + call.outputTokens,
      usd: usage.usd + (judge.price?.(judge.model, call) ?? 0),
      milliseconds: clock.now() - start,
    };
  };
  const failed = (error: AlleleError): TaskRun => ({
    rollout: {
      state: "failed",
      task: task.id,
      repeat: draw.repeat,
      reason: error.message,
      code: error.code,
      usage: { ...usage, milliseconds: clock.now() - start },
    },
    error,
  });
  try {
    const ended = await withDeadline(laboratory.rolloutTimeout, signal, async (inner) => {
      const options = { provider, world, clock, signal: inner, bus, seed: draw.seed, price };
      const trace = await runAgent(program, task.input, options);
      usage = trace.usage;
      const verdicts = await collectVerdicts(judge, task, trace.answer, { seed: draw.seed, signal: inner, spent });
      return { trace, verdicts };
    });
    if (ended === "late") return failed(timedOut(laboratory.rolloutTimeout));
    const { trace, verdicts } = ended;
    const outcome = outcomeOf(trace, world);
    const judged = scoreOutcome(task.checks, outcome, laboratory.customChecks, verdicts);
    const score = checkScore(judged.score, task);
    const kept = keptVerdicts(judge, task, verdicts);
    const opinions = kept.length === 0 ? {} : { verdicts: kept };
    return {
      rollout: { state: "scored", task: task.id, repeat: draw.repeat, ...judged, score, usage, ...opinions, trace },
    };
  } catch (error) {
    if (signal?.aborted === true) throw interrupted(error);
    if (error instanceof ProviderError) return failed(error);
    throw error;
  } finally {
    world.close?.();
  }
}

export function interrupted(cause: unknown): AlleleError {
  return new AlleleError({
    code: "interrupted",
    message: "the evaluation was interrupted",
    hint: "Start it again: what was scored is kept and not paid twice.",
    kind: "interrupted",
    cause,
  });
}

function makeWorld(tools: ToolModule | undefined, task: Task): World {
  try {
    return tools?.createWorld(task.world) ?? {};
  } catch (error) {
    throw new AlleleError({
      code: "world-failed",
      message: `the world of task "${task.id}" cannot be made: ${messageOf(error)}`,
      hint: "Correct the task's world member, or createWorld in the tool module.",
      cause: error,
    });
  }
}

function outcomeOf(trace: Trace, world: World): Outcome {
  const { usage } = trace;
  return {
    answer: trace.answer,
    toolCalls: trace.steps.filter((step) => step.kind === "tool"),
    steps: usage.modelCalls,
    tokens: usage.inputTokens + usage.outputTokens,
    usd: usage.usd,
    milliseconds: usage.milliseconds,
    query: world.query === undefined ? undefined : (sql) => world.query?.(sql) ?? [],
  };
}

/** A weighted mean of ones may exceed 1 by rounding. */
function checkScore(score: number, task: Task): number {
  if (score >= 0 && score <= 1 + 1e-9) return Math.min(score, 1);
  throw new AlleleError({
    code: "bad-score",
    message: `the checks of task "${task.id}" gave the score ${score}`,
    hint: "A score lies between 0 and 1: look at the weights of the checks.",
  });
}

function timedOut(milliseconds: number | undefined): AlleleError {
  return new AlleleError({
    code: "rollout-timeout",
    message: `the rollout took longer than ${milliseconds} ms`,
    hint: "Raise the timeout, or lower the concurrency if the model is overloaded.",
    kind: "outside",
  });
}
