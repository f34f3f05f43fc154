import { AlleleError } from "../../base/index.ts";
import { cannotChoose, ProviderError } from "../provider-error.ts";
import type { ChatReply, ChatRequest, Provider, ToolDefinition } from "../provider.ts";
import { readConversation, type Conversation } from "./conversation.ts";
import { generalReply } from "./general-reply.ts";
import { makeMind } from "./mind.ts";
import { defaultParameters, type SimulatedParameters } from "./parameters.ts";
import { boundedCache } from "./reading/cache.ts";
import { readPlan, readPrompt, type PromptReading } from "./reading/reading.ts";
import { reflectionReply } from "./reflection/reflection.ts";
import { classify } from "./skills/classify.ts";
import { nextAction } from "./skills/drive.ts";
import { office } from "./skills/office/office.ts";
import { writePlan } from "./skills/plan.ts";
import type { Mind, Skill } from "./skills/skill.ts";

export interface SimulatedOptions {
  /** Of the model: another seed is another model of the same kind. */
  readonly seed: number;
  readonly parameters?: SimulatedParameters | undefined;
}

type Said = Pick<ChatReply, "content" | "toolCalls">;

/** In order of asking: the first that understands a request does it. */
const skills = [using(classify), using(office)];

/**
 * A behavioural model of a language model, for machines without one. Its replies are a pure function of the messages, the
 * tools, the temperature, the sampling seed (above temperature 0) and its own seed and parameters.
 */
export function makeSimulatedProvider({ seed, parameters = defaultParameters }: SimulatedOptions): Provider {
  const readings = boundedCache<PromptReading>(256);
  const reply = (request: ChatRequest): Said => {
    const tools = request.tools ?? [];
    const reflection = tools.length === 0 ? reflectionReply(request, seed, parameters) : undefined;
    if (reflection !== undefined) return text(reflection);

    const conversation = readConversation(request.messages);
    const { demos, plan, system } = conversation;
    const prompt = promptKey(conversation, tools);
    const mind = makeMind({
      parameters,
      reading: readings(prompt, () => readPrompt(system, tools, demos, parameters.attention)),
      plan: plan === undefined ? undefined : readPlan(plan),
      request: conversation.request,
      prompt: `${prompt}\n${plan === undefined ? "" : "planned"}`,
      seed,
      temperature: request.temperature ?? 1,
      sampleSeed: request.seed,
    });
    if (conversation.wantsPlan) return text(writePlan(conversation.request, mind.random("plan")));
    return act(conversation, tools, mind);
  };
  return {
    name: `simulated (seed ${seed})`,
    complete: async (request, options) => {
      if (options?.signal?.aborted === true) throw cancelled();
      if (request.choices !== undefined) throw cannotChoose("the simulated model");
      const said = reply(request);
      const whole = finished(request, said);
      if (whole.content !== "") options?.onText?.(whole.content);
      return whole;
    },
  };
}

function act(conversation: Conversation, tools: readonly ToolDefinition[], mind: Mind): Said {
  for (const use of skills) {
    const said = use(conversation, tools, mind);
    if (said !== undefined) return said;
  }
  return text(generalReply(conversation.request, mind));
}

function using<R>(
  skill: Skill<R>,
): (conversation: Conversation, tools: readonly ToolDefinition[], mind: Mind) => Said | undefined {
  return ({ request, plan, rounds }, tools, mind) => {
    const reading = skill.read(request, tools);
    if (reading === undefined) return undefined;
    const action = nextAction(skill, reading, tools, mind, { request, plan, rounds });
    if ("answer" in action) return text(action.answer);
    const toolCalls = action.calls.map(({ name, arguments: given }, index) => ({
      id: `call_${rounds.length + 1}_${index + 1}`,
      name,
      arguments: JSON.stringify(given),
    }));
    return { content: "", toolCalls };
  };
}

function text(content: string): Said {
  return { content, toolCalls: [] };
}

/** Everything that is shown besides the request. */
function promptKey({ system, demos }: Conversation, tools: readonly ToolDefinition[]): string {
  const described = tools.map(({ name, description }) => `${name}: ${description}`);
  return [system, ...described, ...demos.map(({ input, output }) => `${input}\n${output}`)].join("\n\u0000");
}

/** Four characters are taken for a token. */
function tokensIn(content: string): number {
  return Math.ceil(content.length / 4);
}

function finished(request: ChatRequest, { content, toolCalls }: Said): ChatReply {
  const shown = request.messages.reduce((sum, message) => sum + tokensIn(message.content) + 4, 0);
  const tools = (request.tools ?? []).reduce((sum, { description }) => sum + tokensIn(description) + 40, 0);
  const limit = request.maxOutputTokens ?? Number.POSITIVE_INFINITY;
  const cut = tokensIn(content) > limit;
  const written = cut ? content.slice(0, limit * 4) : content;
  const called = toolCalls.reduce((sum, call) => sum + tokensIn(call.name + call.arguments) + 8, 0);
  return {
    content: written,
    toolCalls,
    usage: { inputTokens: shown + tools, outputTokens: tokensIn(written) + called },
    finish: cut ? "length" : toolCalls.length > 0 ? "tool-calls" : "stop",
  };
}

function cancelled(): AlleleError {
  return new ProviderError({ code: "model-cancelled", message: "the call was cancelled", retryable: false });
}
