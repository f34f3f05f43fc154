import type { Random } from "../../../../src/base/index.ts";
import { effortCheck, hasAnswer, nothingChanged } from "../checks.ts";
import { requests } from "../requests.ts";
import { cancelReasons, ordersOf, refundReasons, type Kind, type WrittenCheck } from "../scene.ts";

export const ambiguous: readonly Kind[] = [
  {
    name: "same_name",
    intent: "same_name",
    share: 7,
    make: ({ shop, random }) => {
      const twins = shop.customers.slice(0, 4);
      const one = random.pick(twins);
      const other = twins.find((twin) => twin !== one && twin.name === one.name);
      if (other === undefined) return undefined;
      const both = (member: "city" | "customer_id" | "email"): WrittenCheck => ({
        type: "contains_all",
        values: [one[member], other[member]],
      });
      return {
        slots: { name: one.name },
        checks: [
          asks(
            "which|whose|\\bwhom?\\b|confirm|specify|clarify|do you mean|is meant|are you asking",
            random.pick([
              "The name fits more than one customer, yet the reply does not ask who is meant.",
              "One of two people with the same name was taken without asking.",
              "The reply answers for somebody who may not be the person meant.",
            ]),
            0.5,
          ),
          {
            type: "any",
            checks: [both("city"), both("customer_id"), both("email")],
            weight: 0.25,
            feedback: "The reply does not say between whom the reader has to choose.",
          },
          ...careful(random, "customer_search", 2),
        ],
      };
    },
  },
  {
    name: "action_without_order",
    intent: "action_without_order",
    share: 7,
    make: ({ shop, random }) => {
      const customer = random.pick(shop.customers.slice(8, 12));
      const orders = ordersOf(shop, customer);
      const open = orders.filter(({ status }) => status === "pending" || status === "processing");
      const delivered = orders.filter(({ status }) => status === "delivered");
      const phrasing = random.int(requests.action_without_order.phrasings.length);
      const text: string = requests.action_without_order.phrasings[phrasing] ?? "";
      const refund = /refund|money back/.test(text);
      if ((refund ? delivered : open).length < 2) return undefined;
      return {
        slots: { email: customer.email, reason: random.pick(refund ? refundReasons : cancelReasons) },
        phrasing,
        checks: [
          asks(
            "which|order (?:number|id)|number of the order|what order",
            random.pick([
              "Several orders fit, yet the reply does not ask which one is meant.",
              "The order was guessed; the customer had not said which one.",
              "Nothing in the request says which order is meant, and nobody asked.",
            ]),
            0.75,
          ),
          ...careful(random, undefined, 4),
        ],
      };
    },
  },
  {
    name: "missing_detail",
    intent: "missing_detail",
    share: 6,
    make: ({ random }) => ({
      slots: {},
      checks: [
        asks(
          "which|whose|what order|order (?:number|id)|number of the order|customer(?:'s)? (?:name|id|number|e-?mail)|e-?mail|more (?:details|information)",
          random.pick([
            "What is needed to answer was not in the request, and the reply does not ask for it.",
            "The reply makes something up, or gives up, where a question back was due.",
            "Without knowing which order is meant nobody can answer this; the reply does not ask.",
          ]),
          0.75,
        ),
        ...careful(random, undefined, 1),
      ],
    }),
  },
];

/** The reply is a question, or a request to tell, about the missing thing. */
function asks(about: string, feedback: string, weight: number): WrittenCheck {
  return {
    type: "all",
    checks: [
      {
        type: "regex",
        pattern: "\\?|\\bplease (?:tell|give|send|provide|let|specify|confirm|share|name|say)\\b",
        flags: "i",
      },
      { type: "regex", pattern: about, flags: "i" },
    ],
    weight,
    feedback,
  };
}

function careful(random: Random, source: string | undefined, calls: number): readonly WrittenCheck[] {
  return [
    {
      type: "all",
      group: "policy",
      checks: [hasAnswer, nothingChanged],
      weight: 0.15,
      feedback: random.pick([
        "Something was changed in the shop's records on a mere guess.",
        "The request was acted on before it was clear what was meant.",
      ]),
    },
    effortCheck(random, source, calls, 0.1),
  ];
}
