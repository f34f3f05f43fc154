import type { GeneType } from "../../genome/index.ts";

/** The gene types that a reflection model rewrites. */
export type ReflectedType = Extract<GeneType, "text" | "rules" | "tool">;

/** What a reflection model is told that rewrites one gene, apart from the evidence. */
export const reflectPrompt = {
  system: [
    "You improve one part of an AI agent, called a gene. You see the gene, the rest of the agent in brief, and what the agent",
    "did on some tasks, with a score from 0 to 1 and feedback for each.",
    "",
    "Work like this:",
    "1. Diagnosis: compare what the agent did with the feedback and name the one most likely cause that this gene can mend.",
    "2. Hypothesis: say in one sentence which single change mends that cause, and on which kind of task it should show.",
    "3. Value: write the gene with that change and no other. Keep what already works.",
    "",
    "Rules:",
    "- Write instructions that hold for every task of this kind. Never copy names, numbers, identifiers or answers from the tasks.",
    "- Stay within the limits of the gene. Short, plain, direct sentences; nothing twice.",
    "- Do not repeat an attempt that is listed as failed.",
  ].join("\n"),

  headings: {
    gene: "Gene",
    value: "Current value",
    agent: "Rest of the agent",
    evidence: "What the agent did",
    failed: "Attempts that failed",
    reply: "Reply",
  },

  /** What the gene is, for the model. */
  kind: {
    text: "a text that the agent is given as part of its instructions",
    rules: "a numbered list of rules that the agent is given as part of its instructions",
    tool: "the description by which the agent decides when and how to use a tool; the tool itself cannot be changed",
  } satisfies Record<ReflectedType, string>,

  /** The form of `value` in the reply. */
  form: {
    text: "`value` is the whole new text, as one string.",
    rules: [
      "`value` is a list of edits to the numbered rules, not the whole list:",
      '{"op": "add", "index": null, "text": "..."} adds a rule at the end,',
      '{"op": "replace", "index": 2, "text": "..."} rewrites rule 2,',
      '{"op": "remove", "index": 2, "text": null} removes rule 2. Numbers are those shown above. One or two edits are best.',
    ].join("\n"),
    tool: [
      "`value` is an object with all of these members:",
      '{"summary": what the tool does, "when": when to use it, "when_not": when to use another tool instead,',
      '"examples": a list of example calls or uses, possibly empty}.',
    ].join("\n"),
  } satisfies Record<ReflectedType, string>,

  reply: [
    'Reply with one JSON object: {"diagnosis": "...", "hypothesis": "...", "value": ...}.',
    "If you cannot reply with JSON alone, put the value, and nothing else, between one pair of ``` fences.",
  ].join("\n"),
} as const;
