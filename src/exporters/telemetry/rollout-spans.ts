import { clippedText, textHash } from "../../base/index.ts";
import type { AgentEvent } from "../../runtime/index.ts";
import type { Attributes, Span } from "./otlp.ts";

/** What is run, by whom. */
export interface SpannedRollout {
  /** Sets its ids apart from those of every other rollout. */
  readonly nonce: string;
  readonly genome: string;
  readonly agent: string;
  readonly model: string;
  /** `openai`, `allele.simulated` and so on. */
  readonly provider: string;
  readonly task: string;
  readonly split: string;
  readonly repeat: number;
  readonly run: string | undefined;
  /** Whether the question, replies, arguments and results of tools go along. */
  readonly content: boolean;
}

/** How a rollout ended. */
interface RolloutEnd {
  readonly score?: number | undefined;
  /** Code of the failure, where the outside failed. */
  readonly failure?: string | undefined;
}

export interface RolloutSpans {
  /** Takes what happens, in order. */
  readonly hear: (event: AgentEvent) => void;
  /** The spans of the whole rollout, its own first. */
  readonly end: (end: RolloutEnd, at: number) => readonly Span[];
}

/** Characters of content on one attribute. */
const LONGEST = 20_000;

/**
 * The spans of a rollout after OpenTelemetry's GenAI conventions (gen_ai.*, in development as of 1.41): `invoke_agent` with a `chat` for each
 * model call and an `execute_tool` for each call of a tool inside, with the times that the trace has. Content is left out unless asked for, as the
 * conventions have it.
 */
export function rolloutSpans(rollout: SpannedRollout, start: number): RolloutSpans {
  const { content, model, provider } = rollout;
  const traceId = textHash(rollout.nonce).slice("s256:".length);
  const root = idOf(traceId, 0);
  const inside: Span[] = [];
  const given = new Map<string, string>();
  let input = "";
  let used = { input: 0, output: 0 };
  const add = (span: Pick<Span, "name" | "kind" | "start" | "end" | "attributes" | "error">): void => {
    inside.push({ traceId, spanId: idOf(traceId, inside.length + 1), parentSpanId: root, ...span });
  };
  const common: Attributes = { "gen_ai.provider.name": provider };
  return {
    hear: (event) => {
      switch (event.kind) {
        case "model-replied": {
          const now = { input: event.usage.inputTokens, output: event.usage.outputTokens };
          const finish = event.calls > 0 ? "tool_calls" : "stop";
          add({
            name: `chat ${model}`,
            kind: "client",
            start: event.began,
            end: event.ended,
            attributes: {
              ...common,
              "gen_ai.operation.name": "chat",
              "gen_ai.request.model": model,
              "gen_ai.usage.input_tokens": now.input - used.input,
              "gen_ai.usage.output_tokens": now.output - used.output,
              "gen_ai.response.finish_reasons": [finish],
              "gen_ai.output.messages": content
                ? messageOf("assistant", event.content, { finish_reason: finish })
                : undefined,
            },
          });
          used = now;
          break;
        }
        case "agent-started":
          input = event.input;
          break;
        case "tool-called":
          given.set(event.id, JSON.stringify(event.arguments));
          break;
        case "tool-returned": {
          const name = clippedText(event.name, 100);
          add({
            name: `execute_tool ${name}`,
            kind: "internal",
            start: event.began,
            end: event.ended,
            attributes: {
              "gen_ai.operation.name": "execute_tool",
              "gen_ai.tool.name": name,
              "gen_ai.tool.type": "function",
              "gen_ai.tool.call.id": clippedText(event.id, 100),
              "error.type": event.ok ? undefined : "tool_error",
              "gen_ai.tool.call.arguments": content ? clippedText(given.get(event.id) ?? "", LONGEST) : undefined,
              "gen_ai.tool.call.result": content ? clippedText(event.result, LONGEST) : undefined,
            },
            error: event.ok ? undefined : "the tool answered with an error",
          });
          break;
        }
        default:
      }
    },
    end: ({ score, failure }, at) => [
      {
        traceId,
        spanId: root,
        name: `invoke_agent ${rollout.agent}`,
        kind: "internal",
        start,
        end: at,
        attributes: {
          ...common,
          "gen_ai.operation.name": "invoke_agent",
          "gen_ai.agent.name": rollout.agent,
          "gen_ai.agent.id": rollout.genome,
          "gen_ai.request.model": model,
          "gen_ai.usage.input_tokens": used.input,
          "gen_ai.usage.output_tokens": used.output,
          "gen_ai.input.messages": content ? messageOf("user", input) : undefined,
          "allele.task": rollout.task,
          "allele.split": rollout.split,
          "allele.repeat": rollout.repeat,
          "allele.run": rollout.run,
          "allele.score": score,
          "error.type": failure,
        },
        error: failure === undefined ? undefined : "the outside failed",
      },
      ...inside,
    ],
  };
}

/** Never all zeros, which would be no id. */
function idOf(traceId: string, index: number): string {
  return textHash(`${traceId}/${index}`).slice("s256:".length, "s256:".length + 16);
}

/** One message in the form that the conventions have for content on attributes. */
function messageOf(role: string, content: string, more: Readonly<Record<string, string>> = {}): string {
  const parts = content === "" ? [] : [{ type: "text", content: clippedText(content, LONGEST) }];
  return JSON.stringify([{ role, parts, ...more }]);
}
