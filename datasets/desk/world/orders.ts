import type { Chance } from "./chance.ts";
import { dateOf } from "./calendar.ts";
import { products } from "./catalogue.ts";
import type { Customer } from "./people.ts";

/** All amounts are whole hundredths (cents) of the order's currency. */
interface Item {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unit_price: number;
}

interface Payment {
  readonly date: string;
  readonly method: string;
  readonly amount: number;
  readonly status: "captured" | "failed";
}

interface Shipment {
  readonly carrier: string;
  readonly tracking_number: string;
  readonly shipped: string;
  readonly delivered: string | undefined;
}

export const statuses = ["pending", "processing", "shipped", "delivered", "cancelled"] as const;
type Status = (typeof statuses)[number];

export interface Order {
  readonly order_id: string;
  readonly customer_id: string;
  readonly date: string;
  readonly status: Status;
  readonly currency: string;
  readonly items: readonly Item[];
  readonly shipping: number;
  readonly total: number;
  readonly payments: readonly Payment[];
  readonly shipment: Shipment | undefined;
  /** Part of the price that was given back earlier. */
  readonly refunded: number;
}

/** Price level of a currency: how many of its units stand for one EUR in the price list. */
const priceLevels = { EUR: 1, USD: 1.1, GBP: 0.9, CHF: 1.05, SEK: 11.5, PLN: 4.4 } as const;
export const currencies = ["EUR", "USD", "GBP", "CHF", "SEK", "PLN"] as const;
export type Currency = (typeof currencies)[number];

const homeCurrency: Readonly<Record<string, Currency>> = { GB: "GBP", CH: "CHF", SE: "SEK", PL: "PLN", US: "USD" };
const carriers = ["DHL", "UPS", "DPD", "GLS", "FedEx", "PostNord"] as const;

interface Draft {
  readonly customer: Customer;
  readonly day: number;
}

/** Orders of one world in the order of their numbers, which is the order of their dates. */
export function drawOrders(chance: Chance, customers: readonly Customer[], today: number): readonly Order[] {
  const drafts: Draft[] = customers.flatMap((customer, index) => {
    // Customers 4 to 7 are the busy ones, whose orders fill several pages; customers 8 to 11 wait for several new orders at once.
    const busy = index >= 4 && index < 8;
    const waiting = index >= 8 && index < 12 ? 3 : 0;
    const count = busy ? chance.between(11, 17) : chance.between(3, 7);
    return Array.from({ length: count }, (_, at) => ({
      customer,
      day: today - (at < waiting ? chance.between(0, 1) : drawAge(chance, busy)),
    }));
  });
  drafts.sort((one, other) => one.day - other.day);
  let number = 10000 + chance.between(1, 300);
  return drafts.map((draft) => {
    number += chance.between(1, 13);
    return drawOrder(chance, draft, `O-${number}`, today);
  });
}

function drawAge(chance: Chance, busy: boolean): number {
  if (chance.happens(busy ? 0.2 : 0.15)) return chance.between(0, 6);
  if (chance.happens(busy ? 0.15 : 0.5)) return chance.between(7, 60);
  return chance.between(61, busy ? 620 : 500);
}

function drawOrder(chance: Chance, { customer, day }: Draft, order_id: string, today: number): Order {
  const home = homeCurrency[customer.country] ?? "EUR";
  const currency = chance.happens(0.55) ? home : chance.pick(currencies);
  const items = drawItems(chance, currency);
  const goods = items.reduce((sum, { quantity, unit_price }) => sum + quantity * unit_price, 0);
  const shipping = chance.happens(0.8) ? priceIn(currency, chance.pick([395, 495, 590, 690])) : 0;
  const total = goods + shipping;
  const paid = day + chance.between(0, 2);
  const slow = chance.happens(0.2) ? chance.between(4, 15) : 0;
  const shipped = paid + chance.between(1, 3) + slow;
  const delivered = shipped + chance.between(1, 9);
  const cancelled = chance.happens(0.1);
  const status = cancelled ? "cancelled" : statusOn(today, paid, shipped, delivered);
  const wasPaid = status !== "cancelled" && status !== "pending";
  const wasShipped = status === "shipped" || status === "delivered";
  return {
    order_id,
    customer_id: customer.customer_id,
    date: dateOf(day),
    status,
    currency,
    items,
    shipping,
    total,
    payments: wasPaid ? drawPayments(chance, total, paid) : [],
    shipment: wasShipped
      ? {
          carrier: chance.pick(carriers),
          tracking_number: `${chance.pick(["JD", "1Z", "RR", "CX"])}${chance.between(10_000_000, 99_999_999)}`,
          shipped: dateOf(shipped),
          delivered: status === "delivered" ? dateOf(delivered) : undefined,
        }
      : undefined,
    refunded: status === "delivered" && chance.happens(0.25) ? Math.min(priceIn(currency, 850), goods >> 1) : 0,
  };
}

function statusOn(today: number, paid: number, shipped: number, delivered: number): Status {
  if (paid > today) return "pending";
  if (shipped > today) return "processing";
  return delivered > today ? "shipped" : "delivered";
}

function drawItems(chance: Chance, currency: Currency): readonly Item[] {
  const count = chance.between(1, 4);
  return chance
    .shuffle(products)
    .slice(0, count)
    .map(({ sku, name, price }) => ({
      sku,
      name,
      quantity: chance.happens(0.25) ? 2 : 1,
      unit_price: priceIn(currency, price),
    }));
}

/** One payment, or a failed try before it, or a gift card and a card for the rest, or a surcharge on top. */
function drawPayments(chance: Chance, total: number, day: number): readonly Payment[] {
  const date = dateOf(day);
  const card = `card ending ${chance.between(1000, 9999)}`;
  const kind = chance.between(1, 10);
  if (kind <= 2) {
    const failed: Payment = { date, method: card, amount: total, status: "failed" };
    return [failed, { date, method: chance.pick(["PayPal", "bank transfer"]), amount: total, status: "captured" }];
  }
  if (kind <= 5) {
    const gift = Math.round(total / 4);
    return [
      { date, method: "gift card", amount: gift, status: "captured" },
      { date, method: card, amount: total - gift, status: "captured" },
    ];
  }
  const whole: Payment = { date, method: card, amount: total, status: "captured" };
  return kind === 6
    ? [whole, { date, method: `${card}, gift box surcharge`, amount: 450, status: "captured" }]
    : [whole];
}

function priceIn(currency: Currency, cents: number): number {
  return Math.round((cents * priceLevels[currency]) / 5) * 5;
}
