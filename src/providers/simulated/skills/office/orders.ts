import { amount, data, rows, text, type Data, type Desk, type Work } from "./desk.ts";
import { converted, daysFrom, total } from "./figures.ts";
import { openOrder, openOrders, parcelOf, paymentsOf, withPatience } from "./moves.ts";
import { eventsIn, type OfficeRequest, type OrderEvent } from "./request.ts";
import { closing, exactMoney, listed, money, withUnit } from "./wording.ts";

/** One fact of an order's record: its status, unless something else is asked for. */
export function* orderFact(desk: Desk, said: OfficeRequest): Work<string> {
  const order_id = said.orders[0] ?? "";
  const order = yield* openOrder(desk, order_id);
  const asked = (words: RegExp): boolean => words.test(said.text);
  const items = listed(rows(order, "items").map((item) => text(item, "name")));
  if (asked(/\bhow much\b.*\bpaid\b|\bpaid (?:for|on)\b|\bpayments?\b/i)) {
    const paid = yield* paymentsOf(desk, order_id);
    const sum = yield* sumOf(desk, paid);
    return closing(
      desk,
      `These are the payments for ${order_id} that arrived`,
      money(desk, sum, text(order, "currency")),
    );
  }
  if (asked(/\bwhen\b|\bwhat (?:day|date)\b/i)) {
    const [event = "placed"] = eventsIn(said.text).toReversed();
    return closing(desk, `This is when ${order_id} was ${event}`, (yield* dateOf(desk, order, event)) || "not yet");
  }
  if (asked(/\bitems?\b|\bwhat(?:'s| is| was)? in\b|\bproducts?\b/i))
    return closing(desk, `This is in ${order_id}`, items);
  if (asked(/\bwho(?:se)?\b|\bwhich customer\b/i))
    return closing(desk, `This is whose order ${order_id} is`, text(order, "customer_id"));
  return closing(desk, `I opened order ${order_id}, placed on ${text(order, "date")}`, text(order, "status"));
}

export function* tracking(desk: Desk, said: OfficeRequest): Work<string> {
  const order_id = said.orders[0] ?? "";
  if (desk.bites("search-instead-of-lookup", "shipment")) {
    const order = yield* openOrder(desk, order_id);
    yield* desk.ask("order_search", { status: "shipped" });
    if (!desk.recovers("shipment"))
      return closing(desk, `Order ${order_id} is ${text(order, "status")}, more is not listed`, text(order, "status"));
  }
  const parcel = yield* parcelOf(desk, order_id);
  const carrier = text(parcel, "carrier");
  if (carrier === "") return closing(desk, `There is no parcel of ${order_id} on record`, "not shipped");
  const number = text(parcel, "tracking_number");
  const stops = desk.bites("stops-early", "second part");
  return closing(desk, `I looked up the parcel of ${order_id}`, stops ? carrier : `${carrier}, ${number}`);
}

/** Days between two things that happened to an order. */
export function* eventDays(desk: Desk, said: OfficeRequest): Work<string> {
  const order_id = said.orders[0] ?? "";
  const events = eventsIn(said.text);
  const confused = desk.bites("loses-thread", "events");
  const first = confused ? "placed" : (events[0] ?? "placed");
  const last =
    confused && events.at(-1) === "shipped" && events[0] === "placed" ? "delivered" : (events.at(-1) ?? "delivered");
  const order = first === "placed" ? yield* openOrder(desk, order_id) : { order_id };
  const from = yield* dateOf(desk, order, first);
  if (from !== "" && desk.bites("stops-early", "second part")) {
    return closing(desk, `Order ${order_id} was ${first} on ${from}; the rest should follow from that`, from);
  }
  const to = yield* dateOf(desk, order, last, first);
  if (from === "" || to === "")
    return closing(desk, `Order ${order_id} has not been ${from === "" ? first : last} yet`, "not yet");
  return closing(
    desk,
    `Order ${order_id} was ${first} on ${from} and ${last} on ${to}`,
    withUnit(desk, yield* daysFrom(desk, from, to), "days"),
  );
}

/** The day of an event; empty when it has not happened. */
function* dateOf(desk: Desk, order: Data, event: OrderEvent, known?: OrderEvent): Work<string> {
  const order_id = text(order, "order_id");
  if (event === "placed") return text(order, "date");
  if (event === "paid") return text((yield* paymentsOf(desk, order_id))[0], "date");
  if (known === "shipped") return text(yield* parcelOf(desk, order_id), event);
  return text(yield* parcelOf(desk, order_id), event);
}

/** The total of one or several orders, after a discount and in another currency where that is asked for. */
export function* orderTotal(desk: Desk, said: OfficeRequest): Work<string> {
  const orders = yield* openOrders(desk, withPatience(desk, said.orders));
  const currency = said.currency ?? text(orders[0], "currency");
  const terms = yield* converted(desk, orders, currency, said.today);
  const percentOff = desk.bites("loses-thread", "discount") ? 0 : (said.percent ?? 0);
  const [only] = terms;
  const sum =
    terms.length === 1 && only?.rate === 1 && percentOff === 0 ? only.amount : yield* total(desk, terms, percentOff);
  const what = `${terms.length === 1 ? "order" : "orders"} ${listed(orders.map((order) => text(order, "order_id")))}`;
  const off = percentOff === 0 ? "" : `, less ${percentOff} %`;
  return closing(
    desk,
    `This is what ${what} come${terms.length === 1 ? "s" : ""} to${off}`,
    money(desk, sum, currency),
  );
}

/** What payments come to. */
export function* sumOf(desk: Desk, payments: readonly Data[]): Work<number> {
  const terms = payments.map((payment) => ({ amount: amount(payment, "amount"), rate: 1 }));
  return terms.length === 1 ? (terms[0]?.amount ?? 0) : yield* total(desk, terms, 0);
}

export function* stock(desk: Desk, { sku, product }: OfficeRequest): Work<string> {
  if (sku === undefined) return `Which article number does the ${product} have? I need it to check the stock.`;
  const given = desk.bites("name-instead-of-id", "product") && product !== undefined ? product : sku;
  let record = data(yield* desk.ask("product_lookup", { sku: given }));
  if (given !== sku) {
    if (!desk.recovers("product")) return closing(desk, `The system does not know the ${given}`, "not found");
    record = data(yield* desk.ask("product_lookup", { sku }));
  }
  if (text(record, "stock") === "") return closing(desk, `There is no article ${sku}`, "not found");
  return closing(
    desk,
    `I checked the ${text(record, "name")}, list price ${exactMoney(amount(record, "price"), text(record, "currency"))}`,
    text(record, "stock"),
  );
}
