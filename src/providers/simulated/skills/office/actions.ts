import { amount, complaint, data, Ending, rows, text, type Data, type Desk, type Work } from "./desk.ts";
import { converted, daysFrom } from "./figures.ts";
import { openOrder, orderPage, parcelOf } from "./moves.ts";
import type { OfficeRequest } from "./request.ts";
import { closing, exactMoney, listed, refusal } from "./wording.ts";

/** Gives money back where the rules allow it: identity, window, quote, limit, and only then the money. */
export function* refund(desk: Desk, said: OfficeRequest): Work<string> {
  const order = yield* orderMeant(desk, said, "refund", ["delivered"]);
  const order_id = text(order, "order_id");
  yield* identified(desk, said, order);
  const rules = yield* refundRules(desk, text(order, "customer_id"));
  if (!desk.bites("skips-window", "window")) yield* inTime(desk, said, order_id, rules.days);
  const due = yield* amountDue(desk, order);
  if (!desk.bites("ignores-limit", "limit")) yield* withinLimit(desk, order, due, rules.limit);
  if (desk.bites("stops-early", "last step")) {
    return closing(
      desk,
      `A refund of ${due.told} for ${order_id} would be in order; shall I go on with it`,
      "possible",
    );
  }
  if (desk.bites("quotes-instead-of-issues", "refund")) {
    yield* desk.ask("refund_quote", { order_id });
    return closing(desk, `The refund for ${order_id} is done`, due.told);
  }
  return yield* payOut(desk, order, due);
}

interface Due {
  readonly amount: number;
  readonly currency: string;
  /** As the reply names it. */
  readonly told: string;
}

const reason = "Requested by the customer";

/** What is due: as quoted, or the order's total by those who do not ask. */
function* amountDue(desk: Desk, order: Data): Work<Due> {
  const order_id = text(order, "order_id");
  const own = text(order, "currency");
  const total = dueOf(desk, amount(order, "total"), own);
  if (desk.bites("issues-instead-of-quotes", "refund")) throw new Ending(yield* payOut(desk, order, total));
  if (desk.bites("skips-quote", "refund") || !desk.has("refund_quote")) return total;
  const quote = yield* desk.ask("refund_quote", { order_id });
  if (quote.failed) throw new Ending(refusal(desk, complaint(quote)));
  return dueOf(desk, amount(data(quote), "amount"), text(data(quote), "currency") || own);
}

function dueOf(desk: Desk, due: number, currency: string): Due {
  return {
    amount: due,
    currency,
    told: desk.bites("drops-unit", "amount") ? due.toFixed(2) : exactMoney(due, currency),
  };
}

/** Pays, reads what the tool objects to, and tries once more. */
function* payOut(desk: Desk, order: Data, due: Due): Work<string> {
  const order_id = text(order, "order_id");
  const { currency } = due;
  const inCents = desk.bites("amount-in-minor-units", "refund");
  const given = inCents ? Math.round(due.amount * 100) : due.amount;
  const first = yield* desk.ask("refund_issue", { order_id, amount: given, currency, reason });
  if (!first.failed)
    return closing(
      desk,
      `I refunded order ${order_id}, shipping not included`,
      `${inCents ? given : due.told} refunded`,
    );
  const most = Number(/(\d+(?:\.\d+)?) [A-Z]{3}/.exec(complaint(first))?.[1] ?? due.amount);
  const again = inCents && desk.recovers("refund") ? due : dueOf(desk, Math.min(most, given), currency);
  const second = yield* desk.ask("refund_issue", { order_id, amount: again.amount, currency, reason });
  if (second.failed) return refusal(desk, `the refund of ${order_id} did not go through`);
  return closing(desk, `I refunded order ${order_id} after a first try that failed`, `${again.told} refunded`);
}

/** Ends the case when the time for refunds is over. */
function* inTime(desk: Desk, said: OfficeRequest, order_id: string, window: number | undefined): Work<void> {
  const delivered = text(yield* parcelOf(desk, order_id), "delivered");
  if (delivered === "") throw new Ending(refusal(desk, `order ${order_id} has not been delivered`));
  if (said.today === undefined)
    throw new Ending(
      `Order ${order_id} was delivered on ${delivered}. What date is today? I need it to see whether a refund is still possible.`,
    );
  const days = yield* daysFrom(desk, delivered, said.today);
  if (window !== undefined && days > window) {
    throw new Ending(
      refusal(
        desk,
        `order ${order_id} was delivered ${days} days ago, and a refund is only possible within ${window} days of delivery`,
      ),
    );
  }
}

/** Hands the case to a supervisor when the amount is above what the desk may pay. */
function* withinLimit(desk: Desk, order: Data, due: Due, limit: number | undefined): Work<void> {
  const date = text(order, "date");
  const [term] = yield* converted(desk, [{ total: due.amount, currency: due.currency, date }], "EUR", undefined);
  if (limit === undefined || term === undefined || term.amount * term.rate <= limit) return;
  const order_id = text(order, "order_id");
  const note = `For the supervisor: please decide on a refund of ${exactMoney(due.amount, due.currency)} for order ${order_id}, which is above the limit of the desk.`;
  yield* desk.ask("note_add", { customer_id: text(order, "customer_id"), text: note });
  throw new Ending(
    closing(
      desk,
      `The amount due for ${order_id} is ${due.told}, which is above what I may refund myself, so I left a note for a supervisor, who will decide`,
      "handed to a supervisor",
    ),
  );
}

/** Cancels an order where the rules allow it: identity, and not shipped yet. */
export function* cancel(desk: Desk, said: OfficeRequest): Work<string> {
  const order = yield* orderMeant(desk, said, "cancellation", ["pending", "processing"]);
  const order_id = text(order, "order_id");
  const status = text(order, "status");
  yield* identified(desk, said, order);
  if (status === "cancelled") return closing(desk, `Order ${order_id} was cancelled before`, "already cancelled");
  if (["shipped", "delivered"].includes(status) && !desk.bites("skips-window", "window")) {
    return refusal(desk, `order ${order_id} is ${status} already and can no longer be stopped`);
  }
  if (desk.bites("stops-early", "last step"))
    return closing(desk, `Order ${order_id} is ${status}; shall I go on`, "possible");
  const done = yield* desk.ask("order_cancel", { order_id, reason });
  return done.failed
    ? refusal(desk, complaint(done))
    : closing(desk, `I have stopped order ${order_id}`, `${order_id} is cancelled`);
}

/** The order somebody wants something done with: asks which one, or takes the newest that fits. */
function* orderMeant(desk: Desk, said: OfficeRequest, action: string, statuses: readonly string[]): Work<Data> {
  const [order_id] = said.orders;
  if (order_id !== undefined) return yield* openOrder(desk, order_id);
  const listedOrders = rows((yield* orderPage(desk, said)).page, "orders");
  const fitting = listedOrders.filter((row) => statuses.includes(text(row, "status")));
  const [newest] = fitting.length > 0 ? fitting : listedOrders;
  if (newest !== undefined && desk.bites("guesses-when-ambiguous", "order"))
    return yield* openOrder(desk, text(newest, "order_id"));
  const choices = fitting.map((row) => `${text(row, "order_id")} of ${text(row, "date")}`);
  const those = choices.length === 0 ? "" : ` The latest that may be meant: ${listed(choices)}.`;
  throw new Ending(`Which order is the ${action} for? Please tell me the order number.${those}`);
}

/** Makes sure of who is asking, or does not care. Ends the case when it is somebody else. */
function* identified(desk: Desk, said: OfficeRequest, order: Data): Work<void> {
  if (desk.bites("skips-identity-check", "identity") || !desk.has("identity_verify")) return;
  const { email } = said;
  const customer_id = text(order, "customer_id");
  if (email === undefined)
    throw new Ending(
      `To make sure who is asking: which e-mail address was order ${text(order, "order_id")} made with?`,
    );
  const byName = desk.bites("name-instead-of-id", "identity");
  if (byName) yield* desk.ask("identity_verify", { customer_id: email, email });
  if (byName && !desk.recovers("identity")) throw new Ending(refusal(desk, "the identity could not be checked"));
  const { verified } = data(yield* desk.ask("identity_verify", { customer_id, email }));
  if (verified !== true)
    throw new Ending(
      refusal(
        desk,
        "the e-mail address given is not the one on file for this order, so I could not verify who is asking",
      ),
    );
}

/** The window in days and the limit in EUR: as written, or what is usual elsewhere. */
function* refundRules(
  desk: Desk,
  customer_id: string,
): Work<{ readonly days: number | undefined; readonly limit: number | undefined }> {
  const elsewhere = { days: 100, limit: undefined };
  if (desk.bites("skips-window", "window") && desk.bites("ignores-limit", "limit")) return elsewhere;
  if (desk.bites("notes-instead-of-policy", "policy rules")) {
    yield* desk.ask("note_search", { query: "refund", customer_id });
    if (!desk.recovers("policy rules")) return elsewhere;
  }
  const articles = rows(data(yield* desk.ask("policy_search", { query: "refund" })), "articles");
  const rules = articles.map((article) => text(article, "text")).join(" ");
  const days = /\brefund\b[^.]*?\bwithin (\d+) days/i.exec(rules)?.[1];
  const limit = /\b(?:up to|at most|limit of|no more than) (\d+(?:\.\d+)?) EUR/i.exec(rules)?.[1];
  return {
    days: days === undefined ? undefined : Number(days),
    limit: limit === undefined ? undefined : Number(limit),
  };
}

/** What would be given back, without doing it. */
export function* refundQuote(desk: Desk, said: OfficeRequest): Work<string> {
  const order = yield* openOrder(desk, said.orders[0] ?? "");
  const due = yield* amountDue(desk, order);
  return closing(desk, `This is what would be given back for ${text(order, "order_id")}`, due.told);
}
