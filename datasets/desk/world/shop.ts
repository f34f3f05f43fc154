import { drawRules, writeArticles, type Article, type Rules } from "./articles.ts";
import { dateOf, dayOf } from "./calendar.ts";
import { products, type Product } from "./catalogue.ts";
import { makeChance, type Chance } from "./chance.ts";
import { authors, drawMatter, drawRemark, matters, type Note } from "./notes.ts";
import { currencies, drawOrders, type Currency, type Order } from "./orders.ts";
import { drawCustomers, type Customer } from "./people.ts";

/** Everything in one world before the agent touches it: a pure function of its seed. */
export interface Shop {
  readonly today: string;
  readonly customers: readonly Customer[];
  readonly products: readonly (Product & { readonly stock: number })[];
  /** Oldest first. */
  readonly orders: readonly Order[];
  readonly notes: readonly Note[];
  readonly rules: Rules;
  readonly articles: readonly Article[];
  /** Units of the currency for one EUR on each day from `firstRateDay` to today. */
  readonly rates: Readonly<Record<Currency, readonly number[]>>;
}

export const firstRateDay = dayOf("2024-06-01") ?? 0;
const customerCount = 26;

export function makeShop(seed: number): Shop {
  const chance = makeChance(seed);
  const today = (dayOf("2026-02-10") ?? 0) + chance.between(0, 120);
  const customers = drawCustomers(chance, today, customerCount);
  const rules = drawRules(chance);
  return {
    today: dateOf(today),
    customers,
    products: products.map((product) => ({ ...product, stock: chance.between(0, 140) })),
    orders: drawOrders(chance, customers, today),
    notes: drawNotes(chance, customers, today),
    rules,
    articles: writeArticles(rules),
    rates: drawRates(chance, today),
  };
}

/** Units of `to` for one unit of `from` on a day, to six decimals; undefined before the first day and after today. */
export function rateOn(shop: Pick<Shop, "rates">, from: Currency, to: Currency, date: string): number | undefined {
  const index = (dayOf(date) ?? -1) - firstRateDay;
  const [numerator, denominator] = [shop.rates[to][index], shop.rates[from][index]];
  return numerator === undefined || denominator === undefined ? undefined : crossRate(numerator, denominator);
}

export function crossRate(to: number, from: number): number {
  return Math.round((to / from) * 1e6) / 1e6;
}

function drawNotes(chance: Chance, customers: readonly Customer[], today: number): readonly Note[] {
  let number = 300 + chance.between(0, 99);
  return customers.flatMap(({ customer_id }, index) => {
    const day = today - chance.between(4, 90);
    const remark = { date: dateOf(day - chance.between(1, 60)), text: drawRemark(chance) };
    const matter = matters[(index + chance.between(0, 1)) % matters.length] ?? "callback";
    const told = { date: dateOf(day), matter, ...drawMatter(chance, matter, day) };
    return [remark, told].map((note) => {
      number += chance.between(1, 4);
      return { note_id: `N-${number}`, customer_id, author: chance.pick(authors), ...note };
    });
  });
}

/** A random walk for each currency, with a slow drift so that today's rate is not the one of an order placed long ago. */
function drawRates(chance: Chance, today: number): Readonly<Record<Currency, readonly number[]>> {
  const start = { EUR: 1, USD: 1.08, GBP: 0.86, CHF: 0.95, SEK: 11.3, PLN: 4.3 } as const;
  const walk = (currency: Currency): readonly number[] => {
    const drift = chance.pick([-1, 1]) * 0.0002;
    let rate: number = start[currency];
    return Array.from({ length: today - firstRateDay + 1 }, () => {
      if (currency !== "EUR") rate *= 1 + drift + (chance.next() - 0.5) * 0.009;
      return Math.round(rate * 1e4) / 1e4;
    });
  };
  return Object.fromEntries(currencies.map((currency) => [currency, walk(currency)])) as Record<
    Currency,
    readonly number[]
  >;
}
