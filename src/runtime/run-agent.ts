import { AlleleError, type Clock, type EventBus } from "../base/index.ts";
import type { ChatReply, Choices, Message, Provider, Usage } from "../providers/index.ts";
import type { AgentEvent } from "./agent-event.ts";
import type { AgentRun } from "./agent-run.ts";
import { openingOf } from "./conversation.ts";
import { withDeadline } from "./deadline.ts";
import { putInto, readLabel } from "./labels.ts";
import { makeMeter } from "./meter.ts";
import type { AgentProgram } from "./program.ts";
import { runStrategy } from "./strategies.ts";
import { readArguments, runToolCalls } from "./tool-calls.ts";
import { toolDefinition } from "./tool-definitions.ts";
import type { World } from "./tool.ts";
import type { StepTime, Trace, TraceStep } from "./trace.ts";

/** What an agent runs on. */
export interface AgentHost {
  readonly provider: Provider;
  readonly world: World;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly bus?: EventBus<AgentEvent> | undefined;
  /** Have the model's text published as it arrives; a streamed reply costs more to read than a whole one. */
  readonly stream?: boolean | undefined;
  /** For repeatable sampling; sent with every model call. */
  readonly seed?: number | undefined;
  /** US dollars of one call of a model; absent: nothing costs. */
  readonly price?: ((model: string, usage: Usage) => number) | undefined;
  /** Earlier turns of the conversation, for chat. */
  readonly history?: readonly Message[] | undefined;
}

/**
 * Lets the agent work on one input, until it answers or a limit is reached. Mistakes of the model and of tools are part of the
 * trace; only the outside rejects: with the ProviderError of a failed model call, or AlleleError `interrupted`.
 */
export async function runAgent(program: AgentProgram, input: string, host: AgentHost): Promise<Trace> {
  const { provider, world, bus, history = [] } = host;
  const { model, temperature, maxOutputTokens, limits } = program;
  const meter = makeMeter(limits, host.clock, (usage) => host.price?.(model, usage) ?? 0);
  const start = host.clock.now();
  const steps: TraceStep[] = [];
  const times: StepTime[] = [];
  const keep = (step: TraceStep, began: number, ended: number, tokens: number): void => {
    steps.push(step);
    times.push({ at: began - start, milliseconds: ended - began, tokens });
  };
  const tools = program.tools.map(toolDefinition);

  const work = async (signal: AbortSignal | undefined): Promise<Trace> => {
    const call = async (
      messages: readonly Message[],
      offered: typeof tools,
      stepOf: (reply: ChatReply) => TraceStep,
      choices?: Choices,
    ): Promise<ChatReply> => {
      refuseWhenAborted(signal);
      const onText =
        host.stream === true && bus !== undefined
          ? (text: string): void => bus.publish({ kind: "text-received", text })
          : undefined;
      const began = host.clock.now();
      const reply = await provider.complete(
        {
          model,
          messages,
          tools: offered.length === 0 ? undefined : offered,
          temperature,
          maxOutputTokens,
          seed: host.seed,
          choices,
        },
        { signal, onText },
      );
      const ended = host.clock.now();
      const { content, toolCalls, usage } = reply;
      meter.count(usage);
      keep(stepOf(reply), began, ended, usage.inputTokens + usage.outputTokens);
      bus?.publish({ kind: "model-replied", content, calls: toolCalls.length, usage: meter.usage(), began, ended });
      return reply;
    };
    const run: AgentRun = {
      input: putInto(program.inputForm, input),
      blank: putInto(program.inputForm, blankTask),
      opening: openingOf(program, history),
      modelCalls: () => meter.usage().modelCalls,
      limitReached: () => meter.limitReached(),
      ask: (messages, offer, choices) => call(messages, offer === "with-tools" ? tools : [], modelStep, choices),
      askForPlan: async (messages) => {
        const { content } = await call(messages, [], planStep);
        bus?.publish({ kind: "plan-written", content });
        return content;
      },
      act: async (calls) => {
        refuseWhenAborted(signal);
        for (const one of calls) {
          bus?.publish({ kind: "tool-called", id: one.id, name: one.name, arguments: readArguments(one) });
        }
        const results = await runToolCalls(calls, program.tools, { world, signal }, host.clock);
        for (const { id, name, arguments: given, content: result, ok, began, ended } of results) {
          keep({ kind: "tool", name, arguments: given, result, ok }, began, ended, 0);
          bus?.publish({ kind: "tool-returned", id, name, result, ok, began, ended });
        }
        return results;
      },
    };
    const { answer, stop } = await runStrategy(run, program.strategy);
    return { steps, times, answer: readLabel(answer, program.labels), stop, usage: meter.usage() };
  };

  bus?.publish({ kind: "agent-started", input });
  const ending = await withDeadline(limits.milliseconds, host.signal, work);
  const trace: Trace =
    ending === "late"
      ? { steps: [...steps], times: [...times], answer: "", stop: "time-limit", usage: meter.usage() }
      : ending;
  bus?.publish({ kind: "agent-finished", trace });
  return trace;
}

const modelStep = ({ content, toolCalls }: ChatReply): TraceStep => ({
  kind: "model",
  content,
  calls: toolCalls.length,
});
const planStep = ({ content }: ChatReply): TraceStep => ({ kind: "plan", content });

/** What asks nothing (Zhao et al. 2021). */
const blankTask = "N/A";

function refuseWhenAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new AlleleError({
    code: "interrupted",
    message: "the agent was interrupted",
    hint: "Start it again when you are ready.",
    kind: "interrupted",
    cause: signal.reason,
  });
}
