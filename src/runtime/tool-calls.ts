import { z } from "zod";
import { didYouMean, messageOf, tryParseJson, type Clock, type Json } from "../base/index.ts";
import type { ToolCall } from "../providers/index.ts";
import type { Tool, ToolContext } from "./tool.ts";

/** What a call came to. A mistake of the model or of the tool is a result like any other, with `ok` false. */
export interface ToolResult {
  readonly id: string;
  readonly name: string;
  /** Parsed arguments, or the raw text when it was not JSON. */
  readonly arguments: Json;
  /** What the model is told. */
  readonly content: string;
  readonly ok: boolean;
  /** When it began and ended, by the clock. */
  readonly began: number;
  readonly ended: number;
}

/** Characters of a result that reach the model; about 4,000 tokens. */
const longestResult = 16_000;

/**
 * Runs the calls of one reply; results in the order of the calls. All together when every one only reads,
 * else one after the other, so that writes happen in the order the model wrote them. Never rejects.
 */
export async function runToolCalls(
  calls: readonly ToolCall[],
  tools: readonly Tool<never>[],
  context: ToolContext,
  clock: Clock,
): Promise<readonly ToolResult[]> {
  const run = async (call: ToolCall): Promise<ToolResult> => {
    const began = clock.now();
    const outcome = await runToolCall(call, tools, context);
    return { ...outcome, began, ended: clock.now() };
  };
  const writes = calls.some(({ name }) => tools.find((tool) => tool.name === name)?.effect === "write");
  if (!writes) return Promise.all(calls.map(run));
  const results: ToolResult[] = [];
  for (const call of calls) results.push(await run(call));
  return results;
}

/** Arguments as the trace shows them. Some models write nothing at all for a tool without parameters. */
export function readArguments(call: ToolCall): Json {
  return call.arguments.trim() === "" ? {} : (tryParseJson(call.arguments) ?? call.arguments);
}

type Outcome = Omit<ToolResult, "began" | "ended">;

async function runToolCall(call: ToolCall, tools: readonly Tool<never>[], context: ToolContext): Promise<Outcome> {
  const given = readArguments(call);
  const result = (content: string, ok: boolean): Outcome => ({
    id: call.id,
    name: call.name,
    arguments: given,
    content: cut(content),
    ok,
  });
  const refuse = (error: string): Outcome => result(JSON.stringify({ error }), false);

  const tool = tools.find(({ name }) => name === call.name);
  if (tool === undefined) {
    const names = tools.map(({ name }) => name);
    return refuse(
      `There is no tool "${call.name}"${didYouMean(call.name, names)}. The tools are: ${names.join(", ")}.`,
    );
  }
  if (typeof given === "string") return refuse("The arguments are not a JSON object.");
  try {
    const parsed = await tool.parameters.safeParseAsync(given);
    if (!parsed.success) return refuse(`Invalid arguments: ${explain(parsed.error)}`);
    return result(textOf(await tool.run(parsed.data as never, context as never)), true);
  } catch (error) {
    return refuse(messageOf(error));
  }
}

function explain(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join(".")}: ${message}`))
    .join("; ");
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "done");
}

function cut(text: string): string {
  if (text.length <= longestResult) return text;
  return `${text.slice(0, longestResult)}\n[cut here: ${text.length - longestResult} more characters are not shown]`;
}
