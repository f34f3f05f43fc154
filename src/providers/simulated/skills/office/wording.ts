import type { Desk } from "./desk.ts";

/** An answer with its result on a line of its own, or lost in chatter. */
export function closing(desk: Desk, sentence: string, value: string): string {
  if (!desk.bites("rambling-answer", "answer")) return `${sentence}.\nAnswer: ${value}`;
  const random = desk.mind.random("chatter");
  const opening = random.pick([
    "Thank you for your question! I had a good look at this for you, and I am happy to share what came up.",
    "I went through the records one after the other, and there are a few things to say about it.",
    "So, let me walk you through what I did here before I come to the point.",
  ]);
  const end = random.pick([
    "There may be more to it, of course, and other records could matter as well.",
    "I hope this helps. Just tell me if I should look any further into it.",
    "Please note that this is how it looks at the moment, and that it may well change.",
    "If anything is unclear, our team of 3 will come back to you within 24 hours.",
  ]);
  return `${opening} ${sentence}. As far as I can see it is ${value}, going by what the tools told me. ${end}`;
}

export function refusal(desk: Desk, why: string): string {
  return closing(desk, `I'm sorry, but this cannot be done: ${why}`, "refused");
}

/** An amount with its currency and cents, or without. */
export function money(desk: Desk, value: number, currency: string): string {
  if (desk.bites("drops-unit", "amount")) return String(Number(value.toFixed(2)));
  return desk.bites("careless-rounding", "amounts") ? `${Math.round(value)} ${currency}` : exactMoney(value, currency);
}

export function exactMoney(value: number, currency: string): string {
  return `${value.toFixed(2)} ${currency}`;
}

/** A number with its unit, or without. */
export function withUnit(desk: Desk, value: number | string, unit: string): string {
  return desk.bites("drops-unit", "amount") ? String(value) : `${value}${unit === "" ? "" : " "}${unit}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
