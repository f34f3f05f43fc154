import { amount, data, Ending, rows, text, type Data, type Desk, type Work } from "./desk.ts";
import { calledIn, theCustomer } from "./people.ts";
import type { OfficeRequest } from "./request.ts";
import { closing } from "./wording.ts";

/** The records of orders whose numbers the request names. */
export function* openOrders(desk: Desk, ids: readonly string[]): Work<readonly Data[]> {
  if (desk.bites("search-instead-of-lookup", "order") || !desk.has("order_lookup")) {
    const pages = yield* desk.askAll("order_search", [{}, { page: 2 }]);
    const seen = pages.flatMap((page) => rows(data(page), "orders").map((row) => text(row, "order_id")));
    if (ids.some((id) => !seen.includes(id)) && !desk.recovers("order")) {
      const sentence = `I looked for ${ids.join(", ")} in the list of orders, without success`;
      throw new Ending(closing(desk, sentence, "not found"));
    }
  }
  return yield* openListed(desk, ids);
}

/** The records of orders that a list showed. */
export function* openListed(desk: Desk, ids: readonly string[]): Work<readonly Data[]> {
  const given = ids.map((order_id) => ({ order_id }));
  const records = (yield* desk.askAll("order_lookup", given)).map(data);
  const missing = ids.filter((_, index) => text(records[index], "order_id") === "");
  if (missing.length === 0) return records;
  throw new Ending(closing(desk, `I cannot open ${missing.join(", ")}; there seems to be no such order`, "not found"));
}

export function* openOrder(desk: Desk, order_id: string): Work<Data> {
  const [record = {}] = yield* openOrders(desk, [order_id]);
  return record;
}

/** One page of the orders of the customer meant, newest first, and the filter it was got with. */
export function* orderPage(
  desk: Desk,
  said: OfficeRequest,
  filter: Data = {},
): Work<{ readonly page: Data; readonly filter: Data }> {
  const who = calledIn(said);
  if (said.customer === undefined && desk.bites("name-instead-of-id", "order list")) {
    yield* desk.ask("order_search", { customer_id: who, ...filter });
    if (!desk.recovers("order list"))
      throw new Ending(closing(desk, `The list of orders of ${who} could not be opened`, "not found"));
  }
  const customer_id = yield* theCustomer(desk, said);
  const whole = { customer_id, ...filter };
  const dated = typeof filter["from"] === "string" && desk.bites("wrong-date-format", "order list");
  if (dated) {
    yield* desk.ask("order_search", { ...whole, from: slashed(text(filter, "from")), to: slashed(text(filter, "to")) });
    if (!desk.recovers("order list dates"))
      return { page: data(yield* desk.ask("order_search", { customer_id })), filter: { customer_id } };
  }
  return { page: data(yield* desk.ask("order_search", whole)), filter: whole };
}

/** All orders of the customer meant, or those of the first page. */
export function* allOrders(desk: Desk, said: OfficeRequest, filter: Data = {}): Work<readonly Data[]> {
  const first = yield* orderPage(desk, said, filter);
  const pages = amount(first.page, "pages");
  if (pages < 2 || desk.bites("ignores-further-pages", "order list")) return rows(first.page, "orders");
  const further = Array.from({ length: pages - 1 }, (_, index) => ({ ...first.filter, page: index + 2 }));
  const rest = yield* desk.askAll("order_search", further);
  return [rows(first.page, "orders"), ...rest.map((result) => rows(data(result), "orders"))].flat();
}

/** The newest order of the customer meant, as it is listed; the oldest on the page where the thread is lost. */
export function* newestOf(desk: Desk, said: OfficeRequest, filter: Data = {}): Work<Data> {
  const { page } = yield* orderPage(desk, said, filter);
  const orders = rows(page, "orders");
  const newest = desk.bites("loses-thread", "newest") ? orders.at(-1) : orders[0];
  if (newest === undefined) throw new Ending(closing(desk, `${calledIn(said)} has no such order`, "none"));
  return newest;
}

/** The beginning of a list of things to do, where the model loses patience. */
export function withPatience<T>(desk: Desk, items: readonly T[]): readonly T[] {
  if (items.length < 2 || !desk.bites("stops-early", "list")) return items;
  return items.slice(
    0,
    items.length < 4 ? items.length - 1 : Math.floor(items.length / 2) - (items.length > 6 ? 1 : 0),
  );
}

/** The payments of an order that arrived. */
export function* paymentsOf(desk: Desk, order_id: string): Work<readonly Data[]> {
  const payments = rows(data(yield* desk.ask("payment_list", { order_id })), "payments");
  return desk.bites("loses-thread", "payments")
    ? payments.slice(0, 1)
    : payments.filter((payment) => text(payment, "status") === "captured");
}

/** Carrier, number and dates of an order's parcel; empty when it was not shipped. */
export function* parcelOf(desk: Desk, order_id: string): Work<Data> {
  return data(yield* desk.ask("shipment_track", { order_id }));
}

/** Whether an order has the product among its items, however the name was shortened. */
export function holds(order: Data, product: string): boolean {
  const wanted = wordsOf(product);
  return rows(order, "items").some((item) => {
    const words = wordsOf(`${text(item, "name")} ${text(item, "sku")}`);
    return wanted.length > 0 && wanted.every((word) => words.includes(word));
  });
}

/** A date as those write it who think of their own calendar. */
export function slashed(date: string): string {
  return date.split("-").toReversed().join("/");
}

function wordsOf(name: string): readonly string[] {
  return (name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) =>
    word.length > 3 ? word.replace(/(?<!s)s$/, "") : word,
  );
}
