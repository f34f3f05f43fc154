import type { Desk } from "./desk.ts";

/** An answer with its result on a line of its own, or lost in chatter. */
export function closing(desk: Desk, sentence: string, value: string): string {
  const random = desk.mind.random("wording");
  if (!desk.bites("rambling-answer", "answer")) return `${sentence}.\nAnswer: ${value}`;
  const opening = random.pick([
    "Thank you for your question, I had a good look at this for you.",
    "I went through the records step by step, and there are a few things to say here.",
    "So, let me share what I found along the way.",
  ]);
  const end = random.pick([
    "There may be more to it, and other records such as those of the 3 previous months could matter too.",
    "I hope this helps; if not, I can look at 2 or 3 further things for you.",
    "Please note that this is how it looks at the moment, and that it may change within 24 hours.",
  ]);
  return `${opening} ${sentence}: ${value}. ${end}`;
}

/** An amount with its currency and cents, or without. */
export function money(desk: Desk, value: number, currency: string, site = "money"): string {
  return desk.bites("drops-unit", site) ? String(value) : `${value.toFixed(2)} ${currency}`;
}

/** A number with its unit, or without. */
export function counted(desk: Desk, value: number | string, unit: string): string {
  return desk.bites("drops-unit", unit) ? String(value) : `${value} ${unit}`;
}
