import type { Json } from "../base/index.ts";
import type { Trace, TraceUsage } from "./trace.ts";

/** When a model call or a call of a tool began and ended, by the clock. The trace has the same. */
interface Span {
  readonly began: number;
  readonly ended: number;
}

/** What happens while an agent works, for whoever watches. Results of tools that were called together are told when all are there. */
export type AgentEvent =
  | { readonly kind: "agent-started"; readonly input: string }
  /** A piece of the model's text as it arrives, when the provider streams. */
  | { readonly kind: "text-received"; readonly text: string }
  /** `usage` is that of the whole rollout so far. */
  | ({
      readonly kind: "model-replied";
      readonly content: string;
      readonly calls: number;
      readonly usage: TraceUsage;
    } & Span)
  | { readonly kind: "plan-written"; readonly content: string }
  | { readonly kind: "tool-called"; readonly id: string; readonly name: string; readonly arguments: Json }
  | ({
      readonly kind: "tool-returned";
      readonly id: string;
      readonly name: string;
      readonly result: string;
      readonly ok: boolean;
    } & Span)
  | { readonly kind: "agent-finished"; readonly trace: Trace };
