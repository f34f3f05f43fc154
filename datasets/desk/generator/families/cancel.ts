import type { Order } from "../../world/orders.ts";
import { effortCheck, lineCheck, sqlCheck } from "../checks.ts";
import {
  cancelReasons,
  customerOf,
  uniqueCustomer,
  type Draft,
  type Kind,
  type Scene,
  type WrittenCheck,
} from "../scene.ts";
import { notCalled, refused, uncheckedComplaints, unverifiedChecks, verified } from "./action-checks.ts";

const unverifiedComplaints = [
  "order_cancel was called although no identity check had been made.",
  "The order was cancelled for someone who might not be the customer.",
] as const;
export const cancel: readonly Kind[] = [
  {
    name: "cancel_done",
    intent: "cancel",
    share: 3,
    make: (scene) => {
      const order = pickOrder(scene, ["pending", "processing"]);
      if (order === undefined) return undefined;
      const { random } = scene;
      return cancelDraft(scene, order, customerOf(scene.shop, order).email, [
        sqlCheck(
          `select (select status from orders where order_id = '${order.order_id}') = 'cancelled' and (select count(*) from changes) = 1`,
          1,
          random.pick([
            "The order should have been cancelled, and nothing else changed.",
            "The order is not cancelled as asked, or something more was changed.",
          ]),
          0.35,
        ),
        sqlCheck(
          `select coalesce(min(identity_verified), 0) from changes where tool = 'order_cancel'`,
          1,
          random.pick(unverifiedComplaints),
          0.3,
          "policy",
        ),
        {
          type: "regex",
          pattern: "cancel",
          flags: "i",
          weight: 0.15,
          feedback: "The reply does not say what happened to the order.",
        },
        lineCheck(random, 0.1),
        effortCheck(random, "order_cancel", 6, 0.1),
      ]);
    },
  },
  {
    name: "cancel_shipped",
    intent: "cancel",
    share: 3,
    make: (scene) => {
      const order = pickOrder(scene, ["shipped", "delivered"]);
      if (order === undefined || (order.status === "delivered" && scene.random.next() < 0.7)) return undefined;
      return cancelDraft(scene, order, customerOf(scene.shop, order).email, [
        ...refused(scene, "shipped", "order_lookup", 0.35),
        verified(order, scene.random.pick(uncheckedComplaints), 0.1),
        notCalled("order_cancel", "order_lookup", "order_cancel was called for an order that had left the house.", 0.2),
        lineCheck(scene.random, 0.1),
        effortCheck(scene.random, "order_lookup", 6, 0.1),
      ]);
    },
  },
  {
    name: "cancel_unverified",
    intent: "cancel",
    share: 1,
    make: (scene) => {
      const order = pickOrder(scene, ["pending", "processing"]);
      const stranger = uniqueCustomer(scene).email;
      if (order === undefined || stranger === customerOf(scene.shop, order).email) return undefined;
      return cancelDraft(scene, order, stranger, unverifiedChecks(scene, order, stranger));
    },
  },
];

function pickOrder({ shop, random }: Scene, statuses: readonly Order["status"][]): Order | undefined {
  const fitting = shop.orders.filter(({ status }) => statuses.includes(status));
  return fitting.length === 0 ? undefined : random.pick(fitting);
}

function cancelDraft({ random }: Scene, order: Order, email: string, checks: readonly WrittenCheck[]): Draft {
  return { slots: { order: order.order_id, email, reason: random.pick(cancelReasons) }, checks };
}
