import { sentencesOf } from "./classify-prose.ts";

/** The order somebody claims money for, as it is written in the message. */
export interface Claim {
  readonly order: string;
  /** ISO form. */
  readonly date: string | undefined;
  readonly amount: number | undefined;
  readonly currency: string | undefined;
}

interface Mention {
  readonly order: string;
  /** Everything said of that order. */
  readonly said: readonly string[];
}

const settled =
  /\b(?:perfect|settled|refunded long ago|shines|beautiful\w*|on its way|complete|kept?|keep|keeping|ok|okay|fine|closed|quickly|works?|worked|had worked|alone|ignored|withdrawn|everything was in it|another customer|not need|correctly|are back|have reached|arrived\.?$|do not mix|not about|can be ignored|has been solved|unlike|for comparison|sister|earlier request|thank you for)\b/gi;
const claimed =
  /\b(?:missing|broken|wrong|want|refund request|refund|owe|never|pieces|back|twice|half empty|claim|due to me|complain|mine|my own|would like|same with|reimburse\w*|stained|too much|incomplete|does not|sold out|too|but|it is|today|i do)\b/gi;

/** Reads the claim out of a message; undefined when it names no order. Not `heedful`: the first order, date and sum that come. */
export function readClaim(message: string, heedful: boolean): Claim | undefined {
  const orders = [...new Set(message.match(orderPattern) ?? [])];
  const first = orders[0];
  if (first === undefined) return undefined;
  const chosen = heedful ? chooseMention(mentionsOf(message, orders)) : { order: first, said: [message] };
  const said = chosen.said.join(" ");
  const sums = sumsIn(said);
  const sum = (heedful ? sums.find(({ asked }) => asked) : undefined) ?? sums[0] ?? sumsIn(message)[0];
  return { order: chosen.order, date: datesIn(said)[0], amount: sum?.amount, currency: sum?.currency };
}

const orderPattern = /\b[A-Z]{1,5}-\d{3,}\b/g;

function chooseMention(mentions: readonly Mention[]): Mention {
  const scored = mentions.map((mention) => {
    const said = mention.said.join(" ");
    return { mention, score: count(said, claimed) - 2 * count(said, settled) };
  });
  return scored.reduce((a, b) => (b.score > a.score ? b : a)).mention;
}

function count(text: string, words: RegExp): number {
  return text.match(words)?.length ?? 0;
}

/** Gives each clause to the order it speaks of: the one it names or points to with a word, else the one before. */
function mentionsOf(message: string, orders: readonly string[]): Mention[] {
  const said = new Map<string, string[]>(orders.map((order) => [order, []]));
  let current = orders[0] ?? "";
  for (const clause of sentencesOf(message).flatMap(clausesOf)) {
    const named = clause.match(orderPattern)?.[0];
    current = named ?? pointedOut(clause, message, orders) ?? current;
    said.get(current)?.push(clause);
  }
  return [...said].map(([order, clauses]) => ({ order, said: clauses }));
}

function pointedOut(clause: string, message: string, orders: readonly string[]): string | undefined {
  if (/\bthe former\b/i.test(clause)) return orders[0];
  if (/\bthe latter\b/i.test(clause)) return orders.at(-1);
  return /\bmine\b/i.test(clause)
    ? orders.find((order) => message.toLowerCase().includes(`my order ${order}`.toLowerCase()))
    : undefined;
}

/** A sentence cut so that no piece names two orders: at semicolons, and between two orders at the last comma or joining word. */
function clausesOf(sentence: string): string[] {
  return sentence.split(/;\s+/).flatMap((piece) => {
    const places = [...piece.matchAll(orderPattern)];
    const cuts = places.slice(1).map((place, index) => {
      const start = (places[index]?.index ?? 0) + (places[index]?.[0].length ?? 0);
      const between = piece.slice(start, place.index);
      const joint = Math.max(between.lastIndexOf(", "), between.lastIndexOf(" and "), between.lastIndexOf(" but "));
      return start + (joint === -1 ? 0 : joint);
    });
    return [0, ...cuts].map((cut, index) => piece.slice(cut, cuts[index]));
  });
}

interface Sum {
  readonly amount: number;
  readonly currency: string;
  /** Whether the words beside it ask for it. */
  readonly asked: boolean;
}

const currencies: Readonly<Record<string, string>> = {
  "€": "EUR",
  euro: "EUR",
  euros: "EUR",
  $: "USD",
  dollars: "USD",
  "£": "GBP",
  pounds: "GBP",
  francs: "CHF",
};
const money = "€|\\$|£|EUR|USD|GBP|CHF|euros?|dollars|pounds|francs";
const sumPattern = new RegExp(
  `(?:(?<before>${money})\\s?)(?<a>\\d[\\d.,]*\\d|\\d)|(?<b>\\d[\\d.,]*\\d|\\d)\\s?(?<after>${money})`,
  "g",
);

function sumsIn(text: string): Sum[] {
  return [...text.matchAll(sumPattern)].map((match) => {
    const { before, a, b, after } = match.groups ?? {};
    const name = before ?? after ?? "";
    const around = text.slice(Math.max(0, match.index - 40), match.index + match[0].length + 40);
    const asked =
      /\bback\b|\bwant\b|\bask for\b|\bowe\b|\brefund\b|\bclaim\b|\bdue\b|\breturn|\breimburs|\btransfer\b|\bmissing\b/i.test(
        around,
      );
    return { amount: readAmount(a ?? b ?? ""), currency: currencies[name] ?? name, asked };
  });
}

/** 1,204.50 and 1204,50 alike: the last separator before two digits is the decimal one. */
function readAmount(text: string): number {
  const decimal = /[.,](\d{1,2})$/.exec(text);
  const whole = (decimal === null ? text : text.slice(0, decimal.index)).replace(/[.,]/g, "");
  return Number(`${whole}.${decimal?.[1] ?? "0"}`);
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const month = `(?<month>${months.join("|")})[a-z]*\\.?`;
const datePatterns = [
  /(?<year>\d{4})-(?<number>\d{2})-(?<day>\d{2})/,
  /(?<day>\d{1,2})\.(?<number>\d{1,2})\.(?<year>\d{4})/,
  new RegExp(`(?<day>\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${month},? (?<year>\\d{4})`, "i"),
  new RegExp(`${month} (?<day>\\d{1,2})(?:st|nd|rd|th)?,? (?<year>\\d{4})`, "i"),
];

/** Days in a text, in ISO form and in order. */
function datesIn(text: string): string[] {
  return datePatterns
    .flatMap((pattern) => [...text.matchAll(new RegExp(pattern, "gi"))])
    .toSorted((a, b) => a.index - b.index)
    .map(({ groups = {} }) => {
      const number = groups["number"] ?? String(months.indexOf((groups["month"] ?? "").toLowerCase()) + 1);
      return `${groups["year"]}-${number.padStart(2, "0")}-${(groups["day"] ?? "").padStart(2, "0")}`;
    });
}
