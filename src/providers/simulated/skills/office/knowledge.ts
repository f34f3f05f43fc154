import { data, rows, text, type Data, type Desk, type Work } from "./desk.ts";
import { theCustomer } from "./people.ts";
import type { OfficeRequest } from "./request.ts";
import { keywords, notesOfColleagues, rulesOfShops, searchWords } from "./thesaurus.ts";
import { closing, money, withUnit } from "./wording.ts";

type Search = (query: string) => Work<readonly string[]>;

/** What the shop's rules say, in whatever words they say it. */
export function* policyQuestion(desk: Desk, said: OfficeRequest): Work<string> {
  const words = searchWords(said.text, rulesOfShops);
  if (desk.bites("notes-instead-of-policy", "policy question")) {
    for (const query of words.slice(0, 2)) yield* desk.ask("note_search", { query });
    if (!desk.recovers("policy question")) return guess(desk, said.text);
  }
  const search: Search = function* (query) {
    return textsOf(rows(data(yield* desk.ask("policy_search", { query })), "articles"));
  };
  return yield* answerFrom(desk, said, words, "policy", search);
}

/** What a colleague wrote about a customer, in words of their own. */
export function* noteQuestion(desk: Desk, said: OfficeRequest): Work<string> {
  const words = searchWords(said.text, notesOfColleagues);
  if (desk.bites("policy-instead-of-notes", "note question")) {
    for (const query of words.slice(0, 2)) yield* desk.ask("policy_search", { query });
    if (!desk.recovers("note question")) return guess(desk, said.text);
  }
  const customer_id = yield* theCustomer(desk, said);
  const search: Search = function* (query) {
    return textsOf(rows(data(yield* desk.ask("note_search", { query, customer_id })), "notes"));
  };
  return yield* answerFrom(desk, said, words, "note", search);
}

function textsOf(found: readonly Data[]): readonly string[] {
  return found.map((row) => [text(row, "title"), text(row, "text")].filter((part) => part !== "").join(". "));
}

/** Searches in the asker's words, then in those of the papers, and reads the answer out of what turns up. */
function* answerFrom(
  desk: Desk,
  { text: question }: OfficeRequest,
  words: readonly string[],
  site: string,
  search: Search,
): Work<string> {
  const asked = keywords(question);
  for (const query of [...new Set([asked, ...words])].filter((one) => one !== "")) {
    for (const paper of yield* search(query)) {
      const value = valueIn(paper, question, words);
      if (value !== undefined)
        return closing(desk, `This is what is on record: "${paper}"`.replace(/[.]"$/, '"'), worded(desk, value));
    }
    if (desk.bites("gives-up-on-empty", site)) break;
  }
  return guess(desk, question);
}

interface Value {
  readonly figure: string;
  readonly unit: string;
}

/** The figure, date or name in a paper that answers the question; undefined when it holds none of the kind. */
function valueIn(paper: string, question: string, words: readonly string[]): Value | undefined {
  const wanted = unitWanted(question);
  const found = (pattern: RegExp, from = paper): string | undefined => pattern.exec(from)?.[1];
  const value = (figure: string | undefined, unit: string): Value | undefined =>
    figure === undefined ? undefined : { figure, unit };
  switch (wanted) {
    case "date":
      return value(found(/\b(\d{4}-\d{2}-\d{2})\b/), "");
    case "name":
      return value(found(/\bneighbou?r,? ((?:M[rs]s?\.? )?\p{Lu}\p{L}+)/u) ?? found(/\b(M[rs]s? \p{Lu}\p{L}+)/u), "");
    case "%":
      return value(found(/(\d+(?:\.\d+)?) ?%/), "%");
    case "years":
      return value(found(/\baged (\d+)/) ?? found(/(\d+) years/), "years");
    case "EUR": {
      const level = levelWanted(question, words);
      const after =
        level === undefined ? paper : paper.slice(Math.max(0, paper.search(new RegExp(`\\b${level} from\\b`))));
      return value(found(/(\d+(?:\.\d+)?) EUR/, after), "EUR");
    }
    case "days":
    case "months":
      return value(found(new RegExp(`(\\d+) ${wanted}`)), wanted);
    case undefined:
      return value(paper.replace(/^[^.]*\. /, "").replace(/\.$/, ""), "");
  }
}

function unitWanted(question: string): "date" | "name" | "%" | "years" | "months" | "days" | "EUR" | undefined {
  const asks = (words: RegExp): boolean => words.test(question);
  if (asks(/\b(?:which|what|the|on a) date\b|\bwhen (?:does|do|will|is|did)\b|\buntil when\b/i)) return "date";
  if (asks(/\b(?:with|to|by) whom\b|\bwho (?:accepts|takes|may|can|is allowed|receives)\b|\bthe name\b/i))
    return "name";
  if (asks(/\bper ?cent|%/i)) return "%";
  if (asks(/\bhow old\b|\bhow many years\b|\bminimum age\b/i)) return "years";
  if (asks(/\bmonths?\b/i)) return "months";
  if (
    asks(
      /\b(?:what|which|how (?:much|large|big|high)|from)\b[^?]*\b(?:sum|spend\w*|charge|price|cost|amount|voucher|much|limit)\b|\bhow (?:much|large|high|expensive)\b|\bcost\b/i,
    )
  )
    return "EUR";
  return asks(/\bdays?\b|\bhow long\b|\bwindow\b|\bdeadline\b/i) ? "days" : undefined;
}

/** Of several levels with a sum each, the one the question is about. */
function levelWanted(question: string, words: readonly string[]): string | undefined {
  if (!words.includes("loyalty")) return undefined;
  return /\bplatin|\bbest\b(?<!second best)|\bhighest\b|\btop\b/i.test(question)
    ? "platinum"
    : /\bsilver\b|\bfirst step\b/i.test(question)
      ? "silver"
      : "gold";
}

function worded(desk: Desk, { figure, unit }: Value): string {
  return unit === "EUR" ? money(desk, Number(figure), unit) : withUnit(desk, figure, unit);
}

/** What is usual elsewhere, told as if it were known here. */
function guess(desk: Desk, question: string): string {
  const random = desk.mind.random("guess");
  const unit = unitWanted(question);
  const usual = {
    days: "29 days",
    months: "13 months",
    "%": "3 %",
    years: "15 years",
    EUR: `${random.pick(["39.00", "55.00", "99.00"])} EUR`,
    date: "the end of the month",
    name: "nobody in particular",
  };
  const told = unit === undefined ? "it depends on the case" : usual[unit];
  return closing(desk, "I found nothing in writing about it; it is usually handled like this", told);
}
