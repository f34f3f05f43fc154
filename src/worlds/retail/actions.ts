import { roundCents } from "../arithmetic.ts";
import { refuse } from "../define.ts";
import { findOrder, findUser, keep, type Order, type RetailWorld, type User } from "./data.ts";
import { credit, methodOf, replacements, requireBalance, requireItems } from "./payment.ts";

interface Address {
  readonly address1: string;
  readonly address2: string;
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly zip: string;
}
interface Exchange {
  readonly order_id: string;
  readonly item_ids: readonly string[];
  readonly new_item_ids: readonly string[];
  readonly payment_method_id: string;
}

export function cancelOrder(world: RetailWorld, { order_id, reason }: { order_id: string; reason: string }): Order {
  const order = findOrder(world, order_id, "pending");
  const refunds = order.payment_history.map(({ amount, payment_method_id }) => ({
    transaction_type: "refund",
    amount,
    payment_method_id,
  }));
  for (const { amount, payment_method_id } of refunds) credit(world, order, payment_method_id, amount);
  return keep(world, {
    ...order,
    status: "cancelled",
    cancel_reason: reason,
    payment_history: [...order.payment_history, ...refunds],
  });
}

/** Notes which items are to be exchanged; nothing is paid yet. */
export function exchangeItems(world: RetailWorld, exchange: Exchange): Order {
  const order = findOrder(world, exchange.order_id, "delivered");
  const difference = roundCents(replacements(world, order, exchange).difference);
  requireBalance(methodOf(world, order, exchange.payment_method_id), difference);
  return keep(world, {
    ...order,
    status: "exchange requested",
    exchange_items: exchange.item_ids.toSorted(),
    exchange_new_items: exchange.new_item_ids.toSorted(),
    exchange_payment_method_id: exchange.payment_method_id,
    exchange_price_difference: difference,
  });
}

export function returnItems(
  world: RetailWorld,
  asked: { order_id: string; item_ids: readonly string[]; payment_method_id: string },
): Order {
  const order = findOrder(world, asked.order_id, "delivered");
  const { source } = methodOf(world, order, asked.payment_method_id);
  const original = order.payment_history[0]?.payment_method_id === asked.payment_method_id;
  refuse(source !== "gift_card" && !original, "The refund goes to the original payment method or to a gift card.");
  requireItems(order, asked.item_ids);
  return keep(world, {
    ...order,
    status: "return requested",
    return_items: asked.item_ids.toSorted(),
    return_payment_method_id: asked.payment_method_id,
  });
}

/** Puts other variants into a pending order, once. */
export function modifyItems(world: RetailWorld, exchange: Exchange): Order {
  const order = findOrder(world, exchange.order_id, "pending");
  const { variants, difference } = replacements(world, order, exchange);
  requireBalance(methodOf(world, order, exchange.payment_method_id), difference);
  credit(world, order, exchange.payment_method_id, -difference);
  const items = exchange.item_ids.reduce((left, old, index) => {
    const at = left.findIndex(({ item_id }) => item_id === old);
    const { item_id = old, price = 0, options = {} } = variants[index] ?? {};
    return left.map((item, place) => (place === at ? { ...item, item_id, price, options } : item));
  }, order.items);
  const payment = {
    transaction_type: difference > 0 ? "payment" : "refund",
    amount: Math.abs(difference),
    payment_method_id: exchange.payment_method_id,
  };
  return keep(world, {
    ...order,
    items,
    status: "pending (item modified)",
    payment_history: [...order.payment_history, payment],
  });
}

export function modifyPayment(
  world: RetailWorld,
  { order_id, payment_method_id }: { order_id: string; payment_method_id: string },
): Order {
  const order = findOrder(world, order_id, "pending");
  const method = methodOf(world, order, payment_method_id);
  const [first, ...more] = order.payment_history;
  if (first?.transaction_type !== "payment" || more.length > 0) throw new Error("A pending order has one payment.");
  refuse(first.payment_method_id === payment_method_id, "It is paid by this method already.");
  requireBalance(method, first.amount);
  credit(world, order, payment_method_id, -first.amount);
  credit(world, order, first.payment_method_id, first.amount);
  const entry = (transaction_type: string, id: string) => ({
    transaction_type,
    amount: first.amount,
    payment_method_id: id,
  });
  return keep(world, {
    ...order,
    payment_history: [first, entry("payment", payment_method_id), entry("refund", first.payment_method_id)],
  });
}

export function modifyAddress(world: RetailWorld, { order_id, ...address }: Address & { order_id: string }): Order {
  return keep(world, { ...findOrder(world, order_id, "pending"), address });
}

export function modifyUserAddress(world: RetailWorld, { user_id, ...address }: Address & { user_id: string }): User {
  const user = { ...findUser(world, user_id), address };
  world.users.put(user_id, user);
  return user;
}
