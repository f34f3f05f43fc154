import { z } from "zod";
import type { CustomerWorld } from "../customer.ts";
import { readRecords } from "../data-files.ts";
import { refuse, required } from "../define.ts";
import { overlay, recordsQuery, type Records } from "../records.ts";

/** The data files of the shop. */
export const retailFiles = ["orders", "products", "users"] as const;

const Options = z.record(z.string(), z.string());
const Variant = z.looseObject({ item_id: z.string(), options: Options, available: z.boolean(), price: z.number() });
const Product = z.looseObject({ name: z.string(), product_id: z.string(), variants: z.record(z.string(), Variant) });
const Item = z.looseObject({ product_id: z.string(), item_id: z.string(), price: z.number(), options: Options });
const Payment = z.looseObject({ transaction_type: z.string(), amount: z.number(), payment_method_id: z.string() });
const Order = z.looseObject({
  order_id: z.string(),
  user_id: z.string(),
  items: z.array(Item),
  status: z.string(),
  payment_history: z.array(Payment),
});
const Method = z.looseObject({ source: z.string(), balance: z.number().optional() });
const User = z.looseObject({
  name: z.strictObject({ first_name: z.string(), last_name: z.string() }),
  address: z.looseObject({ zip: z.string() }),
  email: z.string(),
  payment_methods: z.record(z.string(), Method),
});

export type Variant = z.output<typeof Variant>;
export type Order = z.output<typeof Order>;
export type User = z.output<typeof User>;

export interface RetailData {
  readonly orders: ReadonlyMap<string, Order>;
  readonly products: ReadonlyMap<string, z.output<typeof Product>>;
  readonly users: ReadonlyMap<string, User>;
}

export interface RetailWorld extends CustomerWorld {
  readonly orders: Records<Order>;
  readonly products: ReadonlyMap<string, z.output<typeof Product>>;
  readonly users: Records<User>;
  /** Ids beside users, which do not name themselves. */
  readonly userIds: readonly string[];
}

export function readRetail(folder: string): RetailData {
  return {
    orders: readRecords(folder, "orders", z.record(z.string(), Order)),
    products: readRecords(folder, "products", z.record(z.string(), Product)),
    users: readRecords(folder, "users", z.record(z.string(), User)),
  };
}

export function retailWorld(data: RetailData, script: readonly string[]): RetailWorld {
  const orders = overlay(data.orders);
  const users = overlay(data.users);
  const messages: string[] = [];
  return {
    orders,
    users,
    products: data.products,
    userIds: [...data.users.keys()],
    messages,
    script,
    query: recordsQuery({ order: orders, user: users }, messages),
  };
}

export const findUser = (world: RetailWorld, id: string): User =>
  required(world.users.get(id), "There is no such user.");

/** An order in a status. Throws when it is in another or there is none. */
export function findOrder(world: RetailWorld, id: string, status?: string): Order {
  const order = required(world.orders.get(id), "There is no such order.");
  refuse(status !== undefined && order.status !== status, `This order is ${order.status}, not ${status}.`);
  return order;
}

export function keep(world: RetailWorld, order: Order): Order {
  world.orders.put(order.order_id, order);
  return order;
}
