import { amount, data, Ending, rows, text, type Data, type Desk, type Work } from "./desk.ts";
import { daysFrom, openOrder, orderPage, theCustomer } from "./moves.ts";
import type { OfficeRequest } from "./request.ts";
import { closing, money } from "./wording.ts";

/** Gives money back when the rules allow it: identity, window, quote, limit. */
export function* refund(desk: Desk, said: OfficeRequest): Work<string> {
  const order = yield* orderMeant(desk, said, "refund");
  const order_id = text(order, "order_id");
  const customer_id = text(order, "customer_id");
  const currency = text(order, "currency");
  yield* verified(desk, said, customer_id);
  const rules = yield* refundRules(desk);

  if (rules.days !== undefined && !desk.bites("skips-window", "refund")) {
    const parcel = data(yield* desk.ask("shipment_track", { order_id }));
    const delivered = text(parcel, "delivered");
    if (delivered !== "" && said.today !== undefined) {
      const days = yield* daysFrom(desk, delivered, said.today, "window");
      if (days > rules.days) {
        return refusal(desk, `a refund is possible within ${rules.days} days of delivery, and ${days} have passed`);
      }
    }
  }
  let due = amount(order, "total");
  if (desk.bites("issues-instead-of-quotes", order_id)) {
    yield* desk.ask("refund_issue", { order_id, amount: due, currency, reason: "requested by the customer" });
    return closing(desk, `The refund for ${order_id} is on its way`, money(desk, due, currency));
  }
  if (!desk.bites("skips-quote", "refund")) {
    const quote = data(yield* desk.ask("refund_quote", { order_id }));
    due = typeof quote["amount"] === "number" ? quote["amount"] : due;
  }
  if (rules.limit !== undefined && !desk.bites("ignores-limit", "refund")) {
    const rate =
      currency === "EUR"
        ? 1
        : amount(
            data(yield* desk.ask("exchange_rate", { from: currency, to: "EUR", date: text(order, "date") })),
            "rate",
          );
    if (due * rate > rules.limit) {
      const note = `Supervisor: please decide on a refund of ${due.toFixed(2)} ${currency} for ${order_id}; it is above the limit.`;
      yield* desk.ask("note_add", { customer_id, text: note });
      return closing(
        desk,
        `The amount of ${due.toFixed(2)} ${currency} is above what I may refund, so I cannot issue it; I left a note for a supervisor`,
        "handed to a supervisor",
      );
    }
  }
  if (desk.bites("quotes-instead-of-issues", "refund")) {
    return closing(desk, `The refund for ${order_id} has been worked out`, money(desk, due, currency));
  }
  const reason = "requested by the customer";
  if (desk.bites("amount-in-minor-units", "refund")) {
    const tried = yield* desk.ask("refund_issue", { order_id, amount: Math.round(due * 100), currency, reason });
    if (!tried.failed || desk.bites("gives-up-on-empty", "refund")) {
      return closing(desk, `The refund for ${order_id} did not go through`, "failed");
    }
  }
  yield* desk.ask("refund_issue", { order_id, amount: due, currency, reason });
  return closing(desk, `I refunded order ${order_id}`, `${money(desk, due, currency)} refunded`);
}

/** Cancels an order when the rules allow it: identity, and not shipped yet. */
export function* cancel(desk: Desk, said: OfficeRequest): Work<string> {
  const order = yield* orderMeant(desk, said, "cancellation");
  const order_id = text(order, "order_id");
  yield* verified(desk, said, text(order, "customer_id"));
  const status = text(order, "status");
  if ((status === "shipped" || status === "delivered") && !desk.bites("skips-window", "cancel")) {
    return refusal(desk, `order ${order_id} is ${status} already`);
  }
  if (desk.bites("quotes-instead-of-issues", "cancel"))
    return closing(desk, `Order ${order_id} can be cancelled`, "possible");
  yield* desk.ask("order_cancel", { order_id, reason: "requested by the customer" });
  return closing(desk, `I cancelled the order`, `${order_id} cancelled`);
}

/** The order somebody wants something done with; without a number it asks, or takes the customer's newest. */
function* orderMeant(desk: Desk, said: OfficeRequest, action: string): Work<Data> {
  const [order_id] = said.orders;
  if (order_id !== undefined) return yield* openOrder(desk, order_id);
  const question = `Which order is the ${action} for? Please tell me the order number.`;
  if (said.email === undefined || !desk.bites("guesses-when-ambiguous", "action")) throw new Ending(question);
  const id = yield* theCustomer(desk, said.email);
  const [newest] = rows(yield* orderPage(desk, id, said.email), "orders");
  if (newest === undefined) throw new Ending(question);
  return yield* openOrder(desk, text(newest, "order_id"));
}

/** Makes sure of the customer's identity, or forgets to. */
function* verified(desk: Desk, said: OfficeRequest, customer_id: string): Work<void> {
  if (desk.bites("skips-identity-check", "action")) return;
  if (said.email === undefined)
    throw new Ending("Please tell me the e-mail address the order was made with, so that I can verify your identity?");
  const check = data(yield* desk.ask("identity_verify", { customer_id, email: said.email }));
  if (check["verified"] !== true)
    throw new Ending(refusal(desk, "the e-mail address is not the one on file, so I could not verify the identity"));
}

/** The window in days and the limit in EUR; unknown where the rules were not found. */
function* refundRules(desk: Desk): Work<{ readonly days?: number; readonly limit?: number }> {
  if (desk.bites("notes-instead-of-policy", "refund")) {
    yield* desk.ask("note_search", { query: "refund" });
    if (desk.bites("gives-up-on-empty", "rules")) return {};
  }
  if (desk.bites("skips-window", "rules")) return {};
  const articles = rows(data(yield* desk.ask("policy_search", { query: "refund" })), "articles");
  const all = articles.map((article) => text(article, "text")).join(" ");
  const days = /within (\d+) days/.exec(all)?.[1];
  const limit = /(?:up to|limit of|at most) (\d+(?:\.\d+)?) EUR/.exec(all)?.[1];
  return {
    ...(days === undefined ? {} : { days: Number(days) }),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
  };
}

function refusal(desk: Desk, why: string): string {
  return closing(desk, `I'm sorry, this is not possible: ${why}`, "refused");
}
