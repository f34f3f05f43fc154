import { daysBetween } from "../../world/calendar.ts";
import type { Order } from "../../world/orders.ts";
import { causes, causeText, numberCheck, questionChecks, textCheck } from "../checks.ts";
import { capturedDate, ordersOf, paidAmount, sum, uniqueCustomer, type Kind, type WrittenCheck } from "../scene.ts";

export const multihop: readonly Kind[] = [
  {
    name: "newest_order_carrier",
    intent: "newest_order_carrier",
    share: 7,
    make: ({ shop, random }) => {
      const customer = uniqueCustomer({ shop, random });
      const [newest, ...older] = ordersOf(shop, customer);
      const carrier = newest?.shipment?.carrier;
      if (carrier === undefined || newest?.date === older[0]?.date) return undefined;
      const wrong = older.at(-1)?.shipment?.carrier;
      return {
        slots: { name: customer.name },
        checks: questionChecks(random, {
          value: textCheck(
            [carrier],
            random.pick([
              "Another carrier took this parcel.",
              "The carrier named did not take the order in question.",
              "The newest order of this customer went out with a different carrier.",
            ]),
          ),
          causes:
            wrong === undefined || wrong === carrier
              ? []
              : [causeText(wrong, "The carrier named belongs to an older order of the same customer.")],
          source: "shipment_track",
          calls: 3,
        }),
      };
    },
  },
  {
    name: "paid_for_product",
    intent: "paid_for_product",
    share: 7,
    make: ({ shop, random }) => {
      const customer = uniqueCustomer({ shop, random });
      const orders = ordersOf(shop, customer);
      const order = random.pick(orders);
      const item = random.pick(order.items);
      const alone = orders.filter(({ items }) => items.some(({ sku }) => sku === item.sku)).length === 1;
      if (!alone || capturedDate(order) === undefined || orders.length > 7) return undefined;
      if (order.payments.length === 1 && random.next() < 0.5) return undefined;
      const paid = paidAmount(order);
      const { currency } = order;
      return {
        slots: { email: customer.email, product: item.name },
        checks: questionChecks(random, {
          value: numberCheck(
            paid,
            currency,
            0.005,
            random.pick([
              "That is not what the customer paid for this order.",
              "The payments of the order come to another sum.",
              "The receipt would have been wrong: a different amount was paid.",
            ]),
          ),
          causes: causes(paid, currency, 0.005, [
            [item.unit_price / 100, "The figure is the price of the one product, not what was paid for the order."],
            [order.total / 100, "The figure is the total of the order; something else was paid."],
            [
              sum(order.payments.map(({ amount }) => amount)) / 100,
              "A payment that failed was counted as if the money had arrived.",
            ],
            [(order.payments[0]?.amount ?? 0) / 100, "Only the first of the payments was looked at."],
          ]),
          source: "payment_list",
          calls: 4 + orders.indexOf(order) + Math.floor(orders.indexOf(order) / 5),
          money: true,
        }),
      };
    },
  },
  {
    name: "delivery_days",
    intent: "delivery_days",
    share: 6,
    make: ({ shop, random }) => {
      const customer = uniqueCustomer({ shop, random });
      const delivered = ordersOf(shop, customer).filter(({ status }) => status === "delivered");
      const [latest, second] = delivered;
      const paid = latest && capturedDate(latest);
      const arrival = latest?.shipment?.delivered;
      if (paid === undefined || arrival === undefined || latest?.date === second?.date) return undefined;
      if (delivered.slice(1).some(({ shipment }) => (shipment?.delivered ?? "") >= arrival)) return undefined;
      const days = daysBetween(paid, arrival);
      return {
        slots: { name: customer.name },
        checks: questionChecks(random, {
          value: numberCheck(
            days,
            "days",
            0,
            random.pick([
              "The number of days between payment and delivery is another one.",
              "Counting from the payment to the delivery of the order in question gives a different number of days.",
            ]),
          ),
          causes: daysCauses(latest, days),
          source: "days_between",
          calls: 5,
        }),
      };
    },
  },
];

function daysCauses(order: Order | undefined, days: number): readonly WrittenCheck[] {
  const { shipped, delivered } = order?.shipment ?? {};
  if (order === undefined || shipped === undefined || delivered === undefined) return [];
  return causes(days, "days", 0, [
    [
      daysBetween(order.date, delivered),
      "The days seem to be counted from the day of the order instead of the payment.",
    ],
    [
      daysBetween(shipped, delivered),
      "The days seem to be counted from the shipping date; the customer had paid before.",
    ],
    [days + 1, "The count is off by one, as it happens when days are counted in the head."],
  ]);
}
