import { contentHash, type Json } from "../../base/index.ts";
import type { ChatRequest } from "../../providers/index.ts";
import { exampleOf } from "./example.ts";

/** The name of a request: the same whenever the same is asked, so that a resume finds it again. */
export function requestName(request: ChatRequest): string {
  return contentHash(request).slice("s256:".length, "s256:".length + 12);
}

/**
 * A request for a proposal as one text for people and agents: how to answer, what to do, the evidence, the schema, an example. `flaw` is what
 * is wrong with the answer that lies beside it, if one does.
 */
export function requestText(name: string, request: ChatRequest, flaw?: string): string {
  const said = (role: "system" | "user"): string =>
    request.messages.flatMap((message) => (message.role === role ? [message.content] : [])).join("\n\n");
  const schema = request.responseSchema?.schema;
  const form =
    schema === undefined
      ? ["Any text will do."]
      : [
          "It must be JSON of this schema, with every member:",
          fenced(pretty(schema)),
          "For example:",
          fenced(pretty(exampleOf(schema))),
        ];
  return [
    `# Proposal ${name}`,
    ...(flaw === undefined
      ? []
      : [
          `**The answer in \`${name}.answer.json\` cannot be used: ${flaw}.** Correct it there; the run goes on waiting.`,
        ]),
    `Write your answer into \`${name}.answer.json\` beside this file; best under another name first, then renamed, so that it is never read half written.`,
    "# The answer",
    ...form,
    "# What to do",
    said("system"),
    said("user"),
  ]
    .join("\n\n")
    .concat("\n");
}

function pretty(value: Json): string {
  return JSON.stringify(value, null, 2);
}

function fenced(text: string): string {
  return `\`\`\`json\n${text}\n\`\`\``;
}
