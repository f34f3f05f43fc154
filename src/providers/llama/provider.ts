import { AlleleError, messageOf } from "../../base/index.ts";
import { cancelledCall, ProviderError } from "../provider-error.ts";
import type { CallOptions, ChatReply, ChatRequest, Message, Provider } from "../provider.ts";
import type { HistoryItem, Token } from "./binding.ts";
import { logProbabilities, type Prompt } from "./choose.ts";
import { leanOf } from "./lean.ts";
import { functionsOf, grammarSchema, historyOf } from "./conversation.ts";
import { openModel, type LlamaOptions, type LoadedModel } from "./open.ts";
import { makePrefixQueue } from "./queue.ts";
import { lengthOf, makeSequenceState } from "./state.ts";

/** Reply tokens where the request sets no limit. */
const usualReply = 512;
/** Shifts of log-probabilities kept; each belongs to one prompt. */
const mostShifts = 256;

/**
 * A model in this process, through llama.cpp. It is loaded at the first call. Calls are answered one at a time, those first whose beginning has been
 * evaluated already, so that a batch with one prompt evaluates it once. A reply depends on its request alone: see `SequenceState`.
 */
export function llamaProvider(options: LlamaOptions): Provider {
  let opened: Promise<Desk> | undefined;
  const open = (): Promise<Desk> => {
    opened ??= openModel(options).then(makeDesk);
    opened.catch(() => (opened = undefined));
    return opened;
  };
  return {
    name: `llama ${options.file}`,
    complete: async (request, call = {}) => {
      if (call.signal?.aborted === true) throw cancelledCall();
      const desk = await open();
      const prompt = desk.promptOf(request.messages, request.tools);
      return desk.queue.run({
        weigh: () => desk.state.shared(prompt.segments),
        work: () => desk.answer(request, prompt, call),
      });
    },
  };
}

type Desk = ReturnType<typeof makeDesk>;

function makeDesk(loaded: LoadedModel) {
  const { model, sequence, chat, llama, room } = loaded;
  const state = makeSequenceState(sequence);
  const queue = makePrefixQueue();
  const shifts = new Map<string, readonly number[]>();

  const tokensOf = (history: readonly HistoryItem[], tools: ChatRequest["tools"]): readonly Token[] =>
    chat.chatWrapper
      .generateContextState({ chatHistory: history, availableFunctions: functionsOf(tools) })
      .contextText.tokenize(model.tokenizer);

  /** A segment ends where the conversation without its later messages would go on otherwise. */
  const promptOf = (messages: readonly Message[], tools: ChatRequest["tools"]): Prompt => {
    const all = tokensOf(historyOf(messages), tools);
    const ends = messages.slice(0, -1).flatMap((_, i) => {
      if (messages[i + 1]?.role === "tool") return [];
      return [commonLength(tokensOf(historyOf(messages.slice(0, i + 1)), tools), all)];
    });
    const cuts = [...new Set(ends)].filter((end) => end > 0 && end < all.length).toSorted((a, b) => a - b);
    const segments = cuts.map((end, i) => all.slice(cuts[i - 1] ?? 0, end));
    return { segments, last: all.slice(cuts.at(-1) ?? 0) };
  };

  const requireRoom = ({ segments, last }: Prompt, reply: number): void => {
    const needed = lengthOf(segments) + last.length + reply;
    if (needed <= room) return;
    throw new ProviderError({
      code: "model-bad-request",
      message: `the conversation has ${needed - reply} tokens, the model's context ${room}`,
      hint: "Raise context in the model's configuration, or shorten the prompt and its examples.",
      retryable: false,
    });
  };

  const choose = async (request: ChatRequest, prompt: Prompt): Promise<ChatReply> => {
    const { texts } = request.choices ?? { texts: [] };
    const tokens = texts.map((text) => model.tokenize(text));
    requireRoom(prompt, Math.max(...tokens.map(({ length }) => length)));
    const measure = (wanted: Prompt): Promise<readonly number[]> => logProbabilities(sequence, state, wanted, tokens);
    const shift = await shiftOf(request, measure);
    const own = await measure(prompt);
    const values = own.map((value, i) => value - (shift[i] ?? 0));
    const best = values.indexOf(Math.max(...values));
    return {
      content: texts[best] ?? "",
      toolCalls: [],
      usage: { inputTokens: lengthOf(prompt.segments) + prompt.last.length, outputTokens: tokens[best]?.length ?? 1 },
      finish: "stop",
      logProbabilities: values,
    };
  };

  /** What a prompt makes each choice likely anyway: by an empty task, by known ones, or not at all. */
  const shiftOf = async (
    { choices, tools }: ChatRequest,
    measure: (prompt: Prompt) => Promise<readonly number[]>,
  ): Promise<readonly number[]> => {
    const { texts, baseline, references = [] } = choices ?? { texts: [] };
    if (baseline === undefined && references.length === 0) return [];
    const key = JSON.stringify([baseline, references, texts]);
    const known = shifts.get(key) ?? (await measured());
    shifts.delete(key);
    shifts.set(key, known);
    const [oldest] = shifts.keys();
    if (shifts.size > mostShifts && oldest !== undefined) shifts.delete(oldest);
    return known;

    async function measured(): Promise<readonly number[]> {
      const empty = baseline === undefined ? undefined : await measure(promptOf(baseline, tools));
      if (references.length === 0) return empty ?? [];
      const rows: (readonly number[])[] = [];
      for (const { messages } of references) {
        const row = await measure(promptOf(messages, tools));
        rows.push(row.map((value, i) => value - (empty?.[i] ?? 0)));
      }
      const lean = leanOf(
        rows,
        references.map(({ choice }) => choice),
      );
      return lean.map((value, i) => value + (empty?.[i] ?? 0));
    }
  };

  const generate = async (
    request: ChatRequest,
    prompt: Prompt,
    { signal, onText }: CallOptions,
  ): Promise<ChatReply> => {
    requireRoom(prompt, 1);
    const length = lengthOf(prompt.segments) + prompt.last.length;
    const functions = functionsOf(request.tools);
    const schema = request.responseSchema?.schema;
    const grammar = schema === undefined ? undefined : await llama.createGrammarForJsonSchema(grammarSchema(schema));
    await state.hold(prompt.segments);
    let written = 0;
    const { response, functionCalls, metadata } = await chat.generateResponse(historyOf(request.messages), {
      ...(functions === undefined ? { grammar } : { functions, maxParallelFunctionCalls: 1 }),
      temperature: request.temperature ?? 0,
      seed: request.seed ?? 0,
      maxTokens: Math.min(request.maxOutputTokens ?? usualReply, room - length - 1),
      repeatPenalty: false,
      signal,
      stopOnAbortSignal: false,
      onTextChunk: (text: string) => {
        if (text !== "") onText?.(text);
      },
      onToken: (tokens: readonly Token[]) => (written += tokens.length),
    });
    const toolCalls = (functionCalls ?? []).map(({ functionName, params }, i) => ({
      id: `call-${request.messages.length}-${i}`,
      name: functionName,
      arguments: JSON.stringify(params ?? {}),
    }));
    // Tokens of calls are not told of: they are counted by what was written.
    const called = toolCalls.reduce((sum, call) => sum + model.tokenize(`${call.name}(${call.arguments})`).length, 0);
    const finish = metadata.stopReason === "maxTokens" ? "length" : "stop";
    return {
      content: response,
      toolCalls,
      usage: { inputTokens: length, outputTokens: Math.max(1, written + called) },
      finish: toolCalls.length > 0 ? "tool-calls" : finish,
    };
  };

  const answer = async (request: ChatRequest, prompt: Prompt, call: CallOptions): Promise<ChatReply> => {
    if (isAborted(call)) throw cancelledCall();
    try {
      if (request.choices === undefined) return await generate(request, prompt, call);
      const reply = await choose(request, prompt);
      call.onText?.(reply.content);
      return reply;
    } catch (error) {
      await state.forget();
      if (isAborted(call)) throw cancelledCall(error);
      if (error instanceof AlleleError) throw error;
      throw new ProviderError({
        code: "model-bad-reply",
        message: `llama.cpp failed: ${messageOf(error)}`,
        hint: "Try again; if it stays, another model or a larger context may help.",
        retryable: false,
        cause: error,
      });
    }
  };
  return { queue, state, promptOf, answer };
}

function isAborted({ signal }: CallOptions): boolean {
  return signal?.aborted === true;
}

function commonLength(a: readonly Token[], b: readonly Token[]): number {
  const end = a.findIndex((token, i) => token !== b[i]);
  return end === -1 ? Math.min(a.length, b.length) : end;
}
