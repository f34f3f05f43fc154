import { currencies, statuses } from "../../world/orders.ts";
import { causes, numberCheck, questionChecks, setChecks } from "../checks.ts";
import { cents, clearlyDiffer, convertedTotal, ordersOf, sum, uniqueCustomer, type Kind } from "../scene.ts";

const pageSize = 5;

export const fanout: readonly Kind[] = [
  {
    name: "count_by_status",
    intent: "count_by_status",
    share: 6,
    make: ({ shop, random }) => {
      const customer = uniqueCustomer({ shop, random });
      const orders = ordersOf(shop, customer);
      const status = random.pick(statuses);
      const right = orders.filter((order) => order.status === status).length;
      if (orders.length < 10 || right < 2 || right === orders.length || (right <= pageSize && random.next() < 0.8))
        return undefined;
      return {
        slots: { name: customer.name, status },
        checks: questionChecks(random, {
          value: numberCheck(
            right,
            undefined,
            0,
            random.pick([
              "The number of orders in that status is another one.",
              "Counting the customer's orders in that status gives a different number.",
            ]),
          ),
          causes: causes(right, undefined, 0, [
            [
              pageSize,
              "The number is exactly what fits on one page of the list; the customer has more orders than that.",
            ],
            [orders.length, "All orders of the customer were counted, whatever their status."],
            [
              orders.slice(0, pageSize).filter((order) => order.status === status).length,
              "Only the customer's most recent orders were counted.",
            ],
          ]),
          source: "order_search",
          calls: 2,
        }),
      };
    },
  },
  {
    name: "spent_in_year",
    intent: "spent_in_year",
    share: 7,
    make: ({ shop, random }) => {
      const customer = uniqueCustomer({ shop, random });
      const year = random.pick(["2024", "2025", "2025"]);
      const all = ordersOf(shop, customer).filter(({ date }) => date.startsWith(year));
      const counted = all.filter(({ status }) => status !== "cancelled");
      const to = random.pick(currencies);
      const foreign = counted.filter(({ currency }) => currency !== to);
      if (counted.length < 4 || counted.length > 9 || foreign.length < 2 || foreign.length > 6) return undefined;
      if (all.length <= pageSize && random.next() < 0.6) return undefined;
      const total = (orders: typeof all, date?: string): number =>
        sum(orders.map((order) => convertedTotal(shop, order, to, date)));
      const right = total(counted);
      const today = total(counted, shop.today);
      if (!clearlyDiffer(right, today)) return undefined;
      const pages = Math.ceil(all.length / pageSize);
      return {
        slots: { name: customer.name, year, currency: to },
        checks: questionChecks(random, {
          value: numberCheck(
            cents(right),
            to,
            0.08,
            random.pick([
              "The sum spent in that year is another one.",
              "Adding up the year's orders in the currency asked for gives a different total.",
              "The figure for the loyalty programme would have been wrong.",
            ]),
          ),
          causes: causes(right, to, 0.08, [
            [
              today,
              "The total matches today's exchange rates rather than those of the days on which the orders were placed.",
            ],
            [sum(counted.map((order) => order.total)) / 100, "Money of different currencies was simply added."],
            [total(all), "A cancelled order was counted."],
            [
              total(all.slice(0, pageSize).filter(({ status }) => status !== "cancelled")),
              "The total stops after the first few orders of the list; the rest of the year is missing.",
            ],
            [Math.round(right), "The total was rounded to whole units; the cents count."],
          ]),
          source: "exchange_rate",
          calls: 1 + pages + foreign.length + 1,
          money: true,
        }),
      };
    },
  },
  {
    name: "orders_with_product",
    intent: "orders_with_product",
    share: 7,
    make: ({ shop, random }) => {
      const customer = uniqueCustomer({ shop, random });
      const orders = ordersOf(shop, customer);
      const item = random.pick(random.pick(orders).items);
      const right = orders.filter(({ items }) => items.some(({ sku }) => sku === item.sku));
      if (orders.length <= pageSize || orders.length > 14 || right.length < 2) return undefined;
      if (right.every((order) => orders.indexOf(order) < pageSize)) return undefined;
      const ids = right.map(({ order_id }) => order_id);
      return {
        slots: { name: customer.name, product: item.name },
        checks: questionChecks(random, {
          value: setChecks(ids, "O-\\d+", [
            random.pick([
              "The list of orders is not the right one: some are missing or do not contain the product.",
              "Some of this customer's orders were never opened, so the list is incomplete or wrong.",
            ]),
            random.pick([
              "Not every order with the product was found, or an order without it was named.",
              "In a recall, the missing ones count: part of the list does not agree with what the orders contain.",
            ]),
          ]),
          source: "order_lookup",
          calls: 1 + Math.ceil(orders.length / pageSize) + orders.length,
        }),
      };
    },
  },
];
