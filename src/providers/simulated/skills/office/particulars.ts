/** Everything particular that a request names. */
export interface Particulars {
  readonly text: string;
  /** Order ids, in the order they are said. */
  readonly orders: readonly string[];
  readonly customer: string | undefined;
  readonly sku: string | undefined;
  readonly email: string | undefined;
  /** Names of people, in the order they are said. */
  readonly names: readonly string[];
  /** A name that was not understood well. */
  readonly hint: string | undefined;
  readonly city: string | undefined;
  readonly product: string | undefined;
  /** ISO code. */
  readonly currency: string | undefined;
  readonly percent: number | undefined;
  readonly status: string | undefined;
  readonly year: string | undefined;
  /** ISO date. */
  readonly today: string | undefined;
}

/** Reads the particulars of a request as a clerk would underline them. */
export function readParticulars(text: string): Particulars {
  const dates = datesIn(text);
  const hint = hintIn(text);
  const product = productIn(text);
  return {
    text,
    orders: [...new Set((text.match(/\bO-\d+\b/gi) ?? []).map((id) => id.toUpperCase()))],
    customer: /\bC-\d+\b/i.exec(text)?.[0].toUpperCase(),
    sku: /\b(?![OCNP]-)[A-Z]{2,4}-\d{2,5}\b/.exec(text)?.[0],
    email: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(text)?.[0].toLowerCase(),
    names: namesIn(text, product),
    hint,
    city: /\b(?:from|lives? in|living in|based in|(?:the )?one in|over in|out of) (\p{Lu}[\p{L}-]+)/u.exec(text)?.[1],
    product,
    currency: currencyIn(text),
    percent: numberOf(/(\d+(?:\.\d+)?)\s?(?:%|per ?cent\b)/i.exec(text)?.[1]),
    status: /\b(pending|processing|shipped|delivered|cancell?ed)\b/i
      .exec(text)?.[1]
      ?.toLowerCase()
      .replace("canceled", "cancelled"),
    year: /(?<![\d-])(20\d\d)(?!-?\d)/.exec(text)?.[1],
    today: dates.length < 2 ? dates[0]?.iso : nearest(dates, text.search(/\btoday\b/i)),
  };
}

const months = "january february march april may june july august september october november december".split(" ");

function datesIn(text: string): readonly { readonly iso: string; readonly at: number }[] {
  const iso = [...text.matchAll(/\b20\d\d-\d\d-\d\d\b/g)].map((match) => ({ iso: match[0], at: match.index }));
  const written =
    /\b(\d{1,2})(?:st|nd|rd|th)? ([A-Z][a-z]+),? (20\d\d)\b|\b([A-Z][a-z]+) (\d{1,2})(?:st|nd|rd|th)?, (20\d\d)\b/g;
  const spelt = [...text.matchAll(written)].flatMap((match) => {
    const [, day = match[5] ?? "", month = match[4] ?? "", year = match[6] ?? ""] = match;
    const number = months.indexOf(month.toLowerCase()) + 1;
    if (number === 0) return [];
    return [{ iso: `${year}-${String(number).padStart(2, "0")}-${day.padStart(2, "0")}`, at: match.index }];
  });
  return [...iso, ...spelt];
}

function nearest(dates: readonly { readonly iso: string; readonly at: number }[], place: number): string | undefined {
  return dates.toSorted((a, b) => Math.abs(a.at - place) - Math.abs(b.at - place))[0]?.iso;
}

const currencyWords: readonly (readonly [RegExp, string])[] = [
  [/\beuros?\b|€/i, "EUR"],
  [/\bdollars?\b|\$/i, "USD"],
  [/\bpounds?(?: sterling)?\b|£/i, "GBP"],
  [/\bswiss francs?\b|\bfrancs?\b/i, "CHF"],
  [/\b(?:swedish )?(?:kronor|krona|crowns)\b/i, "SEK"],
  [/\bz[lł]oty(?:ch|s)?\b/i, "PLN"],
];

/** The last one named: what an amount is wanted in comes after what it was in. */
function currencyIn(text: string): string | undefined {
  const codes = text.match(/\b(?:EUR|USD|GBP|CHF|SEK|PLN)\b/g);
  return codes?.at(-1) ?? currencyWords.find(([words]) => words.test(text))?.[1];
}

/** Words that begin sentences, name days or belong to the office: capitalised, but nobody's name. */
const notNames = new Set(
  (
    "a an the and or but so if in on at of for from by to with without as about after before until within when where which what who whom whose how why is are was were " +
    "am be been has have had do does did can could would will may might must should shall please thanks thank hello hi hey dear regards good morning afternoon evening day happy great " +
    "i i'm i'd i've we we're we'd you your he she it it's its they our my his her their this that these those there here today tomorrow yesterday now then one two three all any both every " +
    "each some somebody someone something order orders customer customers client buyer person message request refund cancel take tell give get find list check count add write need send show " +
    "look let see say ask work convert word draft phrase quick question since because while also just only not no yes ok okay sorry set pack mr ms mrs dr " +
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december " +
    "eur usd gbp chf sek pln dhl ups dpd gls fedex postnord answer status tier city carrier"
  ).split(" "),
);
const nameWord = String.raw`\p{Lu}(?:['’]\p{Lu})?\p{L}*\p{Ll}(?:[-'’]\p{Lu}[\p{L}]+)*`;

function namesIn(text: string, product: string | undefined): readonly string[] {
  const runs =
    text.match(
      new RegExp(`(?<![\\p{L}@.-])${nameWord}(?: (?:van |de |der |von |la )?${nameWord})+(?![\\p{L}@])`, "gu"),
    ) ?? [];
  const full = runs
    .map((run) => {
      const words = run.split(" ");
      const first = words.findIndex((word) => !isPlainWord(word));
      return first === -1
        ? ""
        : words
            .slice(first)
            .filter((word) => !isPlainWord(word))
            .join(" ");
    })
    .filter((name) => name.includes(" ") && name !== product);
  if (full.length > 0) return [...new Set(full)];
  const single = new RegExp(
    `\\b(?:customer|client|[Mm]r|[Mm]s|[Mm]rs) (${nameWord})|(${nameWord})['’]s? (?:\\p{Ll}+ ){0,3}?(?:orders?|tier|city|parcel)\\b`,
    "gu",
  );
  const singles = [...text.matchAll(single)]
    .map((match) => match[1] ?? match[2] ?? "")
    .filter((name) => !isPlainWord(name));
  return singles.length > 0 ? [...new Set(singles)] : lowerCaseNames(text);
}

/** "status of rosa moreau's newest order": names of those who do not bother with capitals. */
function lowerCaseNames(text: string): readonly string[] {
  const name =
    /\b(?:of|by|for|did|does|has) (\p{Ll}+ \p{Ll}+)(?:['’]s|(?= (?:spend|spent|place|order|buy|bought|pay|live)))/gu;
  return [...text.matchAll(name)].map((match) => match[1] ?? "").filter((words) => !words.split(" ").some(isPlainWord));
}

function isPlainWord(word: string): boolean {
  return notNames.has(
    word
      .toLowerCase()
      .replace(/['’]s$/, "")
      .replaceAll("’", "'"),
  );
}

/** What somebody remembers of a name: whatever stands capitalised after words of doubt. */
function hintIn(text: string): string | undefined {
  const doubt = String.raw`(?:(?:something|somebody|someone|somewhat|sounds?|sounded|sounding) like|(?:first|last|family|given) name(?: is| was| of)?|surname(?: is| was)?|called|named|name(?:d)? (?:was|is|may be|might be|could be)|by the name of|spelled|spelt|maybe|perhaps|possibly|probably)`;
  const heard = new RegExp(`^(${nameWord}(?: ${nameWord})?)`, "u");
  for (const match of text.matchAll(new RegExp(`\\b${doubt}:? `, "gi"))) {
    const name = heard.exec(text.slice(match.index + match[0].length))?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

const articleWords = String.raw`(?:the|a|an|any|some|our|my|one)`;
const holding = String.raw`(?:contain(?:s|ed|ing)?|includ(?:es?|ed|ing)|bought|buy|buying|purchased?|order(?:ed)?|orders? with|recall of|had|has|have|about|with|said|says)`;
/** Where the name of a thing ends: words that go on with the sentence. */
const goesOn =
  /\s(?:in|once|among|together|altogether|was|were|is|are|that|which|and|to|for|from|on|at|or|with|when|i|we|he|she|they|come|came|too|please|has|had|have|did|does|by|inside|anywhere|back|again|as|if|but|yesterday|today)(?=\s|$)/i;

/** A thing with a capital letter and an article before it, or whatever is said to be bought or contained. */
function productIn(text: string): string | undefined {
  const capital = new RegExp(
    `\\b${articleWords} (\\p{Lu}[\\p{L}'’-]*(?: \\p{Ll}[\\p{L}'’-]*)+|\\p{Lu}\\p{Ll}+-[\\p{L}-]+ \\p{Ll}+)`,
    "gu",
  );
  for (const match of text.matchAll(capital)) {
    const phrase = untilItGoesOn(match[1] ?? "");
    if (phrase.includes(" ")) return phrase;
  }
  const plain = new RegExp(`\\b${holding} ${articleWords} (\\p{L}[\\p{L}'’-]*(?: [\\p{Ll}][\\p{L}'’-]*){0,4})`, "giu");
  for (const match of text.matchAll(plain)) {
    const phrase = untilItGoesOn(match[1] ?? "");
    if (
      phrase !== "" &&
      !/^(?:orders?|customers?|status|refund|name|items?|total|discount|question|carrier|parcel|latest|newest|last|most|shop|phone|one|e-?mail|tracking|year|note|order number)\b/i.test(
        phrase,
      )
    )
      return phrase;
  }
  return undefined;
}

function untilItGoesOn(phrase: string): string {
  const end = ` ${phrase}`.search(goesOn);
  return (end === -1 ? phrase : phrase.slice(0, Math.max(0, end - 1))).trim();
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
