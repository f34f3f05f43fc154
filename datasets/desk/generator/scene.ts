import type { Json, Random } from "../../../src/base/index.ts";
import { authors } from "../world/notes.ts";
import { products } from "../world/catalogue.ts";
import { currencies, type Currency, type Order } from "../world/orders.ts";
import type { Customer } from "../world/people.ts";
import { rateOn, type Shop } from "../world/shop.ts";
import type { Intent } from "./requests.ts";

/** A check as it is written in `tasks.jsonl`. */
export type WrittenCheck = Readonly<Record<string, Json>> & { readonly type: string };

/** Where a task is made: a world, and chance. */
export interface Scene {
  readonly shop: Shop;
  readonly random: Random;
}

export type Slots = Readonly<Record<string, string>>;

/** What a maker contributes to a task; undefined when the drawn constellation does not make a good task. */
export interface Draft {
  readonly slots: Slots;
  readonly checks: readonly WrittenCheck[];
  /** Index of the phrasing, where only some fit. */
  readonly phrasing?: number;
}

/** One kind of task: a request with one way it ends. `share` of the twenty tasks of a family in a split. */
export interface Kind {
  readonly name: string;
  readonly intent: Intent;
  readonly share: number;
  make(scene: Scene): Draft | undefined;
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
export const refundReasons = [
  "the colour looks different from the pictures",
  "it is too big for the shelf",
  "it was a present and the person already had one",
  "it makes more noise than expected",
  "it doesn't match the kitchen",
  "it turned out to be less handy than hoped",
] as const;
export const cancelReasons = [
  "the kitchen renovation has been put off",
  "a friend has a spare one",
  "it was ordered twice",
  "the present is no longer needed",
  "the move to the new flat has been delayed",
] as const;

/** Slots that any request may use for colour. */
export function commonSlots({ shop, random }: Scene): Slots {
  return {
    today: shop.today,
    colleague: random.pick(authors),
    weekday: random.pick(weekdays),
    product: random.pick(products).name,
    name: uniqueCustomer({ shop, random }).name,
    percent: String(random.pick([5, 10, 12, 15, 20])),
    currency: random.pick(currencies),
    reason: random.pick(refundReasons),
  };
}

/** A customer whose name nobody shares. */
export function uniqueCustomer({ shop, random }: Scene): Customer {
  return random.pick(shop.customers.slice(4));
}

/** Newest first, as the order search lists them. */
export function ordersOf(shop: Shop, customer: Customer): readonly Order[] {
  return shop.orders.filter(({ customer_id }) => customer_id === customer.customer_id).toReversed();
}

export function customerOf(shop: Shop, order: Order): Customer {
  const found = shop.customers.find(({ customer_id }) => customer_id === order.customer_id);
  if (found === undefined) throw new Error(`order ${order.order_id} has no customer`);
  return found;
}

export function capturedDate({ payments }: Order): string | undefined {
  return payments.find(({ status }) => status === "captured")?.date;
}

export function paidAmount({ payments }: Order): number {
  return sum(payments.filter(({ status }) => status === "captured").map(({ amount }) => amount)) / 100;
}

/** The order's total in another currency at the rate of a day, the order date by default. */
export function convertedTotal(shop: Shop, order: Order, to: Currency, date = order.date): number {
  const rate = rateOn(shop, order.currency as Currency, to, date);
  if (rate === undefined) throw new Error(`no rate for ${order.currency} on ${date}`);
  return (order.total / 100) * rate;
}

/** Whether two results differ enough to be told apart by a check. */
export function clearlyDiffer(one: number, other: number): boolean {
  return Math.abs(one - other) > Math.max(0.5, Math.abs(one) * 0.005);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function cents(value: number): number {
  return Math.round(value * 100) / 100;
}

/** "a", "a and b", "a, b and c". */
export function enumerate(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
