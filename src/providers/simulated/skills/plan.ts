import type { Random } from "../../../base/index.ts";

const steps: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /\b(e-?mail|@|customer|\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+)/u,
    ["Find out which customer is meant.", "Search for the customer and note the customer number."],
  ],
  [
    /\b(O-\d+|orders?)\b/i,
    ["Open every order that matters, all pages of the list.", "List the orders and go through all of them."],
  ],
  [
    /\b(refund|cancel|money back)\b/i,
    ["Check identity and the rules before changing anything.", "Verify who is asking and what the policy allows."],
  ],
  [
    /\b(EUR|USD|GBP|SEK|CHF|PLN|total|sum|percent|%|days)\b/,
    ["Work out the figure with the tools.", "Convert and add up with the calculator."],
  ],
];

/** A short numbered plan for a request, as a capable model writes it before it acts. */
export function writePlan(request: string, random: Random): string {
  const fitting = steps.filter(([pattern]) => pattern.test(request)).map(([, wordings]) => random.pick(wordings));
  const all = [
    "Read the request and decide what is asked.",
    ...fitting,
    "Check that nothing is missing.",
    "Give the final answer.",
  ];
  return all.map((step, index) => `${index + 1}. ${step}`).join("\n");
}
