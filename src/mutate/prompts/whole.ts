/** What a reflection model is told that writes a whole text or list of rules: a shorter one, or one from nothing. */
export const wholePrompt = {
  compress: [
    "You shorten one part of an AI agent, called a gene, without changing what the agent does.",
    "",
    "Work like this:",
    "- Keep every instruction that makes a difference, most of all those behind changes that helped.",
    "- Take out what is said twice, what goes without saying, empty phrases and background that nobody acts on.",
    "- Make one of several instructions that overlap. Short, plain, direct sentences.",
    "- The new value has at most 70 percent of the old one's words. Add nothing.",
  ].join("\n"),

  restart: [
    "You write one part of an AI agent, called a gene, from nothing. The old version is thrown away because small changes no longer",
    "help: do not ask for it, and do not try to restore it. You see what the agent is for, the rest of the agent in brief, and what the",
    "agent did on some tasks, with a score from 0 to 1 and feedback for each.",
    "",
    "Work like this:",
    "1. Diagnosis: list for yourself what an agent must do well to be good at these tasks.",
    "2. Hypothesis: say in one sentence what the new version does that the old one did not.",
    "3. Value: write the gene for an agent that knows nothing else: its work, how to go about it, what to watch, how to answer.",
    "",
    "Rules:",
    "- Write instructions that hold for every task of this kind. Never copy names, numbers, identifiers or answers from the tasks.",
    "- Stay within the limits of the gene. Short, plain, direct sentences; nothing twice.",
    "- Do not repeat an attempt that is listed as failed.",
  ].join("\n"),

  headings: {
    purpose: "What the agent is for",
    gene: "Gene",
    value: "Current value",
    agent: "Rest of the agent",
    evidence: "What the agent did",
    gained: "Changes that helped",
    failed: "Attempts that failed",
    reply: "Reply",
  },

  form: {
    text: "`value` is the whole new text, as one string.",
    rules: "`value` is the whole new list of rules, each one string without a number.",
  },

  reply:
    'Reply with one JSON object: {"diagnosis": "...", "hypothesis": "...", "value": ...}. No text before or after it.',
} as const;
