import type { Ask, Results } from "./rollout.ts";

/** What a request says; a script reads only what its kind of request has. */
export type Said = Readonly<
  Record<
    | "order" | "orders" | "customer" | "name" | "email" | "product" | "sku" | "currency" | "percent" | "status" | "year" | "today"
    | "start" | "end" | "city" | "hint" | "topic" | "situation" | "other",
    string
  >
>; // prettier-ignore
export type Script = (ask: Ask, said: Said) => string;
type Listed = Pick<Results["order_lookup"], "order_id" | "date" | "total" | "currency">;

export function answer(value: string | number): string {
  return `Here is what I found.\nAnswer: ${value}`;
}

export function money(amount: number, currency: string): string {
  return `${amount.toFixed(2)} ${currency}`;
}

export function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error("nothing found");
  return item;
}

export function customerNamed(ask: Ask, query: string): string {
  return first(ask("customer_search", { query }).customers).customer_id;
}

export function contains(ask: Ask, order_id: string, product: string): boolean {
  return ask("order_lookup", { order_id }).items.some(({ name }) => name === product);
}

export function allOrders(ask: Ask, filter: Readonly<Record<string, string>>): Results["order_search"]["orders"] {
  const { pages, orders } = ask("order_search", filter);
  const rest = Array.from(
    { length: pages - 1 },
    (_, index) => ask("order_search", { ...filter, page: index + 2 }).orders,
  );
  return [orders, ...rest].flat();
}

export function ordersInYear(ask: Ask, { name, year }: Said): Results["order_search"]["orders"] {
  const filter = { customer_id: customerNamed(ask, name), from: `${year}-01-01`, to: `${year}-12-31` };
  return allOrders(ask, filter).filter(({ status }) => status !== "cancelled");
}

export function paidOn(ask: Ask, order_id: string): string {
  return first(ask("payment_list", { order_id }).payments.filter(({ status }) => status === "captured")).date;
}

export function daysBetween(ask: Ask, from: string, to: string): number {
  return ask("days_between", { from, to }).days;
}

/** The order's total in a currency, as a product to be worked out by the calculator. */
export function converted(ask: Ask, order: Listed, currency: string, date = order.date): string {
  if (order.currency === currency) return `${order.total}`;
  return `${order.total} * ${ask("exchange_rate", { from: order.currency, to: currency, date }).rate}`;
}

export function added(ask: Ask, parts: readonly string[], currency: string): string {
  return money(ask("calculate", { expression: `round(${parts.join(" + ")}, 2)` }).result, currency);
}
