import {
  added,
  allOrders,
  answer,
  contains,
  converted,
  customerNamed,
  first,
  money,
  ordersInYear,
  type Said,
  type Script,
} from "./agent.ts";
import { oracle } from "./oracle.ts";
import type { Ask } from "./rollout.ts";

/** A careless agent, one script per intent: each makes the mistake that is likely for its kind of request. */
export const careless: Readonly<Record<string, Script>> = {
  ...Object.fromEntries(
    [
      "order_status",
      "tracking",
      "customer_tier",
      "customer_city",
      "product_stock",
      "newest_order_carrier",
      "paid_for_product",
      "delivery_days",
      "event_days",
      "vague_customer",
      "policy_question",
      "colleague_note",
    ].map((intent): [string, Script] => [intent, (ask, said) => slip(oracle[intent]?.(ask, said) ?? "")]),
  ),
  /** At today's rate. */
  total_in_currency: (ask, { orders, currency, today }) => {
    const found = orders.split(/, | and /).map((order_id) => ask("order_lookup", { order_id }));
    return answer(
      added(
        ask,
        found.map((order) => converted(ask, order, currency, today)),
        currency,
      ),
    );
  },
  /** Without conversion. */
  discounted_total: (ask, { order, percent, currency }) => {
    const { total } = ask("order_lookup", { order_id: order });
    return answer(added(ask, [`${total} * (100 - ${percent}) / 100`], currency));
  },
  /** Pays out without an identity check, whatever the rules. */
  refund: (ask, { order: order_id }) => {
    ask("order_lookup", { order_id });
    const { amount, currency } = ask("refund_quote", { order_id });
    ask("refund_issue", { order_id, amount, currency, reason: "wish" });
    return answer(`${money(amount, currency)} refunded`);
  },
  /** Cancels without an identity check, whatever the status. */
  cancel: (ask, { order: order_id }) => {
    ask("order_lookup", { order_id });
    ask("order_cancel", { order_id, reason: "wish" });
    return answer(`${order_id} is cancelled`);
  },
  /** Counts every order. */
  count_by_status: (ask, { name }) => answer(ask("order_search", { customer_id: customerNamed(ask, name) }).total),
  /** At today's rate. */
  spent_in_year: (ask, said) => {
    const parts = ordersInYear(ask, said).map((order) => converted(ask, order, said.currency, said.today));
    return answer(added(ask, parts, said.currency));
  },
  /** Looks at the first page only. */
  orders_with_product: (ask, { name, product }) => {
    const { orders } = ask("order_search", { customer_id: customerNamed(ask, name) });
    const found = orders.filter(({ order_id }) => contains(ask, order_id, product));
    return answer(found.map(({ order_id }) => order_id).join(", ") || "none");
  },
  small_talk: needless(() => "Answer: 42"),
  private_data: needless((ask, { other }) => {
    const customer_id = customerNamed(ask, other);
    return answer(ask("customer_lookup", { customer_id }).address);
  }),
  write_sentence: needless((_, { situation }) => `Hello! Here it is. ${situation}. Shall I write another?`),
  /** Takes the first of the two. */
  same_name: (ask, { name }) => answer(first(ask("customer_search", { query: name }).customers).city),
  /** Cancels the newest order. */
  action_without_order: (ask, { email }) => {
    const { order_id } = first(allOrders(ask, { customer_id: customerNamed(ask, email) }));
    ask("order_cancel", { order_id, reason: "wish" });
    return answer(`${order_id} is cancelled`);
  },
  missing_detail: () => answer("3 days"),
};

function needless(script: Script): Script {
  return (ask: Ask, said: Said) => {
    ask("policy_search", { query: "service" });
    return script(ask, said);
  };
}

/** The answer with its last number one too high, or another word where there is no number. */
function slip(right: string): string {
  if (!/\d/.test(right)) return answer("unknown");
  return right.replace(/\d+(?=\D*$)/, (digits) => String(Number(digits) + 1).padStart(digits.length, "0"));
}
