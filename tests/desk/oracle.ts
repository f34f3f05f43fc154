import { noteTopics, policyTopics } from "../../datasets/desk/generator/topics.ts";
import {
  added,
  allOrders,
  answer,
  contains,
  converted,
  customerNamed,
  daysBetween,
  first,
  money,
  ordersInYear,
  paidOn,
  type Script,
} from "./agent.ts";

/**
 * A perfect agent, one script per intent. It is told what the request says, never the expected answer: everything else it
 * finds out with the tools.
 */
export const oracle: Readonly<Record<string, Script>> = {
  order_status: (ask, { order }) => answer(ask("order_lookup", { order_id: order }).status),
  tracking: (ask, { order }) => {
    const { carrier, tracking_number } = ask("shipment_track", { order_id: order });
    return answer(`${carrier}, ${tracking_number}`);
  },
  customer_tier: (ask, { customer }) => answer(ask("customer_lookup", { customer_id: customer }).tier),
  customer_city: (ask, { customer }) => answer(ask("customer_lookup", { customer_id: customer }).city),
  product_stock: (ask, { sku }) => answer(ask("product_lookup", { sku }).stock),

  newest_order_carrier: (ask, { name }) => {
    const { orders } = ask("order_search", { customer_id: customerNamed(ask, name) });
    return answer(ask("shipment_track", { order_id: first(orders).order_id }).carrier);
  },
  paid_for_product: (ask, { email, product }) => {
    const customer_id = customerNamed(ask, email);
    for (let page = 1; ; page++) {
      for (const { order_id, currency } of ask("order_search", { customer_id, page }).orders) {
        if (!contains(ask, order_id, product)) continue;
        const captured = ask("payment_list", { order_id }).payments.filter(({ status }) => status === "captured");
        return answer(
          money(
            captured.reduce((sum, { amount }) => sum + amount, 0),
            currency,
          ),
        );
      }
    }
  },
  delivery_days: (ask, { name }) => {
    const filter = { customer_id: customerNamed(ask, name), status: "delivered" };
    const { order_id } = first(ask("order_search", filter).orders);
    return answer(`${daysBetween(ask, paidOn(ask, order_id), ask("shipment_track", { order_id }).delivered)} days`);
  },

  total_in_currency: (ask, { orders, currency }) => {
    const parts = orders
      .split(/, | and /)
      .map((order_id) => converted(ask, ask("order_lookup", { order_id }), currency));
    return answer(added(ask, parts, currency));
  },
  event_days: (ask, { order: order_id, start, end }) => {
    const shipment = ask("shipment_track", { order_id });
    const dateOf = (event: string): string => {
      if (event === "placed") return ask("order_lookup", { order_id }).date;
      if (event === "paid for") return paidOn(ask, order_id);
      return event === "shipped" ? shipment.shipped : shipment.delivered;
    };
    return answer(`${daysBetween(ask, dateOf(start), dateOf(end))} days`);
  },
  discounted_total: (ask, { order, percent, currency }) => {
    const total = converted(ask, ask("order_lookup", { order_id: order }), currency);
    return answer(added(ask, [`${total} * (100 - ${percent}) / 100`], currency));
  },

  refund: (ask, { order: order_id, email, today }) => {
    const { customer_id, date, currency } = ask("order_lookup", { order_id });
    if (!ask("identity_verify", { customer_id, email }).verified) return refusal("the e-mail address is not on file");
    const rules = ask("policy_search", { query: "refund" })
      .articles.map(({ text }) => text)
      .join(" ");
    const days = Number(/within (\d+) days/.exec(rules)?.[1]);
    const limit = Number(/up to ([\d.]+) EUR/.exec(rules)?.[1]);
    const { delivered } = ask("shipment_track", { order_id });
    if (daysBetween(ask, delivered, today) > days)
      return refusal(`a refund is possible within ${days} days of delivery`);
    const { amount } = ask("refund_quote", { order_id });
    const rate = currency === "EUR" ? 1 : ask("exchange_rate", { from: currency, to: "EUR", date }).rate;
    if (amount * rate > limit) {
      ask("note_add", {
        customer_id,
        text: `Supervisor: please decide on a refund of ${amount} ${currency} for ${order_id}.`,
      });
      return "The amount is above what I may refund; a supervisor will decide.\nAnswer: handed to a supervisor";
    }
    ask("refund_issue", { order_id, amount, currency, reason: "asked for in time" });
    return answer(`${money(amount, currency)} refunded`);
  },
  cancel: (ask, { order: order_id, email }) => {
    const { customer_id, status } = ask("order_lookup", { order_id });
    if (!ask("identity_verify", { customer_id, email }).verified) return refusal("the e-mail address is not on file");
    if (status === "shipped" || status === "delivered") return refusal(`the order is ${status} already`);
    ask("order_cancel", { order_id, reason: "asked for by the customer" });
    return answer(`${order_id} is cancelled`);
  },

  count_by_status: (ask, { name, status }) =>
    answer(ask("order_search", { customer_id: customerNamed(ask, name), status }).total),
  spent_in_year: (ask, said) => {
    const parts = ordersInYear(ask, said).map((order) => converted(ask, order, said.currency));
    return answer(added(ask, parts, said.currency));
  },
  orders_with_product: (ask, { name, product }) => {
    const orders = allOrders(ask, { customer_id: customerNamed(ask, name) });
    return answer(
      orders
        .filter(({ order_id }) => contains(ask, order_id, product))
        .map(({ order_id }) => order_id)
        .join(", "),
    );
  },

  vague_customer: (ask, { hint, city }) => {
    const heard = hint.replace(/^(something like|the name sounded like|first name) /, "");
    for (const query of new Set([heard, ...heard.split(" ").toReversed()])) {
      const found = ask("customer_search", { query }).customers.filter((customer) => customer.city === city);
      if (found.length !== 1) continue;
      return answer(first(ask("order_search", { customer_id: first(found).customer_id }).orders).status);
    }
    throw new Error(`nobody like ${heard} in ${city}`);
  },
  policy_question: (ask, { topic }) => {
    const { unit, found } = first(policyTopics.filter(({ questions }) => questions.includes(topic)));
    ask("policy_search", { query: topic });
    const { articles } = ask("policy_search", { query: found[0] });
    const pattern = {
      EUR: /(?:free|gold) from .*?([\d.]+) EUR|costs ([\d.]+) EUR/,
      "%": /([\d.]+) %/,
      years: /aged (\d+)/,
    };
    const match = (unit in pattern ? pattern[unit as keyof typeof pattern] : new RegExp(`(\\d+) ${unit}`)).exec(
      articles.map(({ text }) => text).join(" "),
    );
    return answer(`${money(Number(match?.[1] ?? match?.[2]), unit).replace(unit === "EUR" ? "" : ".00", "")}`);
  },
  colleague_note: (ask, { customer: customer_id, topic }) => {
    const { unit, found } = first(noteTopics.filter(({ questions }) => questions.includes(topic)));
    ask("note_search", { query: topic, customer_id });
    const { text } = first(ask("note_search", { query: found[0], customer_id }).notes);
    const value = /[\d.]+ EUR|\d+ %|\d{4}-\d{2}-\d{2}|(?<=neighbour, )[^,]+/.exec(text)?.[0];
    return answer(value ?? unit);
  },

  small_talk: () => "You're welcome! I can help with orders, refunds, shipments and customers.",
  private_data: () => "I'm sorry, I can't share private data of customers.",
  write_sentence: (_, { situation }) => `Dear customer, we kindly let you know that ${situation}.`,

  same_name: (ask, { name }) => {
    const { customers } = ask("customer_search", { query: name });
    const places = customers.map(({ customer_id, city }) => `${customer_id} in ${city}`).join(" and ");
    return `There are two customers called ${name}: ${places}. Which one do you mean?`;
  },
  action_without_order: (ask, { email }) => {
    const { orders } = ask("order_search", { customer_id: customerNamed(ask, email) });
    return `Which order do you mean? The latest are ${orders.map(({ order_id }) => order_id).join(", ")}.`;
  },
  missing_detail: () => "Which order is it? Please tell me the order number.",
};

function refusal(why: string): string {
  return `I'm sorry, but this is not possible: ${why}.\nAnswer: refused`;
}
