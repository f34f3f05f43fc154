import type { GeneType } from "../../genome/index.ts";

/** How edits are written, by type of gene; shown for the types that the genome has. */
export const editForms = {
  text: [
    '{"op": "add", "at": null, "text": "one or two sentences"} adds at the end,',
    '{"op": "replace", "at": "exact words that stand there", "text": "..."} and {"op": "remove", "at": "exact words", "text": null},',
    '{"op": "set", "at": null, "text": "the whole new text"} only when little of it is worth keeping',
  ].join("\n  "),
  rules: [
    '{"op": "add", "at": null, "text": "the new rule"}, {"op": "replace", "at": "2", "text": "..."}, {"op": "remove", "at": "2", "text": null},',
    '{"op": "merge", "at": "2, 5", "text": "one rule that says both"}; numbers are those shown',
  ].join("\n  "),
  tool: [
    '{"op": "add", "at": "when", "text": "one more sentence"}, {"op": "replace", "at": "when_not", "text": "all of it anew"};',
    'members: "summary", "when", "when_not", "examples" (add one example call as text)',
  ].join("\n  "),
  set: '{"op": "add", "at": null, "text": "member"}, {"op": "remove", "at": null, "text": "member"}',
  enum: '{"op": "set", "at": null, "text": "another option"}',
  model: '{"op": "set", "at": null, "text": "another option"}',
  number: '{"op": "set", "at": null, "text": "0.5"}',
  boolean: '{"op": "set", "at": null, "text": "true"}',
  strategy: [
    '{"op": "set", "at": null, "text": "{\\"kind\\": \\"plan\\", \\"max_steps\\": 20, \\"replan\\": \\"never\\"}"};',
    'kinds: direct (one answer, no tools), react (think, act, observe; "max_steps"), plan (a plan first; "max_steps", "replan": "never" or "on-failure")',
  ].join("\n  "),
  labels: '{"op": "set", "at": "an answer", "text": "how it is worded"}',
} satisfies Record<Exclude<GeneType, "demos">, string>;

/** Most hypotheses asked for in one reply. */
const mostHypotheses = 10;

/** What a reflection model is told that diagnoses a whole batch. */
export const diagnosePrompt = {
  system: [
    "You improve an AI agent. You see all its parts, called genes, and what it did on a batch of tasks, with a score from 0 to 1",
    "and feedback for each.",
    "",
    "Work like this:",
    "1. Read all examples and sort the failures by cause: what the agent did, or left out, that made them fail. One cause often",
    "   explains several examples, and one example may have several causes.",
    "2. For each cause choose the one gene in which a change mends it best: rules and texts for what to do and how to answer, a",
    "   tool's description for when and how that tool is called, the strategy for long tasks that are left half done.",
    "   Where a sentence asks for the very mistake, that sentence is replaced or removed, not answered by another one.",
    "3. Write the change as one or two small edits of that gene, and keep everything else.",
    "4. List the numbers of the examples that should get better.",
    "",
    "Rules:",
    "- One hypothesis is one cause and one gene. Two hypotheses differ in their cause or their gene. If a cause needs two genes,",
    "  write two hypotheses.",
    `- The most frequent and most costly causes first; at most ${mostHypotheses} hypotheses, and none that no example supports.`,
    "- Write instructions that hold for every task of this kind. Never copy names, numbers, identifiers or answers from the tasks.",
    "- Stay within the limits of the genes; a frozen gene cannot be changed. Short, plain, direct sentences; nothing twice.",
    "- Do not repeat an attempt that is listed as failed. Build on what helped.",
  ].join("\n"),

  headings: {
    agent: "The agent",
    evidence: "What the agent did",
    gained: "Changes that helped",
    failed: "Attempts that failed",
    found: "Hypotheses to merge",
    edits: "How edits are written",
    reply: "Reply",
  },

  reply: [
    'Reply with one JSON object: {"hypotheses": [{"cause": "what goes wrong and why", "gene": "id of the gene",',
    '"hypothesis": "which change mends it, in one sentence", "examples": [numbers], "edits": [{"op": ..., "at": ..., "text": ...}]}]}.',
    "No text before or after it.",
  ].join("\n"),

  /** For the call that merges what several calls found. */
  merge: [
    "You improve an AI agent. Its failures were read in several groups, each by itself, and hypotheses were written for each group.",
    "Merge them into one list.",
    "",
    "Rules:",
    "- Hypotheses with the same cause and gene become one: take the clearest edits, and the examples of all of them.",
    "- Where two contradict each other, keep the one that more examples support.",
    `- The best supported first; at most ${mostHypotheses}. Do not add hypotheses of your own.`,
    "- Edits must still fit the genes as they are shown.",
  ].join("\n"),
} as const;
