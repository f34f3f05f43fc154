import { data, rows, text, type Data, type Desk, type Work } from "./desk.ts";
import type { OfficeRequest } from "./request.ts";
import { closing, money } from "./wording.ts";

/** Words people use for a matter, and the words a shop's papers use for it: what a reader of English knows. */
const otherWords: readonly (readonly [said: RegExp, written: readonly string[]])[] = [
  [/\b(swap|trade|exchang\w*|another colour)\b/i, ["exchange", "unused"]],
  [/\b(postage|post parcels|at no cost|shipping fee|free shipping|waive)\b/i, ["delivery", "shipping", "free"]],
  [/\b(voucher|coupon|gift ?card)\b.*\b(expire\w*|good|lapse|valid|month\w*)\b/i, ["gift", "card"]],
  [/\b(guarantee|repair a|breaks down|warrant\w*)\b/i, ["warranty", "defects"]],
  [/\b(smashed|arrived broken|damaged?)\b/i, ["damage", "transport"]],
  [/\b(cheaper)\b.*\b(shop|elsewhere)\b|\banother shop\b/i, ["price", "competitor"]],
  [/\b(membership|golden|spending|level|regular)\b/i, ["loyalty", "tiers"]],
  [/\b(firm|bill|pay later|restaurant|compan\w*)\b/i, ["invoice", "business"]],
  [/\b(collect|fetch|reserved|pick\W?up)\b/i, ["counter", "held"]],
  [/\b(pack\w*|paper|ribbon|wrap\w*)\b/i, ["wrapping"]],
  [/\b(how old|teenager|from how many years|age)\b/i, ["age", "blades"]],
  [/\b(schools?|teacher|kindergarten|pupils)\b/i, ["discount", "educational"]],
  [/\b(apolog\w+|compensation|trouble)\b/i, ["goodwill", "credit"]],
  [/\b(phone|telephone)\b/i, ["call", "ring"]],
  [/\b(holiday|vacation)\b/i, ["away", "absent"]],
  [/\b(next purchase|rebate)\b/i, ["discount", "off"]],
  [/\b(nobody|opens|accepts deliver\w+|at home)\b/i, ["neighbour"]],
  [/\b(mending|fixing|fix|broken appliance|machine)\b/i, ["repair", "estimate"]],
  [/\b(send back|bring back|return\w*|refund\w*|money back)\b/i, ["refund", "window"]],
  [/\bcancel\w*\b/i, ["cancel"]],
];

/** What the shop's rules say about a matter that the question names in other words than they do. */
export function* policyQuestion(desk: Desk, said: OfficeRequest): Work<string> {
  if (desk.bites("notes-instead-of-policy", "question")) {
    yield* desk.ask("note_search", { query: said.names.length > 0 ? matterOf(said.text) : firstWords(said.text) });
    if (desk.bites("gives-up-on-empty", "notes for policy")) return guess(desk, said.text);
  }
  const texts = yield* searched(desk, said.text, function* (query) {
    return rows(data(yield* desk.ask("policy_search", { query })), "articles");
  });
  return found(desk, said.text, texts);
}

/** What a colleague wrote about a customer, in words of their own. */
export function* noteQuestion(desk: Desk, said: OfficeRequest): Work<string> {
  const customer_id = said.customer;
  if (desk.bites("policy-instead-of-notes", "question")) {
    yield* desk.ask("policy_search", { query: matterOf(said.text) });
    if (desk.bites("gives-up-on-empty", "policy for notes")) return guess(desk, said.text);
  }
  const texts = yield* searched(desk, said.text, function* (query) {
    const given: Data = customer_id === undefined ? { query } : { query, customer_id };
    return rows(data(yield* desk.ask("note_search", given)), "notes");
  });
  return found(desk, said.text, texts);
}

/** Searches with the asker's own word first, then with the words the papers use, until something comes up. */
function* searched(
  desk: Desk,
  question: string,
  search: (query: string) => Work<readonly Data[]>,
): Work<readonly string[]> {
  const written = otherWords.filter(([said]) => said.test(question)).flatMap(([, words]) => words.slice(0, 1));
  for (const query of [matterOf(question), ...written.slice(0, 2)]) {
    const texts = (yield* search(query)).map((row) => text(row, "text"));
    if (texts.some((one) => valueIn(question, one) !== undefined)) return texts;
    if (desk.bites("gives-up-on-empty", "papers")) return [];
  }
  return [];
}

function found(desk: Desk, question: string, texts: readonly string[]): string {
  const value = texts.map((one) => valueIn(question, one)).find((one) => one !== undefined);
  if (value === undefined) return guess(desk, question);
  const [, sum] = /^([\d.]+) EUR$/.exec(value) ?? [];
  return closing(desk, "This is what I found in writing", sum === undefined ? value : money(desk, Number(sum), "EUR"));
}

/** What is usual elsewhere, told as if it were the rule here. */
function guess(desk: Desk, question: string): string {
  const random = desk.mind.random("guess");
  const usual = /\bpercent\b/i.test(question)
    ? `${random.pick([5, 20])} %`
    : /\bmonths\b/i.test(question)
      ? "12 months"
      : /\bdays\b/i.test(question)
        ? `${random.pick([2, 90])} days`
        : "I could not find it";
  return closing(desk, "I found nothing in writing; usually it is like this", usual);
}

/** The figure, date or name that answers the question, if the text holds one. */
function valueIn(question: string, written: string): string | undefined {
  const asked = (pattern: RegExp): boolean => pattern.test(question);
  if (asked(/\b(which date|what date|what for date|until which|when does|for what date)\b/i))
    return /\d{4}-\d{2}-\d{2}/.exec(written)?.[0];
  if (asked(/\b(with whom|who accepts|need the name)\b/i)) return /neighbour, ([^,]+),/.exec(written)?.[1];
  if (asked(/\bpercent\b|%/i)) return /\d+(?:\.\d+)? %/.exec(written)?.[0];
  if (asked(/\bmonths?\b/i)) return /\d+ months/.exec(written)?.[0];
  if (asked(/\bhow old\b|\bhow many years\b/i)) {
    const years = /aged (\d+)/.exec(written)?.[1];
    return years === undefined ? undefined : `${years} years`;
  }
  if (asked(/\b(second best|golden)\b/i)) return /gold from ([\d.]+ EUR)/.exec(written)?.[1];
  if (asked(/\bdays?\b/i)) return /\d+ days/.exec(written)?.[0];
  if (asked(/\b(sum|how much|charge|price|cost|large|compensation)\b/i)) return /[\d.]+ EUR/.exec(written)?.[0];
  return undefined;
}

/** The word a person would type first: the longest telling one of the question. */
function matterOf(question: string): string {
  return (
    firstWords(question)
      .split(" ")
      .toSorted((a, b) => b.length - a.length)[0] ?? question
  );
}

const plainWords = new Set(
  "how many much what which when from with within until does have the and that this for our one some somebody people customer customers may must can please look through internal notes talked colleague left time ago about need rule not guess line shop asks quick question till refers conversation mine written down their there they will would should year years days months date name who whom".split(
    " ",
  ),
);

function firstWords(question: string): string {
  const words = question.toLowerCase().match(/[a-z][a-z'-]{3,}/g) ?? [];
  return words
    .filter((word) => !plainWords.has(word))
    .slice(0, 4)
    .join(" ");
}
