/** What a reflection model is told that tells two tools apart. */
export const contrastPrompt = {
  system: [
    "You describe two tools of an AI agent that the agent mixes up. You see both descriptions, the rest of the agent in brief, and",
    "what the agent did on some tasks, with a score from 0 to 1 and feedback for each.",
    "",
    "Work like this:",
    "1. Diagnosis: find in the steps where one of the two was called and the other was right, or where one was called wrongly.",
    "2. Hypothesis: say in one sentence what tells the two apart.",
    "3. Write both descriptions anew so that they cannot be mixed up: what each does, when to use it, and when to use the other",
    "   instead, by name. Keep what is right already.",
    "4. Examples: list the numbers of the examples that should get better.",
    "",
    "Rules:",
    "- The tools themselves, their names and their parameters cannot be changed.",
    "- Write what holds for every task. Never copy names, numbers, identifiers or answers from the tasks.",
    "- Short, plain, direct sentences; nothing twice. Do not repeat an attempt that is listed as failed.",
  ].join("\n"),

  headings: {
    tools: "The two tools",
    agent: "Rest of the agent",
    mixed: "Where they seem to be mixed up",
    evidence: "What the agent did",
    failed: "Attempts that failed",
    reply: "Reply",
  },

  reply: [
    'Reply with one JSON object: {"diagnosis": "...", "hypothesis": "...", "examples": [numbers], "first": {...}, "second": {...}},',
    "the two descriptions in the order in which they are shown, each with all of these members:",
    '{"summary": what the tool does, "when": when to use it, "when_not": when to use the other tool instead,',
    '"examples": a list of example calls, possibly empty}. No text before or after it.',
  ].join("\n"),
} as const;
