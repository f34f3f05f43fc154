import type { Json } from "../base/index.ts";
import type { ChatRequest } from "../providers/index.ts";
import { cut } from "./evidence-text.ts";
import { briefLength, fenced } from "./gene-text.ts";
import type { FailedAttempt, ProposeRequest } from "./operator.ts";
import { suggestionPrompt } from "./prompts/suggestion.ts";

/** Most failed attempts shown: the latest ones. */
const shownAttempts = 6;
/** Tokens; room for a model that thinks before it answers. */
const longestReply = 4000;

/** A call of the reflection model: what it is, what it is shown under headings, and the form of its reply. */
export function ask(inputs: {
  readonly system: string;
  readonly sections: readonly (readonly [heading: string, body: string])[];
  readonly schema: { readonly name: string; readonly schema: Json };
}): Omit<ChatRequest, "model"> {
  return {
    messages: [
      { role: "system", content: inputs.system },
      { role: "user", content: inputs.sections.map(([heading, body]) => `# ${heading}\n${body}`).join("\n\n") },
    ],
    responseSchema: inputs.schema,
    temperature: 1,
    maxOutputTokens: longestReply,
  };
}

/** A person's hypothesis as a section of its own, labelled as such; none where there is none. */
export function suggestionSection(suggestion: ProposeRequest["suggestion"]): readonly (readonly [string, string])[] {
  if (suggestion === undefined) return [];
  const { heading, task } = suggestionPrompt;
  return [[heading, `gene: ${suggestion.gene}\n${fenced(suggestion.text)}\n${task}`]];
}

/** What was tried in vain, one line each. */
export function describeFailed(attempts: readonly FailedAttempt[]): string {
  const lines = attempts
    .slice(-shownAttempts)
    .map(({ change, reason }) => `- ${cut(change, briefLength)} (${cut(reason, briefLength)})`);
  return lines.length === 0 ? "(none)" : lines.join("\n");
}

/** What made candidates better earlier, one line each. */
export function describeGained(hypotheses: readonly string[] = []): string {
  const lines = hypotheses.slice(-shownAttempts).map((hypothesis) => `- ${cut(hypothesis, briefLength)}`);
  return lines.length === 0 ? "(none)" : lines.join("\n");
}
