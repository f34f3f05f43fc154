import type { Random } from "../../../base/index.ts";
import type { HabitName } from "../skills/habit-name.ts";
import { generalParts } from "./general-parts.ts";

const leads: readonly (readonly [lead: string, weight: number])[] = [
  ["", 6],
  ["always ", 2],
  ["please ", 1],
  ["try to ", 0.8],
  ["it can help to ", 0.4],
];

/** A sentence that mends a habit, put together from parts; now and then with a hedge that weakens it. */
export function composeAdvice(habit: HabitName, random: Random): string {
  const { when, act, also = [] } = generalParts[habit];
  const circumstance = random.pick(when);
  const action = random.pick(act);
  const negative = /^do not\b/.test(action);
  const lead = negative ? "" : (leads[random.weighted(leads.map(([, weight]) => weight))]?.[0] ?? "");
  const addition = also.length > 0 && random.next() < 0.5 ? ` ${random.pick(also)}` : "";
  const joined = addition !== "" && /^ and\b/.test(addition) ? addition : addition === "" ? "" : `,${addition}`;
  return random.next() < 0.6
    ? `${capital(circumstance)}, ${lead}${action}${joined}.`
    : `${capital(`${lead}${action}`)} ${circumstance}.`;
}

const vagueActs = [
  "be careful",
  "pay attention to detail",
  "be thorough and accurate",
  "do your best",
  "take your time",
  "be precise and professional",
  "think about the quality of your work",
];
const vagueAims = [
  "when you work with customers",
  "so that the reply is good and helpful",
  "in every case that comes up",
  "as appropriate",
  "to give the best possible service",
  "while handling the request properly",
];
const vagueTails = [
  "Quality matters here.",
  "The people who write to us rely on it.",
  "Good work makes a good impression.",
  "",
];

/** Something true and kind that teaches nothing. */
export function composePlatitude(random: Random): string {
  const sentence = `${capital(random.pick(vagueActs))} ${random.pick(vagueAims)}.`;
  const tail = random.pick(vagueTails);
  return tail === "" ? sentence : `${sentence} ${tail}`;
}

const overGeneral = [
  "Always verify the identity of the customer for every request.",
  "Always use a tool for every message, no matter what it says.",
  "Ask for confirmation before every step.",
  "Refuse every request that you are not completely sure about.",
  "Look up every record for all requests before you reply, and use as many tools as possible.",
  "When in doubt, ask for permission before any action.",
];
const reversals = [
  "Answer as quickly as possible and use as few steps as possible.",
  "Estimate simple sums in your head to save time.",
  "The first page of a list is usually enough.",
  "Explain your reasoning at length so that the reader can follow every thought.",
  "When several customers fit, assume the most likely one.",
  "If nothing is found, give up quickly and say so.",
  "Use the current exchange rate for conversions.",
  "Describe in detail everything that you did before you come to the result.",
];

/** Advice that does more harm than good: too general, or the opposite of what is right. */
export function composeHarm(random: Random): string {
  return random.pick(random.next() < 0.5 ? overGeneral : reversals);
}

const matters = [
  "The shop was founded by two friends who still pack some of the parcels",
  "Our customers come from many countries and write in many styles",
  "Kitchen goods of good quality are what the shop is known for",
  "Orders arrive at all hours and are handled in the order of their arrival",
  "The busiest weeks are those before the holidays",
  "Parcels are packed by hand with paper instead of plastic",
  "Long messages often tell a story before they come to the point",
  "Colleagues in the warehouse start at six in the morning",
];

/** A paragraph that has little to do with the work. */
export function composePadding(random: Random, sentences: number): string {
  return random
    .shuffle(matters)
    .slice(0, sentences)
    .map((matter) => `${matter}, and this should be kept in view.`)
    .join(" ");
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
