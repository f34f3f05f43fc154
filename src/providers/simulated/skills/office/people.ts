import { data, Ending, rows, text, type Data, type Desk, type Work } from "./desk.ts";
import type { OfficeRequest } from "./request.ts";
import { closing, listed } from "./wording.ts";

/** The record of a customer whose number is known. */
export function* openCustomer(desk: Desk, customer_id: string): Work<Data> {
  const site = `customer ${customer_id}`;
  if (desk.bites("search-instead-of-lookup", site) || !desk.has("customer_lookup")) {
    const found = rows(data(yield* desk.ask("customer_search", { query: customer_id })), "customers");
    yield* desk.ask("customer_search", { query: customer_id.replace(/\D/g, "") });
    if (found.length === 0 && !desk.recovers(site)) {
      throw new Ending(closing(desk, `A search for ${customer_id} brings up nobody`, "not found"));
    }
  }
  const record = data(yield* desk.ask("customer_lookup", { customer_id }));
  if (text(record, "customer_id") === "") {
    throw new Ending(closing(desk, `There is no customer ${customer_id} that I can open`, "not found"));
  }
  return record;
}

/** What the request calls the customer: a number, an address or a name. */
export function calledIn({ customer, email, names, hint }: OfficeRequest): string {
  return customer ?? email ?? hint ?? names.at(-1) ?? "";
}

/** The number of the customer meant. Where several share a name it asks, or takes the first. */
export function* theCustomer(desk: Desk, said: OfficeRequest): Work<string> {
  if (said.customer !== undefined) return said.customer;
  const who = calledIn(said);
  if (who === "")
    throw new Ending("Which customer do you mean? Please tell me the name, the e-mail address or the customer number.");
  const site = `customer ${who}`;
  if (desk.bites("lookup-instead-of-search", site) || !desk.has("customer_search")) {
    yield* desk.ask("customer_lookup", { customer_id: who });
    yield* desk.ask("customer_lookup", { customer_id: who.toLowerCase().replace(/\W+/g, "-") });
    if (!desk.recovers(site)) throw new Ending(closing(desk, `I could not open a record of ${who}`, "not found"));
  }
  const found = yield* search(desk, said, who);
  const near = found.filter((row) => text(row, "city") === said.city);
  const meant = near.length > 0 && !desk.bites("loses-thread", site) ? near : found;
  const [first] = meant;
  if (first === undefined) throw new Ending(closing(desk, `I could not find a customer called ${who}`, "not found"));
  const certain = meant.length === 1 && (near.length > 0 || isCalled(first, who));
  if (!certain && said.hint === undefined && !desk.bites("guesses-when-ambiguous", site)) {
    throw new Ending(whichOf(who, meant));
  }
  return text(first, "customer_id");
}

function isCalled(row: Data, who: string): boolean {
  const name = text(row, "name").toLowerCase();
  return (
    who.includes("@") ||
    who
      .toLowerCase()
      .split(/\s+/)
      .every((word) => name.includes(word))
  );
}

/** Searches for the name as it was said, then for its parts, until somebody turns up. */
function* search(desk: Desk, said: OfficeRequest, who: string): Work<readonly Data[]> {
  const parts = said.email === undefined ? who.split(/\s+/).toReversed() : [];
  for (const query of new Set([who, ...parts])) {
    const found = rows(data(yield* desk.ask("customer_search", { query })), "customers");
    const near = said.city === undefined ? found : found.filter((row) => text(row, "city") === said.city);
    if (query === who ? found.length > 0 : near.length > 0) return found;
    if (desk.bites("gives-up-on-empty", `customer ${who}`)) return [];
  }
  return [];
}

function whichOf(who: string, meant: readonly Data[]): string {
  const exact = meant.every((row) => isCalled(row, who));
  const choices = meant.map(
    (row) =>
      `${exact ? "" : `${text(row, "name")}, `}${text(row, "customer_id")} in ${text(row, "city")} (${text(row, "email")})`,
  );
  const count = meant.length === 2 ? "two" : String(meant.length);
  if (exact) return `There are ${count} customers called ${who}: ${listed(choices)}. Which one do you mean?`;
  return `I found nobody called ${who}, but ${listed(choices)}. Who is meant? Please tell me the customer number.`;
}
