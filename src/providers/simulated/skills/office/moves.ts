import { amount, data, Ending, rows, text, type Data, type Desk, type Work } from "./desk.ts";
import { closing } from "./wording.ts";

/** The record of an order whose number is known. */
export function* openOrder(desk: Desk, order_id: string): Work<Data> {
  if (desk.bites("search-instead-of-lookup", order_id)) {
    const listed = rows(data(yield* desk.ask("order_search", {})), "orders");
    const found = listed.find((row) => text(row, "order_id") === order_id);
    if (found === undefined && desk.bites("gives-up-on-empty", `order ${order_id}`)) {
      throw new Ending(
        closing(desk, `I could not find the order ${order_id} among the orders I was shown`, "not found"),
      );
    }
  }
  const record = data(yield* desk.ask("order_lookup", { order_id }));
  if (text(record, "order_id") === "")
    throw new Ending(closing(desk, `There is no order ${order_id} that I can open`, "not found"));
  return record;
}

/** The record of a customer whose number is known. */
export function* openCustomer(desk: Desk, customer_id: string): Work<Data> {
  if (desk.bites("search-instead-of-lookup", customer_id)) {
    const listed = rows(data(yield* desk.ask("customer_search", { query: customer_id })), "customers");
    if (listed.length === 0 && desk.bites("gives-up-on-empty", `customer ${customer_id}`)) {
      throw new Ending(closing(desk, `A search for ${customer_id} brings nothing up`, "not found"));
    }
  }
  const record = data(yield* desk.ask("customer_lookup", { customer_id }));
  if (text(record, "customer_id") === "")
    throw new Ending(closing(desk, `There is no customer ${customer_id} that I can open`, "not found"));
  return record;
}

/** Everybody who answers to a name or an e-mail address. */
export function* findCustomers(desk: Desk, who: string): Work<readonly Data[]> {
  if (desk.bites("lookup-instead-of-search", who)) {
    yield* desk.ask("customer_lookup", { customer_id: who });
    if (desk.bites("gives-up-on-empty", `person ${who}`)) {
      throw new Ending(closing(desk, `I could not find a customer called ${who}`, "not found"));
    }
  }
  return rows(data(yield* desk.ask("customer_search", { query: who })), "customers");
}

/** The one customer meant. Where several share the name it asks, or takes the first. */
export function* theCustomer(desk: Desk, who: string): Work<string> {
  const found = yield* findCustomers(desk, who);
  const [first] = found;
  if (first === undefined) throw new Ending(closing(desk, `I could not find a customer called ${who}`, "not found"));
  if (found.length > 1 && !desk.bites("guesses-when-ambiguous", who)) {
    const choices = found.map((row) => `${text(row, "customer_id")} in ${text(row, "city")} (${text(row, "email")})`);
    throw new Ending(
      `There are ${found.length} customers named ${who}: ${choices.join(" and ")}. Which one do you mean?`,
    );
  }
  return text(first, "customer_id");
}

/** The first page of a customer's orders, newest first. */
export function* orderPage(desk: Desk, customer_id: string, who: string, filter: Data = {}): Work<Data> {
  if (desk.bites("name-instead-of-id", who)) {
    yield* desk.ask("order_search", { customer_id: who, ...filter });
    if (desk.bites("gives-up-on-empty", `orders of ${who}`)) {
      throw new Ending(closing(desk, `The orders of ${who} could not be listed`, "unknown"));
    }
  }
  return data(yield* desk.ask("order_search", { customer_id, ...filter }));
}

/** A customer's orders over all pages, or those of the first page only. */
export function* allOrders(desk: Desk, customer_id: string, who: string, filter: Data = {}): Work<readonly Data[]> {
  const first = yield* orderPage(desk, customer_id, who, filter);
  const pages = amount(first, "pages");
  if (pages < 2 || desk.bites("ignores-further-pages", who)) return rows(first, "orders");
  const further = Array.from({ length: pages - 1 }, (_, index) => ({ customer_id, ...filter, page: index + 2 }));
  const rest = yield* desk.askAll("order_search", further);
  return [rows(first, "orders"), ...rest.map((result) => rows(data(result), "orders"))].flat();
}

/** The beginning of a long list of things to do, where the model loses patience. */
export function patience<T>(desk: Desk, items: readonly T[], site: string): readonly T[] {
  if (items.length < 3 || !desk.bites("stops-early", site)) return items;
  return items.slice(0, Math.max(1, Math.floor(items.length / 2) - (items.length > 6 ? 1 : 0)));
}

/** An order's total in another currency, as a term for the calculator. */
export function* converted(desk: Desk, order: Data, currency: string, today: string | undefined): Work<string> {
  const total = amount(order, "total");
  const own = text(order, "currency");
  const id = text(order, "order_id");
  if (own === currency || desk.bites("skips-conversion", "money")) return String(total);
  const date = today !== undefined && desk.bites("wrong-rate-date", "money") ? today : text(order, "date");
  if (desk.bites("wrong-date-format", id)) {
    const written = yield* desk.ask("exchange_rate", { from: own, to: currency, date: slashed(date) });
    if (written.failed && desk.bites("gives-up-on-empty", `rate ${id}`)) return String(total);
  }
  const rate = amount(data(yield* desk.ask("exchange_rate", { from: own, to: currency, date })), "rate");
  return rate === 0 ? String(total) : `${total} * ${rate}`;
}

/** The value of an expression, from the calculator or from the head. */
export function* worked(desk: Desk, expression: string, site: string): Work<number> {
  const digits = desk.bites("careless-rounding", site) ? 0 : 2;
  if (!desk.bites("mental-arithmetic", site)) {
    const result = data(yield* desk.ask("calculate", { expression: `round(${expression}, ${digits})` }));
    if (typeof result["result"] === "number") return result["result"];
  }
  const slip = 1 + (desk.mind.random(`slip ${site}`).next() - 0.5) * 0.12;
  return round(roughly(expression) * slip, digits);
}

/** Days from one date to another, from the tool or from the head. */
export function* daysFrom(desk: Desk, from: string, to: string, site: string): Work<number> {
  if (desk.bites("mental-dates", site)) {
    const true_ = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
    return true_ + desk.mind.random(`days ${site}`).pick([-2, -1, 1, 1, 2]);
  }
  if (desk.bites("wrong-date-format", site)) {
    yield* desk.ask("days_between", { from: slashed(from), to: slashed(to) });
    if (desk.bites("gives-up-on-empty", `days ${site}`)) {
      throw new Ending(closing(desk, "The days could not be counted", "unknown"));
    }
  }
  return amount(data(yield* desk.ask("days_between", { from, to })), "days");
}

/** When an order was paid for; empty when it was not. */
export function* paymentsOf(desk: Desk, order_id: string): Work<readonly Data[]> {
  const all = rows(data(yield* desk.ask("payment_list", { order_id })), "payments");
  return all.filter((payment) => text(payment, "status") !== "failed" && text(payment, "status") !== "declined");
}

function slashed(date: string): string {
  return date.split("-").toReversed().join("/");
}

/** A sum of products of decimal numbers, worked out without the tool. */
function roughly(expression: string): number {
  const sign = expression.replaceAll("(", "").replaceAll(")", "");
  return sign
    .split("+")
    .map((product) =>
      product
        .split(/(?=[*/-])/)
        .map((part) => part.trim())
        .reduce((value, part) => {
          const number = Number(part.replace(/^[*/-]\s*/, ""));
          if (part.startsWith("*")) return value * number;
          if (part.startsWith("/")) return value / number;
          if (part.startsWith("-")) return value - number;
          return number;
        }, 0),
    )
    .reduce((sum, value) => sum + value, 0);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
