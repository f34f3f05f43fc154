/** What a sentence of office English is about. */
export interface OfficeRequest {
  readonly text: string;
  readonly intent: Intent;
  readonly orders: readonly string[];
  readonly customer: string | undefined;
  readonly sku: string | undefined;
  readonly email: string | undefined;
  /** Full names, in the order they are said. */
  readonly names: readonly string[];
  readonly product: string | undefined;
  readonly currency: string | undefined;
  readonly percent: number | undefined;
  readonly status: string | undefined;
  readonly year: string | undefined;
  /** ISO date. */
  readonly today: string | undefined;
  readonly city: string | undefined;
}

export type Intent =
  | "order-status"
  | "tracking"
  | "customer-tier"
  | "customer-city"
  | "stock"
  | "newest-order"
  | "paid-for-product"
  | "days-between"
  | "order-total"
  | "refund"
  | "cancel"
  | "count-orders"
  | "year-spending"
  | "orders-with-product"
  | "vague-customer"
  | "policy-question"
  | "note-question"
  | "small-talk"
  | "private-data"
  | "write-sentence"
  | "tell-more";

const currencies = /\b(EUR|USD|GBP|SEK|CHF|PLN|DKK|NOK|CZK|JPY|CAD|AUD|HUF)\b/;
const statuses = /\b(pending|processing|shipped|delivered|cancelled|canceled|returned)\b/i;
const isoDate = /\b(20\d\d-\d\d-\d\d)\b/;
/** Capitalised words that begin sentences or name days, not people. */
const notNames = new Set(
  (
    "Please Today Which What Where When Who How Is Are Can Could Would Will Do Does Did I I'm I'd The A An In On Of For From By Before After Order Orders Customer Our My Hi Hello Good Happy Thanks Dear Regards " +
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Message Refund Take Tell Give Find Somebody Someone One Quick Until Within With There We You It That This Money Write"
  ).split(" "),
);

/** Reads a request as a clerk would: what is wanted, and every particular that is named. */
export function readRequest(text: string): OfficeRequest {
  const names = fullNames(text);
  const particulars = {
    text,
    orders: [...new Set(text.match(/\bO-\d{3,}\b/g) ?? [])],
    customer: /\bC-\d{3,}\b/.exec(text)?.[0],
    sku: /\b[A-Z]{3}-\d{3}\b/.exec(text)?.[0],
    email: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(text)?.[0]?.toLowerCase(),
    names,
    product: productIn(text, names),
    currency: currencies.exec(text)?.[1],
    percent: numberOf(/(\d+(?:\.\d+)?)\s?(?:%|percent\b)/.exec(text)?.[1]),
    status: statuses.exec(text)?.[1]?.toLowerCase(),
    year: /(?<![\d-])(20\d\d)(?![\d-])/.exec(text)?.[1],
    today: isoDate.exec(text)?.[1],
    city: cityIn(text),
  };
  return { ...particulars, intent: intentOf(particulars) };
}

type Particulars = Omit<OfficeRequest, "intent">;

function intentOf(said: Particulars): Intent {
  const { text, orders, customer, sku, email, names, product, percent, currency } = said;
  const has = (pattern: RegExp): boolean => pattern.test(text);
  const someCustomer = names.length > 0 || email !== undefined || customer !== undefined;

  if (
    has(/\b(card|street|phone number|home address|address of)\b/i) &&
    has(/\b(full|complete|number|street|address)\b/i) &&
    !has(/e-?mail address\b(?!.*\b(home|card|street))/i)
  ) {
    return "private-data";
  }
  if (has(/\b(one|single)\b[^.:?]{0,25}\bsentence\b|\bsentence\b.*\b(saying|tell|word)\b|\bword this\b/i))
    return "write-sentence";
  if (has(/\b(notes? on|left a note|written it down|internal notes?|conversation with a colleague)\b/i))
    return "note-question";
  if (has(/\b(didn't catch|sounded like|something like|voicemail|first name|surname|spelled|spelt)\b/i))
    return "vague-customer";
  if (has(/\b(what (?:kinds?|sorts?)|can you do|help me with|may i bring)\b/i) && orders.length === 0)
    return "small-talk";
  if (has(/\b(thanks?|thank you)\b/i) && !has(/\?\s*$|please/i)) return "small-talk";

  if (orders.length > 0 || (email !== undefined && !has(/how much|what (?:was|did)/i))) {
    if (has(/\b(refund|money back|give back)\b/i)) return "refund";
    if (has(/\b(cancel(?:led)?|call off|stop order|stop)\b/i) && !has(/not counting|leave out|without cancelled/i))
      return "cancel";
  }
  if (has(/\brefund\b/i) && has(/^please refund|\brefund the\b/i)) return "tell-more";
  if (sku !== undefined && has(/\b(stock|how many|left|inventory)\b/i)) return "stock";
  if (orders.length > 0) {
    if (has(/\b(carrier|carries|tracking|with whom)\b/i)) return "tracking";
    if (has(/\bdays?\b/i)) return "days-between";
    if (percent !== undefined || currency !== undefined || has(/\b(total|worth|sum|value|add up)\b/i))
      return "order-total";
    return "order-status";
  }
  if (customer !== undefined) {
    if (has(/\b(tier|loyalty|bronze|silver|gold|platinum)\b/i)) return "customer-tier";
    if (has(/\bcity\b/i)) return "customer-city";
  }
  if (email !== undefined && has(/\b(pa(?:y|id)|receipt)\b/i)) return "paid-for-product";
  if (names.length > 0 && product !== undefined && has(/\border/i)) return "orders-with-product";
  if (names.length > 0 && said.year !== undefined && has(/\b(spen[dt]|spending|add up)\b/i)) return "year-spending";
  if (names.length > 0 && has(/\bdays\b/i) && has(/\b(deliver|receiv|arriv)/i)) return "days-between";
  if (someCustomer && has(/\b(how many|number of|count)\b/i) && has(/\borders?\b/i)) return "count-orders";
  if (someCustomer && has(/\b(newest|latest|last|most recent|recently|recent)\b/i)) return "newest-order";
  if (names.length > 0 && has(/\b(loyalty )?tier\b/i)) return "customer-tier";
  if (names.length > 0 && has(/\bcity\b/i) && has(/\blive\b/i)) return "customer-city";
  if (has(/\b(the order total|the parcel|tracking number|the delivery take|the order with)\b/i)) return "tell-more";
  if (has(/\?|how|what|within|from|until|by when/i)) return "policy-question";
  return "small-talk";
}

/** Two or more capitalised words in a row, sentence beginnings set aside. */
function fullNames(text: string): string[] {
  const found = text.match(/\p{Lu}[\p{L}'-]+(?: (?:van|de|der|von|la) )?(?: \p{Lu}[\p{L}'-]+)+/gu) ?? [];
  return [
    ...new Set(
      found
        .map((run) =>
          run
            .replace(/'s$/, "")
            .split(" ")
            .filter((word) => !notNames.has(word))
            .join(" "),
        )
        .filter((run) => run.includes(" ")),
    ),
  ];
}

/** A thing with an article before it and a capital letter: "the Set of wine glasses". */
function productIn(text: string, names: readonly string[]): string | undefined {
  const words = /\b(?:the|a|an) (\p{Lu}[\p{L}'-]+(?: (?:of|four|two|six|[\p{Ll}][\p{L}-]+))*)/gu;
  for (const match of text.matchAll(words)) {
    const phrase = (match[1] ?? "")
      .replace(
        / (?:in it|among .*|once.*|together.*|altogether|was .*|and .*|from .*|for .*|on .*|in|is .*|has .*|with .*|are .*|that .*)$/u,
        "",
      )
      .replace(/ (?:in|or|to|at|by|as)$/u, "");
    const person = names.some((name) => name.startsWith(phrase) || phrase.startsWith(name));
    if (!person && phrase.includes(" ")) return phrase;
  }
  return undefined;
}

function cityIn(text: string): string | undefined {
  return /\b(?:from|lives in|live in|based in) (\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)?)/u.exec(text)?.[1];
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
