import type { Task } from "../dataset/index.ts";
import type { Conversation } from "../runtime/index.ts";

/** An agent and the tasks it is for, as other tools are told of them. */
export interface AgentExport {
  /** Name of its genome and the first digits of its id. */
  readonly name: string;
  /** How the agent runs on this machine, as a shell command whose last argument is the question. */
  readonly command: string;
  /** System prompt, demonstrations and the task as it is put to the model, for a task; its tools. */
  readonly prompt: (input: string) => Pick<Conversation, "prompt" | "tools">;
  /** The whole system prompt. */
  readonly system: string;
  readonly demos: readonly { readonly input: string; readonly output: string }[];
  readonly model: {
    readonly name: string;
    /** Where it answers, when it is an OpenAI-compatible endpoint. */
    readonly url: string | undefined;
    /** The environment variable that holds its key. */
    readonly keyVariable: string | undefined;
    readonly temperature: number | undefined;
    readonly maxOutputTokens: number | undefined;
  };
  readonly dataset: string;
  readonly licence: string;
  readonly source: string | undefined;
  readonly tasks: readonly Task[];
}

/** The files of an export by name, the first one being the one to begin with, and in sentences what could not be carried over. */
export interface ExportedFiles {
  readonly files: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

/** A form that another tool reads. Pure. */
export type AgentFormat = (agent: AgentExport) => ExportedFiles;

/** "3 tasks left out: checks of type sql (2), custom (1)"; nothing where none was. */
export function leftOutNote(reasons: readonly string[]): readonly string[] {
  if (reasons.length === 0) return [];
  const counted = [...Map.groupBy(reasons, (reason) => reason)].map(([reason, all]) => `${reason} (${all.length})`);
  return [`${reasons.length} tasks left out: ${counted.join(", ")}`];
}
