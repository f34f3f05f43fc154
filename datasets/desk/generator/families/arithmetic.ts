import { daysBetween } from "../../world/calendar.ts";
import { currencies, type Currency, type Order } from "../../world/orders.ts";
import type { Shop } from "../../world/shop.ts";
import { causes, numberCheck, questionChecks } from "../checks.ts";
import {
  capturedDate,
  cents,
  clearlyDiffer,
  convertedTotal,
  customerOf,
  enumerate,
  ordersOf,
  sum,
  type Kind,
} from "../scene.ts";

const rateComplaints = {
  today: [
    "The total was off by a factor that matches today's exchange rate rather than the one of the order date.",
    "The amount comes out when the money is changed at today's rate, though it was spent on another day.",
  ],
  none: [
    "Amounts in different currencies were added or passed on as if they were the same money.",
    "The figure is right only if one unit of every currency were worth the same.",
  ],
} as const;

export const arithmetic: readonly Kind[] = [
  {
    name: "total_in_currency",
    intent: "total_in_currency",
    share: 7,
    make: ({ shop, random }) => {
      const customer = customerOf(shop, random.pick(shop.orders));
      const candidates = ordersOf(shop, customer).filter(({ status }) => status !== "cancelled");
      const orders = random.shuffle(candidates).slice(0, random.pick([2, 2, 3]));
      const to = random.pick(currencies);
      const foreign = orders.filter(({ currency }) => currency !== to);
      if (orders.length < 2 || foreign.length < 2) return undefined;
      const { right, today } = totals(shop, orders, to);
      if (!clearlyDiffer(right, today)) return undefined;
      return {
        slots: { orders: enumerate(orders.map(({ order_id }) => order_id)), currency: to },
        checks: questionChecks(random, {
          value: numberCheck(
            cents(right),
            to,
            0.04,
            random.pick([
              "The total is not right.",
              "Adding the orders up in the currency asked for gives another figure.",
              "The accountant would have booked a wrong sum.",
            ]),
          ),
          causes: causes(right, to, 0.04, [
            [today, random.pick(rateComplaints.today)],
            [sum(orders.map(({ total }) => total)) / 100, random.pick(rateComplaints.none)],
            [
              sum(orders.slice(0, -1).map((order) => convertedTotal(shop, order, to))),
              "One of the orders is missing from the sum.",
            ],
            [Math.round(right), "The sum was rounded to whole units; the cents count."],
          ]),
          source: "exchange_rate",
          calls: orders.length + foreign.length + 1,
          money: true,
        }),
      };
    },
  },
  {
    name: "event_days",
    intent: "event_days",
    share: 6,
    make: ({ shop, random }) => {
      const order = random.pick(shop.orders);
      const paid = capturedDate(order);
      const { shipped, delivered } = order.shipment ?? {};
      if (paid === undefined || shipped === undefined || delivered === undefined) return undefined;
      const days = { placed: order.date, "paid for": paid, shipped, delivered };
      const [start, end] = random.pick([
        ["placed", "shipped"],
        ["placed", "delivered"],
        ["paid for", "shipped"],
        ["paid for", "delivered"],
        ["shipped", "delivered"],
      ] as const);
      const right = daysBetween(days[start], days[end]);
      if (right < 2) return undefined;
      return {
        slots: { order: order.order_id, start, end },
        checks: questionChecks(random, {
          value: numberCheck(
            right,
            "days",
            0,
            random.pick([
              "The two dates lie a different number of days apart.",
              "The number of days does not follow from the dates on record.",
            ]),
          ),
          causes: causes(right, "days", 0, [
            [right + 1, "The count is one day too long, as it happens when the first day is counted too."],
            [right - 1, "The count is one day short."],
            [
              daysBetween(order.date, delivered),
              "The days of the whole order were counted instead of the two events asked about.",
            ],
            [
              daysBetween(paid, end === "shipped" ? shipped : delivered),
              "The count starts at the payment, which was not asked about.",
            ],
          ]),
          source: "days_between",
          calls: start === "shipped" ? 2 : 3,
        }),
      };
    },
  },
  {
    name: "discounted_total",
    intent: "discounted_total",
    share: 7,
    make: ({ shop, random }) => {
      const order = random.pick(shop.orders.filter(({ status }) => status !== "cancelled"));
      const to = random.pick(currencies);
      const percent = random.pick([5, 8, 10, 12, 15, 20, 25]);
      const factor = 1 - percent / 100;
      const right = convertedTotal(shop, order, to) * factor;
      const today = convertedTotal(shop, order, to, shop.today) * factor;
      if (order.currency === to || !clearlyDiffer(right, today)) return undefined;
      return {
        slots: { order: order.order_id, percent: String(percent), currency: to },
        checks: questionChecks(random, {
          value: numberCheck(
            cents(right),
            to,
            0.03,
            random.pick([
              "The amount left after the discount is another one.",
              "The discounted amount in the other currency is wrong.",
              "The customer would have been told a wrong price.",
            ]),
          ),
          causes: causes(right, to, 0.03, [
            [today, random.pick(rateComplaints.today)],
            [(order.total / 100) * factor, random.pick(rateComplaints.none)],
            [right / factor, "The discount was not taken off."],
            [(right / factor) * (1 - factor), "The figure is the discount itself, not what is left to pay."],
            [Math.round(right), "The amount was rounded to whole units; the cents count."],
          ]),
          source: "exchange_rate",
          calls: 3,
          money: true,
        }),
      };
    },
  },
];

function totals(
  shop: Shop,
  orders: readonly Order[],
  to: Currency,
): { readonly right: number; readonly today: number } {
  return {
    right: sum(orders.map((order) => convertedTotal(shop, order, to))),
    today: sum(orders.map((order) => convertedTotal(shop, order, to, shop.today))),
  };
}
