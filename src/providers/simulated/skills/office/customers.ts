import { amount, data, rows, text, type Data, type Desk, type Work } from "./desk.ts";
import { converted, daysFrom, total } from "./figures.ts";
import { allOrders, holds, newestOf, openListed, orderPage, parcelOf, paymentsOf, withPatience } from "./moves.ts";
import { sumOf } from "./orders.ts";
import { calledIn, openCustomer, theCustomer } from "./people.ts";
import type { OfficeRequest } from "./request.ts";
import { closing, listed, money, withUnit } from "./wording.ts";

/** One fact of a customer's record. */
export function* customerFact(desk: Desk, said: OfficeRequest): Work<string> {
  const id = yield* theCustomer(desk, said);
  const record = yield* openCustomer(desk, id);
  const asked = (words: RegExp): boolean => words.test(said.text);
  const key = asked(/\btier|\bloyalty\b|\bbronze\b|\bgold\b/i)
    ? "tier"
    : asked(/\bsince\b/i)
      ? "since"
      : asked(/\bcountry\b/i)
        ? "country"
        : asked(/\b(?:id|number)\b/i) && !asked(/\bcity\b/i)
          ? "customer_id"
          : "city";
  return closing(desk, `I opened the record of customer ${id}`, text(record, key));
}

/** Something about the newest order of somebody: its carrier or parcel, or its status. */
export function* newestOrder(desk: Desk, said: OfficeRequest): Work<string> {
  const order = yield* newestOf(desk, said);
  const order_id = text(order, "order_id");
  const asked = (words: RegExp): boolean => words.test(said.text);
  const status = text(order, "status");
  const aboutParcel = asked(
    /\bcarrier\b|\bdelivering\b|\bwho (?:is )?(?:carries|carrying|delivers|took)\b|\btracking\b|\bwith whom\b|\bshipped with\b/i,
  );
  if (aboutParcel && !desk.bites("stops-early", "second part")) {
    const parcel = yield* parcelOf(desk, order_id);
    const carrier = text(parcel, "carrier");
    if (carrier === "")
      return closing(desk, `The newest order, ${order_id}, is ${status} and has no parcel yet`, "not shipped");
    return closing(
      desk,
      `The newest order is ${order_id}`,
      asked(/\btracking\b/i) ? `${carrier}, ${text(parcel, "tracking_number")}` : carrier,
    );
  }
  if (asked(/\bhow much\b|\btotal\b|\bworth\b/i))
    return closing(
      desk,
      `The newest order is ${order_id}`,
      money(desk, amount(order, "total"), text(order, "currency")),
    );
  if (asked(/\bwhen\b|\bwhat (?:day|date)\b/i))
    return closing(desk, `The newest order is ${order_id}`, text(order, "date"));
  return closing(desk, `The newest order is ${order_id}, placed on ${text(order, "date")}`, status);
}

/** Days from payment to delivery of the order that was delivered last. */
export function* deliveryDays(desk: Desk, said: OfficeRequest): Work<string> {
  const order = yield* newestOf(desk, said, { status: "delivered" });
  const order_id = text(order, "order_id");
  const delivered = text(yield* parcelOf(desk, order_id), "delivered");
  if (desk.bites("stops-early", "second part"))
    return closing(desk, `Order ${order_id} was delivered on ${delivered}`, delivered);
  const paid = text((yield* paymentsOf(desk, order_id))[0], "date");
  const from = desk.bites("loses-thread", "events") ? text(order, "date") : paid;
  if (from === "" || delivered === "") return closing(desk, `Order ${order_id} lacks one of the dates`, "unknown");
  return closing(
    desk,
    `Order ${order_id} was paid on ${from} and delivered on ${delivered}`,
    withUnit(desk, yield* daysFrom(desk, from, delivered), "days"),
  );
}

/** What was paid for the order with a product in it. */
export function* paidForProduct(desk: Desk, said: OfficeRequest): Work<string> {
  const { product = "" } = said;
  const order = yield* firstWith(desk, said, product);
  if (order === undefined) return closing(desk, `None of the orders I opened has a ${product} in it`, "not found");
  const order_id = text(order, "order_id");
  const item = rows(order, "items").find((one) => holds({ items: [one] }, product));
  const sum = desk.bites("loses-thread", "product")
    ? amount(item ?? {}, "unit_price")
    : yield* sumOf(desk, yield* paymentsOf(desk, order_id));
  return closing(desk, `The ${product} is in ${order_id}`, money(desk, sum, text(order, "currency")));
}

/** Opens one order after the other, newest first, until one has the product in it. */
function* firstWith(desk: Desk, said: OfficeRequest, product: string): Work<Data | undefined> {
  const { page, filter } = yield* orderPage(desk, said);
  const pages = desk.bites("ignores-further-pages", "order list") ? 1 : amount(page, "pages");
  const first = rows(page, "orders");
  const patient = withPatience(desk, first);
  let listedNow = patient;
  for (let number = 1; ; number++) {
    for (const row of listedNow) {
      const [order] = yield* openListed(desk, [text(row, "order_id")]);
      if (order !== undefined && holds(order, product)) return order;
    }
    if (patient.length < first.length || number >= pages) return undefined;
    listedNow = rows(data(yield* desk.ask("order_search", { ...filter, page: number + 1 })), "orders");
  }
}

export function* countOrders(desk: Desk, said: OfficeRequest): Work<string> {
  const filter = said.status === undefined || desk.bites("loses-thread", "status") ? {} : { status: said.status };
  const { page } = yield* orderPage(desk, said, filter);
  const count = desk.bites("ignores-further-pages", "order list") ? rows(page, "orders").length : amount(page, "total");
  const what = said.status === undefined ? "orders" : `${said.status} orders`;
  return closing(desk, `I counted the ${what} of ${calledIn(said)}`, String(count));
}

/** What somebody spent in a year, in one currency. */
export function* yearSpending(desk: Desk, said: OfficeRequest): Work<string> {
  const { year = "", currency = "EUR" } = said;
  const found = yield* allOrders(desk, said, { from: `${year}-01-01`, to: `${year}-12-31` });
  const kept = desk.bites("loses-thread", "cancelled")
    ? found
    : found.filter((order) => text(order, "status") !== "cancelled");
  if (kept.length === 0)
    return closing(desk, `There are no orders of ${calledIn(said)} in ${year}`, money(desk, 0, currency));
  const terms = yield* converted(desk, withPatience(desk, kept), currency, said.today);
  const sum = yield* total(desk, terms, 0);
  return closing(
    desk,
    `I added up ${terms.length} orders that ${calledIn(said)} placed in ${year}`,
    money(desk, sum, currency),
  );
}

export function* ordersWithProduct(desk: Desk, said: OfficeRequest): Work<string> {
  const orders = withPatience(desk, yield* allOrders(desk, said));
  const opened = yield* openListed(
    desk,
    orders.map((order) => text(order, "order_id")),
  );
  const found = opened.filter((order) => holds(order, said.product ?? "")).map((order) => text(order, "order_id"));
  const sentence = `I opened ${opened.length} orders of ${calledIn(said)} and looked for the ${said.product}`;
  return closing(desk, sentence, found.length === 0 ? "none" : listed(found));
}
