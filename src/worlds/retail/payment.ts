import { roundCents } from "../arithmetic.ts";
import { refuse, required } from "../define.ts";
import { findUser, type Order, type RetailWorld, type User, type Variant } from "./data.ts";

type Method = User["payment_methods"][string];

export function methodOf(world: RetailWorld, order: Order, id: string): Method {
  return required(findUser(world, order.user_id).payment_methods[id], "The user has no such payment method.");
}

/** Throws when the method is a gift card with less on it than the amount. */
export function requireBalance(method: Method, amount: number): void {
  refuse(method.source === "gift_card" && (method.balance ?? 0) < amount, "There is not enough on the gift card.");
}

/** Adds an amount (negative: takes it off) to a method that is a gift card; others are settled elsewhere. */
export function credit(world: RetailWorld, order: Order, id: string, amount: number): void {
  const user = findUser(world, order.user_id);
  const method = user.payment_methods[id];
  if (method?.source !== "gift_card") return;
  const balance = roundCents((method.balance ?? 0) + amount);
  world.users.put(order.user_id, {
    ...user,
    payment_methods: { ...user.payment_methods, [id]: { ...method, balance } },
  });
}

/** Throws unless the order has each of these items as often as they are named. */
export function requireItems({ items }: Order, ids: readonly string[]): void {
  for (const id of ids) {
    const held = items.filter(({ item_id }) => item_id === id).length;
    refuse(ids.filter((other) => other === id).length > held, `The order has no item ${id}, or fewer.`);
  }
}

/** For each old item the available variant of the same product, and what they cost more in all, in unrounded money. */
export function replacements(
  world: RetailWorld,
  order: Order,
  { item_ids, new_item_ids }: { readonly item_ids: readonly string[]; readonly new_item_ids: readonly string[] },
): { readonly variants: readonly Variant[]; readonly difference: number } {
  requireItems(order, item_ids);
  refuse(item_ids.length !== new_item_ids.length, "There must be one new item for every old one.");
  const pairs = item_ids.map((old, index) => {
    const item = required(
      order.items.find(({ item_id }) => item_id === old),
      `The order has no item ${old}.`,
    );
    const wanted = new_item_ids[index] ?? "";
    const variant = world.products.get(item.product_id)?.variants[wanted];
    if (variant?.available !== true) throw new Error(`Item ${wanted} is not there or not available.`);
    return { item, variant };
  });
  return {
    variants: pairs.map(({ variant }) => variant),
    difference: pairs.reduce((sum, { item, variant }) => sum + (variant.price - item.price), 0),
  };
}
