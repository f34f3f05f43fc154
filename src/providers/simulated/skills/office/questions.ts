import { amount, data, Ending, rows, text, type Data, type Desk, type Work } from "./desk.ts";
import {
  allOrders,
  converted,
  daysFrom,
  findCustomers,
  openCustomer,
  openOrder,
  orderPage,
  patience,
  paymentsOf,
  theCustomer,
  worked,
} from "./moves.ts";
import type { OfficeRequest } from "./request.ts";
import { closing, counted, money } from "./wording.ts";

type Script = (desk: Desk, said: OfficeRequest) => Work<string>;

/** Asks for what is missing, or takes the first thing that comes along. */
export function* clarified(desk: Desk, question: string, site: string): Work<Data> {
  if (!desk.bites("guesses-when-ambiguous", site)) throw new Ending(question);
  const [first] = rows(data(yield* desk.ask("order_search", {})), "orders");
  if (first === undefined) throw new Ending(question);
  return first;
}

const whichOrder = "Which order is it? Please tell me the order number, or the customer's name or e-mail address.";

export const orderStatus: Script = function* (desk, said) {
  const order = yield* openOrder(desk, said.orders[0] ?? "");
  return closing(desk, `I looked at order ${text(order, "order_id")}`, text(order, "status"));
};

export const tracking: Script = function* (desk, said) {
  const order_id = said.orders[0] ?? "";
  if (desk.bites("lookup-instead-of-search", order_id)) {
    const order = yield* openOrder(desk, order_id);
    if (desk.bites("loses-thread", order_id))
      return closing(desk, `The order ${order_id} names no parcel`, `status ${text(order, "status")}`);
  }
  const parcel = data(yield* desk.ask("shipment_track", { order_id }));
  return closing(
    desk,
    `Here is the parcel of ${order_id}`,
    `${text(parcel, "carrier")}, ${text(parcel, "tracking_number")}`,
  );
};

export const customerTier: Script = function* (desk, said) {
  const id = said.customer ?? (yield* theCustomer(desk, said.names[0] ?? ""));
  return closing(desk, `That is what the record of ${id} says`, text(yield* openCustomer(desk, id), "tier"));
};

export const customerCity: Script = function* (desk, said) {
  const id = said.customer ?? (yield* theCustomer(desk, said.names[0] ?? ""));
  return closing(desk, `That is what the record of ${id} says`, text(yield* openCustomer(desk, id), "city"));
};

export const stock: Script = function* (desk, said) {
  const product = data(yield* desk.ask("product_lookup", { sku: said.sku ?? "" }));
  return closing(desk, `I checked ${text(product, "name")}`, text(product, "stock"));
};

/** The newest order of somebody named: its carrier, or its status. */
export const newestOrder: Script = function* (desk, said) {
  const who = said.names[0] ?? said.email ?? said.customer ?? "";
  const id = said.customer ?? (yield* theCustomer(desk, who));
  const orders = rows(yield* orderPage(desk, id, who), "orders");
  const newest = desk.bites("loses-thread", "newest") ? orders.at(-1) : orders[0];
  if (newest === undefined) return closing(desk, `${who} has no orders`, "none");
  const order_id = text(newest, "order_id");
  if (!/\b(carrier|deliver(?:ing|s)|took|carries)\b/i.test(said.text)) {
    return closing(desk, `The newest order of ${who} is ${order_id}`, text(newest, "status"));
  }
  const parcel = data(yield* desk.ask("shipment_track", { order_id }));
  return closing(desk, `The newest order of ${who} is ${order_id}`, text(parcel, "carrier") || "not shipped yet");
};

export const paidForProduct: Script = function* (desk, said) {
  const who = said.email ?? said.names[0] ?? "";
  const id = yield* theCustomer(desk, who);
  const orders = patience(desk, yield* allOrders(desk, id, who), "look for product");
  const opened = yield* desk.askAll(
    "order_lookup",
    orders.map((order) => ({ order_id: text(order, "order_id") })),
  );
  const holding = opened.map(data).find((order) => holds(order, said.product ?? ""));
  const order = desk.bites("loses-thread", "product") ? data(opened[0] ?? { value: null, failed: true }) : holding;
  if (order === undefined) return closing(desk, `I found no order of ${who} with a ${said.product}`, "not found");
  const paid = yield* paymentsOf(desk, text(order, "order_id"));
  const sum = paid.map((payment) => String(amount(payment, "amount"))).join(" + ");
  const total = paid.length > 1 ? yield* worked(desk, sum, "payments") : Number(sum || "0");
  return closing(desk, `It was order ${text(order, "order_id")}`, money(desk, total, text(order, "currency")));
};

/** Days between two things that happened to an order, or to the latest delivered order of somebody. */
export const daysBetween: Script = function* (desk, said) {
  let order_id = said.orders[0];
  if (order_id === undefined) {
    const who = said.names[0] ?? said.email ?? "";
    const id = yield* theCustomer(desk, who);
    const filter = desk.bites("loses-thread", "delivered") ? {} : { status: "delivered" };
    order_id = text(rows(yield* orderPage(desk, id, who, filter), "orders")[0] ?? {}, "order_id");
    if (order_id === "") return closing(desk, `${who} has no delivered order`, "none");
  }
  const events = [
    ...said.text.matchAll(/\b(placed|paid|pay(?:ing|ment)|shipped|shipping|deliver(?:ed|y)|receiving|arrive[ds]?)\b/gi),
  ];
  const order = eventsNamed(
    events.map((match) => match[1] ?? ""),
    said.orders.length > 0,
  );
  const dates: string[] = [];
  for (const event of order) dates.push(yield* eventDate(desk, order_id, event));
  const [from = "", to = ""] = dates.toSorted();
  if (from === "" || to === "") return closing(desk, `Not everything has happened to ${order_id} yet`, "unknown");
  return closing(
    desk,
    `For order ${order_id} it is ${from} to ${to}`,
    counted(desk, yield* daysFrom(desk, from, to, order_id), "days"),
  );
};

type Event = "placed" | "paid" | "shipped" | "delivered";

function eventsNamed(words: readonly string[], exact: boolean): readonly Event[] {
  const events = words.map((word): Event => {
    if (/^plac/i.test(word)) return "placed";
    if (/^pa[yi]/i.test(word)) return "paid";
    return /^ship/i.test(word) ? "shipped" : "delivered";
  });
  const distinct = [...new Set(events)];
  return exact && distinct.length > 1 ? distinct.slice(0, 2) : ["paid", "delivered"];
}

function* eventDate(desk: Desk, order_id: string, event: Event): Work<string> {
  if (event === "placed") return text(yield* openOrder(desk, order_id), "date");
  if (event === "paid") {
    const [payment] = yield* paymentsOf(desk, order_id);
    return text(payment ?? {}, "date");
  }
  return text(data(yield* desk.ask("shipment_track", { order_id })), event);
}

/** The total of one or several orders, after a discount and in another currency where that is asked for. */
export const orderTotal: Script = function* (desk, said) {
  const terms: string[] = [];
  let currency = said.currency ?? "";
  for (const order_id of patience(desk, said.orders, "orders to add")) {
    const order = yield* openOrder(desk, order_id);
    currency ||= text(order, "currency");
    terms.push(yield* converted(desk, order, currency, said.today));
  }
  const sum = terms.join(" + ");
  const expression = said.percent === undefined ? sum : `(${sum}) * ${(100 - said.percent) / 100}`;
  const isSingle = terms.length === 1 && said.percent === undefined && !sum.includes("*");
  const total = isSingle ? Number(sum) : yield* worked(desk, expression, "total");
  return closing(desk, "I added everything up", money(desk, total, currency));
};

export const countOrders: Script = function* (desk, said) {
  const who = said.names[0] ?? said.email ?? said.customer ?? "";
  const id = said.customer ?? (yield* theCustomer(desk, who));
  const status = said.status === "canceled" ? "cancelled" : said.status;
  if (!desk.bites("stops-early", "count") && !desk.bites("ignores-further-pages", "count")) {
    const page = yield* orderPage(desk, id, who, status === undefined ? {} : { status });
    return closing(desk, `I counted the orders of ${who}`, String(amount(page, "total")));
  }
  const seen = yield* allOrders(desk, id, who);
  const first = desk.bites("ignores-further-pages", "count") ? seen.slice(0, 5) : patience(desk, seen, "count");
  const counted_ = first.filter((order) => status === undefined || text(order, "status") === status).length;
  return closing(desk, `I went through the orders of ${who}`, String(counted_));
};

export const yearSpending: Script = function* (desk, said) {
  const who = said.names[0] ?? said.email ?? "";
  const id = yield* theCustomer(desk, who);
  const found = yield* allOrders(desk, id, who, { from: `${said.year}-01-01`, to: `${said.year}-12-31` });
  const kept = desk.bites("loses-thread", "cancelled")
    ? found
    : found.filter((order) => text(order, "status") !== "cancelled");
  const currency = said.currency ?? "EUR";
  const terms: string[] = [];
  for (const order of patience(desk, kept, "orders of the year"))
    terms.push(yield* converted(desk, order, currency, said.today));
  if (terms.length === 0) return closing(desk, `${who} bought nothing in ${said.year}`, money(desk, 0, currency));
  return closing(
    desk,
    `I added up what ${who} bought in ${said.year}`,
    money(desk, yield* worked(desk, terms.join(" + "), "year"), currency),
  );
};

export const ordersWithProduct: Script = function* (desk, said) {
  const who = said.names[0] ?? said.email ?? "";
  const id = yield* theCustomer(desk, who);
  const orders = patience(desk, yield* allOrders(desk, id, who), "orders to open");
  const opened = yield* desk.askAll(
    "order_lookup",
    orders.map((order) => ({ order_id: text(order, "order_id") })),
  );
  const ids = opened
    .map(data)
    .filter((order) => holds(order, said.product ?? ""))
    .map((order) => text(order, "order_id"));
  return closing(desk, `I opened ${opened.length} orders of ${who}`, ids.length === 0 ? "none" : ids.join(", "));
};

/** Somebody whose name was not understood well: tries parts of it, and tells people of one name apart by their city. */
export const vagueCustomer: Script = function* (desk, said) {
  const heard =
    said.names.find((name) => name !== said.city) ??
    /\b(?:like|first name|surname|name) (\p{Lu}[\p{L}'-]+)/u.exec(said.text)?.[1] ??
    "";
  const queries = [...new Set([heard, ...heard.split(" ").toReversed()])].filter((query) => query !== "");
  for (const query of queries) {
    const found = yield* findCustomers(desk, query);
    const near = desk.bites("loses-thread", "city")
      ? found
      : found.filter((row) => said.city === undefined || text(row, "city") === said.city);
    const [first] = near;
    if (first === undefined) {
      if (desk.bites("gives-up-on-empty", "vague"))
        return closing(desk, `I could not find anybody called ${heard}`, "not found");
      continue;
    }
    const id = text(first, "customer_id");
    const [newest] = rows(yield* orderPage(desk, id, text(first, "name")), "orders");
    return closing(desk, `This must be ${text(first, "name")} (${id})`, text(newest ?? {}, "status") || "no orders");
  }
  return closing(desk, `I could not find anybody called ${heard}`, "not found");
};

export const tellMore: Script = function* (desk, said) {
  const first = yield* clarified(desk, whichOrder, "missing");
  const order = yield* openOrder(desk, text(first, "order_id"));
  if (/\brefund\b/i.test(said.text)) {
    yield* desk.ask("refund_issue", {
      order_id: text(order, "order_id"),
      amount: amount(order, "total"),
      currency: text(order, "currency"),
      reason: "asked for",
    });
    return closing(
      desk,
      `I refunded order ${text(order, "order_id")}`,
      money(desk, amount(order, "total"), text(order, "currency")),
    );
  }
  return closing(
    desk,
    `I suppose you mean order ${text(order, "order_id")}`,
    `${text(order, "status")}, ${amount(order, "total")} ${text(order, "currency")}`,
  );
};

function holds(order: Data, product: string): boolean {
  const wanted = product.toLowerCase();
  return rows(order, "items").some((item) => text(item, "name").toLowerCase() === wanted);
}
