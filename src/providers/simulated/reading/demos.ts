import type { HabitName } from "../skills/habit-name.ts";
import { noHeed, withLesson, type Heed, type Heeds } from "./heed.ts";

/** A worked example in the conversation: what somebody asked and what the assistant replied. */
export interface Demo {
  readonly input: string;
  readonly output: string;
}

interface Shown {
  readonly habit: HabitName;
  /** Whether the example is about this at all. */
  readonly about: RegExp;
  /** Whether it shows the right thing; else it shows the wrong one. */
  readonly right: RegExp;
  readonly weight: number;
}

/** What examples can show, looked for in the reply. */
const shows: readonly Shown[] = [
  { habit: "rambling-answer", about: /\S/, right: /^answer: \S.{0,60}$/im, weight: 0.6 },
  { habit: "drops-unit", about: /^answer:.*\d/im, right: /^answer:.*\d\s*(?:[A-Z]{3}\b|days|%)/im, weight: 0.6 },
  { habit: "wrong-date-format", about: /\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/, right: /\b\d{4}-\d{2}-\d{2}\b/, weight: 0.5 },
  { habit: "amount-in-minor-units", about: /\d[\d.,]* ?[A-Z]{3}\b/, right: /\d[.,]\d{2} ?[A-Z]{3}\b/, weight: 0.5 },
  { habit: "name-instead-of-id", about: /_lookup|_search|_verify/, right: /\b[A-Z]-\d{3,}/, weight: 0.5 },
  { habit: "search-instead-of-lookup", about: /[A-Z]-\d{3,}/, right: /_lookup/, weight: 0.4 },
  { habit: "lookup-instead-of-search", about: /customer_search|order_search/, right: /_search/, weight: 0.4 },
  { habit: "mental-arithmetic", about: /\d ?[*+] ?\d|\btotal\b|\bsum\b/, right: /calculat/, weight: 0.6 },
  { habit: "mental-dates", about: /\bdays\b/, right: /days_between/, weight: 0.6 },
  { habit: "skips-conversion", about: /exchange_rate|\bUSD\b|\bGBP\b/, right: /exchange_rate/, weight: 0.5 },
  {
    habit: "wrong-rate-date",
    about: /exchange_rate/,
    right: /(?:day|date) of (?:the|its) order|order date|its own date/i,
    weight: 0.7,
  },
  { habit: "careless-rounding", about: /\d\.\d/, right: /round\(|\d\.\d{2}\b/, weight: 0.5 },
  {
    habit: "skips-identity-check",
    about: /refund|cancel/i,
    right: /identity_verify[\s\S]*(?:refund_issue|refund_quote|order_cancel)/,
    weight: 0.7,
  },
  { habit: "skips-window", about: /refund_issue|refund/i, right: /polic[\s\S]*days_between|window/i, weight: 0.6 },
  { habit: "ignores-limit", about: /refund_issue/, right: /\blimit\b/i, weight: 0.6 },
  { habit: "skips-quote", about: /refund_issue/, right: /refund_quote[\s\S]*refund_issue/, weight: 0.7 },
  { habit: "issues-instead-of-quotes", about: /refund_(?:quote|issue)/, right: /refund_quote/, weight: 0.5 },
  { habit: "quotes-instead-of-issues", about: /refund_(?:quote|issue)/, right: /refund_issue/, weight: 0.5 },
  { habit: "notes-instead-of-policy", about: /policy_search/, right: /policy_search/, weight: 0.4 },
  { habit: "policy-instead-of-notes", about: /note_search/, right: /note_search/, weight: 0.4 },
  {
    habit: "guesses-when-ambiguous",
    about: /two (?:customers|orders)|several|which one/i,
    right: /which (?:one|order|customer|of).*\?/i,
    weight: 0.8,
  },
  {
    habit: "wrong-field-format",
    about: /^\s*[{"]|^\s*[\w-]+\s*$/,
    right: /^\s*\{[\s\S]*\}\s*$|^\s*[\w-]{2,20}\s*$/,
    weight: 0.6,
  },
  { habit: "label-outside-list", about: /^\s*[\w-]{2,20}\s*$/, right: /^\s*[a-z][\w-]{1,19}\s*$/, weight: 0.5 },
];

/** What worked examples teach; `left` is the attention that the prompt leaves them. */
export function readDemos(demos: readonly Demo[], left: number): Heeds {
  const heeds = new Map<HabitName, Heed>();
  for (const { input, output } of demos) {
    if (input.trim() === "" || output.trim() === "") continue;
    for (const { habit, about, right, weight } of shows) {
      if (!about.test(output)) continue;
      const asks = /\?\s*$/.test(output.trim());
      if (asks && (habit === "rambling-answer" || habit === "drops-unit")) continue;
      const strength = (right.test(output) ? weight : -weight / 2) * left;
      heeds.set(habit, withLesson(heeds.get(habit) ?? noHeed, strength));
    }
  }
  return heeds;
}
