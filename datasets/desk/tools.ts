import type { output, ZodType } from "zod";
import type { Tool, ToolContext, ToolKit, ToolModule } from "../../src/index.ts";
import { addNote, cancelOrder, issueRefund, quoteRefund, verifyIdentity } from "./tools/actions.ts";
import { calculate } from "./tools/calculator.ts";
import { openWorld, required, type DeskWorld } from "./tools/desk-world.ts";
import {
  findCustomer,
  listPayments,
  lookUpOrder,
  lookUpProduct,
  searchCustomers,
  searchNotes,
  searchOrders,
  searchPolicy,
  trackShipment,
} from "./tools/records.ts";
import { daysBetween } from "./world/calendar.ts";
import { fillDatabase } from "./world/database.ts";
import { currencies, statuses, type Currency } from "./world/orders.ts";
import { crossRate, makeShop } from "./world/shop.ts";

/** Raised whenever tools or worlds change what a rollout can see. */
const version = "1";

/**
 * The back office of a small web shop: seventeen tools on a SQLite database. A task's world is `{ "seed": n }`, and the content
 * is a pure function of the seed. The descriptions are as short as in many real systems; genomes may better them.
 */
export function createTools({ z, openDatabase }: ToolKit): ToolModule {
  const id = z.string().min(1);
  const words = z.string().min(1);
  const date = z.iso.date();
  const currency = z.enum(currencies);
  const order = z.strictObject({ order_id: id });
  const customer = z.strictObject({ customer_id: id });

  const tools: readonly Tool<never>[] = [
    define("read", "order_lookup", "Find an order.", order, (world, { order_id }) => lookUpOrder(world, order_id)),
    define(
      "read",
      "order_search",
      "Search orders.",
      z.strictObject({
        customer_id: id.optional(),
        status: z.enum(statuses).optional(),
        from: date.optional(),
        to: date.optional(),
        page: z.int().min(1).optional(),
      }),
      searchOrders,
    ),
    define("read", "customer_lookup", "Find a customer.", customer, (world, { customer_id }) =>
      findCustomer(world, customer_id),
    ),
    define("read", "customer_search", "Search customers.", z.strictObject({ query: words }), (world, { query }) =>
      searchCustomers(world, query),
    ),
    define("read", "product_lookup", "Find a product.", z.strictObject({ sku: id }), (world, { sku }) =>
      lookUpProduct(world, sku),
    ),
    define("read", "payment_list", "Payments of an order.", order, (world, { order_id }) =>
      listPayments(world, order_id),
    ),
    define("read", "refund_quote", "Refund of an order.", order, (world, { order_id }) => quoteRefund(world, order_id)),
    define(
      "write",
      "refund_issue",
      "Refund for an order.",
      z.strictObject({ order_id: id, amount: z.number().positive(), currency, reason: words }),
      issueRefund,
    ),
    define("read", "shipment_track", "Shipment of an order.", order, (world, { order_id }) =>
      trackShipment(world, order_id),
    ),
    define(
      "read",
      "exchange_rate",
      "Exchange rate of two currencies.",
      z.strictObject({ from: currency, to: currency, date }),
      (world, query) => ({ ...query, rate: exchangeRate(world, query.from, query.to, query.date) }),
    ),
    define("read", "calculate", "Calculator.", z.strictObject({ expression: words }), (_, { expression }) => ({
      result: Number(calculate(expression).toFixed(8)),
    })),
    define(
      "read",
      "days_between",
      "Days between dates.",
      z.strictObject({ from: date, to: date }),
      (_, { from, to }) => ({
        days: daysBetween(from, to),
      }),
    ),
    define("read", "policy_search", "Search shop information.", z.strictObject({ query: words }), (world, { query }) =>
      searchPolicy(world, query),
    ),
    define(
      "read",
      "note_search",
      "Search shop notes.",
      z.strictObject({ query: words, customer_id: id.optional() }),
      (world, { query, customer_id }) => searchNotes(world, query, customer_id),
    ),
    define(
      "write",
      "note_add",
      "Add a note.",
      z.strictObject({ customer_id: id, text: words }),
      (world, { customer_id, text }) => addNote(world, customer_id, text),
    ),
    define(
      "write",
      "identity_verify",
      "Check a customer.",
      z.strictObject({ customer_id: id, email: words }),
      (world, { customer_id, email }) => verifyIdentity(world, customer_id, email),
    ),
    define(
      "write",
      "order_cancel",
      "Cancel an order.",
      z.strictObject({ order_id: id, reason: words }),
      (world, { order_id, reason }) => cancelOrder(world, order_id, reason),
    ),
  ];

  const worldSpec = z.strictObject({ seed: z.int().min(0) });
  const serialized = new Map<number, Uint8Array>();
  const serializedWorld = (seed: number): Uint8Array => {
    const known = serialized.get(seed);
    if (known) return known;
    const database = openDatabase();
    fillDatabase(database, makeShop(seed));
    const bytes = database.serialize();
    database.close();
    serialized.set(seed, bytes);
    return bytes;
  };
  return {
    version,
    tools,
    createWorld: (spec) => openWorld(openDatabase(serializedWorld(worldSpec.parse(spec).seed))),
  };
}

function define<Parameters extends ZodType>(
  effect: Tool["effect"],
  name: string,
  description: string,
  parameters: Parameters,
  run: (world: DeskWorld, args: output<Parameters>) => unknown,
): Tool<never> {
  return {
    name,
    description,
    parameters,
    effect,
    run: (args: output<Parameters>, { world }: ToolContext<DeskWorld>) => run(world, args),
  };
}

function exchangeRate(world: DeskWorld, from: Currency, to: Currency, date: string): number {
  const perEuro = (currency: Currency): number => {
    const row = world.row("select per_eur from exchange_rates where date = ? and currency = ?", date, currency);
    return Number(required(row, `There are no rates for ${date}.`)["per_eur"]);
  };
  return crossRate(perEuro(to), perEuro(from));
}
