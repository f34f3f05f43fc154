import { allTextsCheck, numberCheck, questionChecks, textCheck } from "../checks.ts";
import type { Kind } from "../scene.ts";

export const lookup: readonly Kind[] = [
  {
    name: "order_status",
    intent: "order_status",
    share: 4,
    make: ({ shop, random }) => {
      const order = random.pick(shop.orders.filter(({ status }) => status !== "delivered" || random.next() < 0.1));
      const item = random.pick(order.items);
      const value = textCheck(
        spellings(order.status),
        random.pick([
          "The status given is not the one the order has.",
          "The order book shows another status for this order.",
          "The customer would have been told a wrong order status.",
        ]),
      );
      return {
        slots: { order: order.order_id, product: item.name },
        checks: questionChecks(random, { value, source: "order_lookup", calls: 1 }),
      };
    },
  },
  {
    name: "tracking",
    intent: "tracking",
    share: 4,
    make: ({ shop, random }) => {
      const order = random.pick(shop.orders);
      if (order.shipment === undefined) return undefined;
      const value = allTextsCheck(
        [order.shipment.carrier, order.shipment.tracking_number],
        random.pick([
          "Carrier and tracking number are not both given, or not those of this parcel.",
          "With what the reply says, the parcel cannot be followed: the carrier or the tracking number is wrong or missing.",
        ]),
      );
      return {
        slots: { order: order.order_id },
        checks: questionChecks(random, { value, source: "shipment_track", calls: 1 }),
      };
    },
  },
  {
    name: "customer_tier",
    intent: "customer_tier",
    share: 4,
    make: ({ shop, random }) => {
      const customer = random.pick(shop.customers);
      const value = textCheck(
        [customer.tier],
        random.pick([
          "That is not the loyalty tier on the customer's record.",
          "The tier named differs from the one on file.",
        ]),
      );
      return {
        slots: { customer: customer.customer_id },
        checks: questionChecks(random, { value, source: "customer_lookup", calls: 1 }),
      };
    },
  },
  {
    name: "customer_city",
    intent: "customer_city",
    share: 4,
    make: ({ shop, random }) => {
      const customer = random.pick(shop.customers);
      const value = textCheck(
        [customer.city],
        random.pick(["The city is not the one on file.", "The customer's record names another city."]),
      );
      return {
        slots: { customer: customer.customer_id },
        checks: questionChecks(random, { value, source: "customer_lookup", calls: 1 }),
      };
    },
  },
  {
    name: "product_stock",
    intent: "product_stock",
    share: 4,
    make: ({ shop, random }) => {
      const product = random.pick(shop.products);
      const value = numberCheck(
        product.stock,
        undefined,
        0,
        random.pick([
          "The stock figure is not the one of this article.",
          "The number of pieces differs from what the product record says.",
        ]),
      );
      return {
        slots: { sku: product.sku, product: product.name },
        checks: questionChecks(random, { value, source: "product_lookup", calls: 1 }),
      };
    },
  },
];

/** How a status may be written. */
export function spellings(status: string): readonly string[] {
  return status === "cancelled" ? ["cancelled", "canceled"] : [status];
}
