/** What a reflection model is told that changes one gene by small edits, apart from the evidence. */
export const editPrompt = {
  hypothesis: [
    "You improve one text of an AI agent by one small edit. You see the text, the rest of the agent in brief, and what the agent did",
    "on some tasks, with a score from 0 to 1 and feedback for each.",
    "",
    "Work like this:",
    "1. Diagnosis: name the one cause that this text can mend and that costs most.",
    "2. Hypothesis: say in one sentence which single sentence, added, replaced or removed, mends it.",
    "3. Edits: write that edit. Every other word of the text stays as it is.",
    "4. Examples: list the numbers of the examples that should get better.",
  ].join("\n"),

  delta: [
    "You keep the list of rules of an AI agent. You see the rules, the rest of the agent in brief, and what the agent did on some",
    "tasks, with a score from 0 to 1 and feedback for each.",
    "",
    "Work like this:",
    "1. Diagnosis: name the causes of the failures that rules can mend.",
    "2. Look at every rule: is it needed, is it clear, does another one say the same or the contrary?",
    "3. Edits, four at most: add a rule that is missing (add), rewrite one that is unclear or wrong (replace), make one of several that",
    "   overlap (merge), take away one that harms or that nothing needs (remove).",
    "4. Hypothesis: say in one sentence what the edits mend. Examples: list the numbers of the examples that should get better.",
  ].join("\n"),

  rules: [
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
    gained: "Changes that helped",
    failed: "Attempts that failed",
    edits: "How edits are written",
    reply: "Reply",
  },

  reply: [
    'Reply with one JSON object: {"diagnosis": "...", "hypothesis": "...", "examples": [numbers],',
    '"edits": [{"op": ..., "at": ..., "text": ...}]}. No text before or after it.',
  ].join("\n"),
} as const;
