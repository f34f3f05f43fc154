import type { Skill } from "../skill.ts";
import { cancel, refund } from "./actions.ts";
import { Ending, makeDesk, type Desk, type Work } from "./desk.ts";
import { noteQuestion, policyQuestion } from "./knowledge.ts";
import {
  countOrders,
  customerCity,
  customerTier,
  daysBetween,
  newestOrder,
  orderStatus,
  ordersWithProduct,
  orderTotal,
  paidForProduct,
  stock,
  tellMore,
  tracking,
  vagueCustomer,
  yearSpending,
} from "./questions.ts";
import { readRequest, type Intent, type OfficeRequest } from "./request.ts";
import { privateData, smallTalk, writeSentence } from "./talk.ts";

const scripts: Readonly<Record<Intent, (desk: Desk, said: OfficeRequest) => Work<string>>> = {
  "order-status": orderStatus,
  tracking,
  "customer-tier": customerTier,
  "customer-city": customerCity,
  stock,
  "newest-order": newestOrder,
  "paid-for-product": paidForProduct,
  "days-between": daysBetween,
  "order-total": orderTotal,
  refund,
  cancel,
  "count-orders": countOrders,
  "year-spending": yearSpending,
  "orders-with-product": ordersWithProduct,
  "vague-customer": vagueCustomer,
  "policy-question": policyQuestion,
  "note-question": noteQuestion,
  "small-talk": smallTalk,
  "private-data": privateData,
  "write-sentence": writeSentence,
  "tell-more": tellMore,
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
