/** Mistakes the simulated model falls into unless its prompt, tools, examples or plan mend them. */
export const habitNames = [
  "search-instead-of-lookup",
  "lookup-instead-of-search",
  "issues-instead-of-quotes",
  "quotes-instead-of-issues",
  "notes-instead-of-policy",
  "policy-instead-of-notes",
  "wrong-date-format",
  "amount-in-minor-units",
  "name-instead-of-id",
  "mental-arithmetic",
  "skips-conversion",
  "wrong-rate-date",
  "mental-dates",
  "careless-rounding",
  "skips-identity-check",
  "skips-window",
  "ignores-limit",
  "skips-quote",
  "stops-early",
  "ignores-further-pages",
  "loses-thread",
  "gives-up-on-empty",
  "rambling-answer",
  "drops-unit",
  "guesses-when-ambiguous",
  "needless-tools",
  "leaks-private-data",
  "label-outside-list",
  "ignores-secondary-cue",
  "wrong-field-format",
] as const;

export type HabitName = (typeof habitNames)[number];

/** Where a habit can be mended: the system prompt, the descriptions of tools, worked examples, a plan in view. */
export type Channel = "words" | "tools" | "demos" | "plan";

/** A figure for each habit; a habit that is not there has none. */
export type HabitWeights = Readonly<Partial<Record<HabitName, number>>>;
