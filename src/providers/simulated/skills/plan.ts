import type { Random } from "../../../base/index.ts";
import { calledIn } from "./office/people.ts";
import { eventsIn, readRequest, type Intent, type OfficeRequest } from "./office/request.ts";

type Steps = (said: OfficeRequest) => readonly string[];

const whoIsMeant = (said: OfficeRequest): string =>
  said.customer === undefined
    ? `Find the customer ${calledIn(said)} and note the customer number.`
    : `Take the customer number ${said.customer} from the request.`;
const open = ({ orders }: OfficeRequest): string => `Open ${orders.join(", ") || "the order"}.`;
const convert = ({ currency }: OfficeRequest): readonly string[] =>
  currency === undefined
    ? []
    : [`Get the exchange rate to ${currency} for the date of each order in another currency.`];

/** What a capable model sets out to do for each kind of office request. */
const plans: Readonly<Record<Intent, Steps>> = {
  "order-fact": (said) => [open(said), "Read from its record what was asked for."],
  tracking: ({ orders }) => [`Look up the shipment of ${orders[0]}.`, "Note both the carrier and the tracking number."],
  "event-days": (said) => [
    ...eventsIn(said.text).map((event) => `Find the date on which ${said.orders[0]} was ${event}.`),
    "Count the days between the two dates.",
  ],
  "order-total": (said) => [
    open(said),
    "Note total, currency and date of each.",
    ...convert(said),
    said.percent === undefined ? "Add up the converted totals." : `Take ${said.percent} % off the converted total.`,
  ],
  stock: ({ sku }) => [`Look up the article ${sku ?? "that is meant"}.`, "Read its stock."],
  "customer-fact": (said) => [whoIsMeant(said), "Open the customer's record.", "Read what was asked for."],
  "newest-order": (said) => [
    whoIsMeant(said),
    "List the customer's orders and take the newest.",
    "Look up what was asked about it.",
  ],
  "delivery-days": (said) => [
    whoIsMeant(said),
    "List the delivered orders and take the latest.",
    "Find the dates of its payment and of its delivery.",
    "Count the days between the two.",
  ],
  "paid-for-product": (said) => [
    whoIsMeant(said),
    "List the customer's orders.",
    `Open them one after the other until one contains the ${said.product}.`,
    "Add up the payments for it that arrived.",
  ],
  "count-orders": (said) => [
    whoIsMeant(said),
    `List the ${said.status ?? "customer's"} orders.`,
    "Take their number in all, whatever the pages.",
  ],
  "year-spending": (said) => [
    whoIsMeant(said),
    `List all pages of the orders of ${said.year}.`,
    "Leave out the cancelled ones.",
    ...convert(said),
    "Add up the converted totals.",
  ],
  "orders-with-product": (said) => [
    whoIsMeant(said),
    "List all pages of the customer's orders.",
    `Open every one of them and see whether it contains the ${said.product}.`,
    "List the numbers of those that do.",
  ],
  refund: (said) => [
    open(said),
    "Check the identity of whoever is asking by the e-mail address.",
    "Read the rules for refunds.",
    "Find the date of the delivery and count the days since.",
    "Ask for the amount that is due and compare it with the limit.",
    "Refund it, or refuse, or hand the case over, as the rules say.",
  ],
  "refund-quote": (said) => [open(said), "Ask what would be due, without paying anything."],
  cancel: (said) => [
    open(said),
    "Check the identity of whoever is asking by the e-mail address.",
    "See whether it has been shipped.",
    "Cancel it if it has not, otherwise refuse.",
  ],
  "policy-question": () => [
    "Search the shop's rules for the matter.",
    "If nothing is found, search under another word.",
    "Read the figure from the article.",
  ],
  "note-question": (said) => [
    whoIsMeant(said),
    "Search the colleagues' notes about this customer.",
    "If nothing is found, search under another word.",
    "Read the answer from the note.",
  ],
  "small-talk": () => ["See that nothing has to be looked up.", "Reply in a friendly way."],
  "private-data": () => ["See that private data are asked for.", "Decline politely."],
  "write-sentence": () => ["See what the text has to say.", "Write it."],
  "tell-more": () => ["See which detail is missing.", "Ask for it."],
};

/** A short numbered plan for a request, three to seven steps, as a capable model writes it before it acts. */
export function writePlan(request: string, random: Random): string {
  const said = readRequest(request);
  const own = said === undefined ? ["Read what is given.", "Work out what was asked for."] : plans[said.intent](said);
  const last = random.pick(["Give the answer.", "Answer the request.", "Write the reply."]);
  const steps =
    own.length < 6 && random.next() < 0.5 ? [...own, "Check that nothing is missing.", last] : [...own, last];
  return steps.map((step, index) => `${index + 1}. ${step}`).join("\n");
}
