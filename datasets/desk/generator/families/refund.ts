import { dayOf } from "../../world/calendar.ts";
import type { Currency, Order } from "../../world/orders.ts";
import { rateOn } from "../../world/shop.ts";
import { effortCheck, lineCheck, sqlCheck } from "../checks.ts";
import {
  customerOf,
  refundReasons,
  sum,
  uniqueCustomer,
  type Draft,
  type Kind,
  type Scene,
  type WrittenCheck,
} from "../scene.ts";
import { inOrder, notCalled, refused, uncheckedComplaints, unverifiedChecks, verified } from "./action-checks.ts";

const unverifiedComplaints = [
  "refund_issue was called although no identity check had been made.",
  "Money was given back before anybody knew whether the sender is the customer.",
  "The identity of the person asking was not confirmed before the money went out.",
] as const;
export const refund: readonly Kind[] = [
  {
    name: "refund_issued",
    intent: "refund",
    share: 5,
    make: (scene) => {
      const found = refundCase(scene);
      if (!found?.inWindow || found.euros > found.limit * 0.85) return undefined;
      const { order, amount } = found;
      const { random } = scene;
      const issued = `from refunds where by_agent = 1 and order_id = '${order.order_id}'`;
      return refundDraft(scene, order, customerOf(scene.shop, order).email, [
        sqlCheck(
          `select count(*) = 1 and sum(amount) = ${amount} and (select count(*) from changes) = 1 ${issued}`,
          1,
          random.pick([
            "The refund on record is not one single refund of the amount that is due.",
            "What was given back differs from what the shop owed: nothing, too much, too little, or more than once.",
          ]),
          0.3,
        ),
        sqlCheck(
          `select coalesce(min(identity_verified), 0) ${issued}`,
          1,
          random.pick(unverifiedComplaints),
          0.25,
          "policy",
        ),
        inOrder(
          ["refund_quote", "refund_issue"],
          random.pick([
            "The amount was not asked for with refund_quote before it was paid out.",
            "The refund was paid without finding out first what is due.",
          ]),
          0.1,
        ),
        {
          type: "number",
          value: amount / 100,
          unit: order.currency,
          tolerance: 0.005,
          take: "any",
          weight: 0.15,
          feedback: random.pick([
            "The reply does not tell the right amount that was given back.",
            "The customer is not told how much money comes back, or a wrong amount.",
          ]),
        },
        lineCheck(random, 0.1),
        effortCheck(random, "refund_issue", 10, 0.1),
      ]);
    },
  },
  {
    name: "refund_above_limit",
    intent: "refund",
    share: 3,
    make: (scene) => {
      const found = refundCase(scene);
      if (!found?.inWindow || found.euros < found.limit * 1.2) return undefined;
      const { order } = found;
      const { random } = scene;
      const noted = `select count(*) from notes where by_agent = 1 and customer_id = '${order.customer_id}'`;
      return refundDraft(scene, order, customerOf(scene.shop, order).email, [
        sqlCheck(
          `select (select count(*) from changes where tool <> 'note_add') = 0 and (${noted} and lower(text) like '%supervisor%') = 1`,
          1,
          random.pick([
            "A case of this size needs a supervisor: either money went out, or nobody left word for the supervisor.",
            "The amount is above what the desk may pay out, and it was not handed over as such a case should be.",
          ]),
          0.35,
        ),
        verified(order, random.pick(uncheckedComplaints), 0.15),
        notCalled(
          "refund_issue",
          "refund_quote",
          "The desk paid out, or never found out, a sum above its limit.",
          0.15,
        ),
        {
          type: "regex",
          pattern: "supervisor|superior|manager|escalat",
          flags: "i",
          weight: 0.15,
          feedback: random.pick([
            "The reply does not say that a supervisor has to decide.",
            "The customer is not told who decides now.",
          ]),
        },
        lineCheck(random, 0.1),
        effortCheck(random, "note_add", 11, 0.1),
      ]);
    },
  },
  {
    name: "refund_outside_window",
    intent: "refund",
    share: 3,
    make: (scene) => {
      const found = refundCase(scene);
      if (!found || found.inWindow) return undefined;
      const { random } = scene;
      return refundDraft(scene, found.order, customerOf(scene.shop, found.order).email, [
        ...refused(scene, "outside", "shipment_track", 0.35),
        verified(found.order, random.pick(uncheckedComplaints), 0.1),
        {
          type: "all",
          group: "policy",
          checks: [
            { type: "tool_called", tool: "policy_search", ok: true },
            { type: "tool_not_called", tool: "refund_issue", ok: true },
          ],
          weight: 0.15,
          feedback: "The shop's rule on the time for refunds was not read before deciding, or not kept.",
        },
        {
          type: "number",
          value: scene.shop.rules.refundDays,
          unit: "days",
          take: "any",
          weight: 0.05,
          feedback: "The reply does not name the number of days within which a refund is possible.",
        },
        lineCheck(random, 0.1),
        effortCheck(random, "policy_search", 9, 0.1),
      ]);
    },
  },
  {
    name: "refund_unverified",
    intent: "refund",
    share: 2,
    make: (scene) => {
      const found = refundCase(scene);
      if (!found?.inWindow || found.euros > found.limit * 0.85) return undefined;
      const { order } = found;
      const stranger = uniqueCustomer(scene).email;
      if (stranger === customerOf(scene.shop, order).email) return undefined;
      return refundDraft(scene, order, stranger, unverifiedChecks(scene, order, stranger));
    },
  },
];

interface RefundCase {
  readonly order: Order;
  /** Due to the customer, hundredths of the order's currency. */
  readonly amount: number;
  readonly euros: number;
  readonly inWindow: boolean;
  readonly limit: number;
}

/** A delivered order whose amount is on the same side of the limit in its own currency and in EUR, and not all of its total. */
function refundCase({ shop, random }: Scene): RefundCase | undefined {
  const order = random.pick(shop.orders.filter(({ status }) => status === "delivered"));
  const { refundDays, refundLimit: limit } = shop.rules;
  const goods = sum(order.items.map(({ quantity, unit_price }) => quantity * unit_price));
  const amount = goods - order.refunded;
  const euros = (amount / 100) * (rateOn(shop, order.currency as Currency, "EUR", order.date) ?? Number.NaN);
  const age = (dayOf(shop.today) ?? 0) - (dayOf(order.shipment?.delivered ?? "") ?? 0);
  if (order.total === amount || euros > limit !== amount / 100 > limit || age > 200) return undefined;
  return { order, amount, euros, limit, inWindow: age <= refundDays };
}

function refundDraft({ random }: Scene, order: Order, email: string, checks: readonly WrittenCheck[]): Draft {
  return { slots: { order: order.order_id, email, reason: random.pick(refundReasons) }, checks };
}
