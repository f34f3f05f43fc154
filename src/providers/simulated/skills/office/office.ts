import type { Skill } from "../skill.ts";
import { cancel, refund, refundQuote } from "./actions.ts";
import {
  countOrders,
  customerFact,
  deliveryDays,
  newestOrder,
  ordersWithProduct,
  paidForProduct,
  yearSpending,
} from "./customers.ts";
import { Ending, makeDesk, type Desk, type Work } from "./desk.ts";
import { noteQuestion, policyQuestion } from "./knowledge.ts";
import { eventDays, orderFact, orderTotal, stock, tracking } from "./orders.ts";
import { readRequest, type Intent, type OfficeRequest } from "./request.ts";
import { privateData, smallTalk, tellMore, writeSentence } from "./talk.ts";

const scripts: Readonly<Record<Intent, (desk: Desk, said: OfficeRequest) => Work<string>>> = {
  "order-fact": orderFact,
  tracking,
  "event-days": eventDays,
  "order-total": orderTotal,
  stock,
  "customer-fact": customerFact,
  "newest-order": newestOrder,
  "delivery-days": deliveryDays,
  "paid-for-product": paidForProduct,
  "count-orders": countOrders,
  "year-spending": yearSpending,
  "orders-with-product": ordersWithProduct,
  refund,
  "refund-quote": refundQuote,
  cancel,
  "policy-question": policyQuestion,
  "note-question": noteQuestion,
  "small-talk": smallTalk,
  "private-data": privateData,
  "write-sentence": writeSentence,
  "tell-more": (desk, said) => tellMore(desk, said, (meant) => scripts[meant.intent](desk, meant)),
};

/** Back-office work of a web shop, with whatever tools are offered. */
export const office: Skill<OfficeRequest> = {
  name: "office",
  read: (request) => readRequest(request),
  *script(said, tools, mind) {
    const desk = makeDesk(mind, tools);
    try {
      return yield* scripts[said.intent](desk, said);
    } catch (error) {
      if (error instanceof Ending) return error.answer;
      throw error;
    }
  },
};
