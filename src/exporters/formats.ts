import type { AgentFormat } from "./agent.ts";
import { ax } from "./ax.ts";
import { openaiEvals } from "./openai-evals.ts";
import { promptfoo } from "./promptfoo.ts";

/** The forms of other tools that agents and their tasks are written in, by name. */
export const agentFormats = {
  promptfoo,
  "openai-evals": openaiEvals,
  ax,
} as const satisfies Readonly<Record<string, AgentFormat>>;
