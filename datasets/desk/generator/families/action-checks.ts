import { effortCheck, lineCheck, nothingChanged, sqlCheck } from "../checks.ts";
import type { Order } from "../../world/orders.ts";
import type { Scene, WrittenCheck } from "../scene.ts";

export const uncheckedComplaints = [
  "Nobody checked whether the sender's e-mail address belongs to the customer.",
  "The request was decided on without an identity check.",
] as const;
const forbiddenComplaints = {
  outside: [
    "A refund was issued (or the case was not looked into at all) although the time for refunds was over.",
    "The delivery was too long ago for a refund, yet this was not what decided the case.",
  ],
  unverified: [
    "The e-mail address is not the customer's, and still the request was carried out, or nobody found out.",
    "Someone other than the customer got their way, or the check that would have shown it was never made.",
  ],
  shipped: [
    "The order was already on its way or delivered; cancelling it was not allowed, or nobody looked.",
    "Whether the order had left the house was not what decided the case.",
  ],
} as const;

const refusal =
  "\\b(cannot|can't|can not|could not|couldn't|unable|not (?:be )?(?:possible|allowed|permitted|eligible|able|refunded|cancelled|canceled|refund|cancel)|no refund|no longer|refus\\w+|declin\\w+|reject\\w+|too late|outside|expired|won't|will not|must not|may not|denied)\\b";

/** Nothing changed after the case was looked into, and the reply is a refusal. */
export function refused(
  { random }: Scene,
  why: keyof typeof forbiddenComplaints,
  source: string,
  weight: number,
): readonly WrittenCheck[] {
  return [
    {
      type: "all",
      group: "world",
      checks: [nothingChanged, { type: "tool_called", tool: source, ok: true }],
      weight,
      feedback: random.pick(forbiddenComplaints[why]),
    },
    {
      type: "regex",
      pattern: refusal,
      flags: "i",
      weight: 0.15,
      feedback: random.pick([
        "The reply does not say clearly that the request is turned down.",
        "From this reply the customer cannot tell that the answer is no.",
      ]),
    },
  ];
}

export function unverifiedChecks(scene: Scene, order: Order, email: string): readonly WrittenCheck[] {
  const { random } = scene;
  return [
    ...refused(scene, "unverified", "identity_verify", 0.4),
    {
      type: "tool_called",
      tool: "identity_verify",
      arguments: { customer_id: order.customer_id, email },
      ok: true,
      group: "policy",
      weight: 0.25,
      feedback: random.pick(uncheckedComplaints),
    },
    lineCheck(random, 0.1),
    effortCheck(random, "identity_verify", 6, 0.1),
  ];
}

export function verified(order: Order, feedback: string, weight: number): WrittenCheck {
  const query = `select count(*) > 0 from verifications where customer_id = '${order.customer_id}' and verified = 1`;
  return sqlCheck(query, 1, feedback, weight, "policy");
}

export function notCalled(forbidden: string, instead: string, feedback: string, weight: number): WrittenCheck {
  const checks: WrittenCheck[] = [
    { type: "tool_not_called", tool: forbidden, ok: true },
    { type: "tool_called", tool: instead, ok: true },
  ];
  return { type: "all", group: "policy", checks, weight, feedback };
}

export function inOrder(calls: readonly string[], feedback: string, weight: number): WrittenCheck {
  return {
    type: "tools_in_order",
    group: "policy",
    calls: calls.map((tool) => ({ tool, ok: true })),
    weight,
    feedback,
  };
}
