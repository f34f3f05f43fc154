import type { HabitName } from "../skills/habit-name.ts";

/** What the description of a tool can say about a habit. */
export interface ToolWording {
  readonly habit: HabitName;
  readonly tool: RegExp;
  readonly field: "summary" | "when" | "when_not" | "examples";
  readonly texts: readonly string[];
}

export const toolWordings: readonly ToolWording[] = [
  {
    habit: "search-instead-of-lookup",
    tool: /^(?:order|customer)_lookup$/,
    field: "when",
    texts: [
      "Use it whenever the id is known.",
      "Use this tool when you have the exact number of the record.",
      "Call it as soon as the request contains the id.",
    ],
  },
  {
    habit: "search-instead-of-lookup",
    tool: /^(?:order|customer)_search$/,
    field: "when_not",
    texts: [
      "Do not use it when you already have the id; use the lookup tool then.",
      "Do not call it if the number is known.",
    ],
  },
  {
    habit: "lookup-instead-of-search",
    tool: /^(?:order|customer)_search$/,
    field: "when",
    texts: [
      "Use it to find records by name, e-mail, status or date when the id is not known.",
      "Use it when you only have a name or an e-mail address, or want a list of orders.",
    ],
  },
  {
    habit: "lookup-instead-of-search",
    tool: /^(?:order|customer)_lookup$/,
    field: "when_not",
    texts: ["Do not use it with a name or an e-mail address.", "Do not use it to find several orders of a customer."],
  },
  {
    habit: "issues-instead-of-quotes",
    tool: /quote/,
    field: "when",
    texts: ["Use it to learn the exact amount that is due.", "Use it to find out what amount would be paid back."],
  },
  {
    habit: "issues-instead-of-quotes",
    tool: /issue/,
    field: "when_not",
    texts: ["Do not use it to find out an amount; it pays at once.", "Do not use it to learn how much is due."],
  },
  {
    habit: "quotes-instead-of-issues",
    tool: /issue/,
    field: "summary",
    texts: ["Gives the money back to the customer.", "Pays the refund out to the customer at once."],
  },
  {
    habit: "quotes-instead-of-issues",
    tool: /quote/,
    field: "summary",
    texts: [
      "Calculates what is due for a refund and changes nothing.",
      "Shows the amount due for a refund without paying anything.",
    ],
  },
  {
    habit: "notes-instead-of-policy",
    tool: /policy/,
    field: "when",
    texts: [
      "Use it for the general rules of the shop: what it allows, grants or charges.",
      "Use it when a question is about the policies or terms of the shop.",
    ],
  },
  {
    habit: "notes-instead-of-policy",
    tool: /note_search/,
    field: "when_not",
    texts: ["Do not use it for the general rules of the shop.", "Do not use it to find policies."],
  },
  {
    habit: "policy-instead-of-notes",
    tool: /note_search/,
    field: "when",
    texts: [
      "Use it for what was agreed with one customer or written down by colleagues.",
      "Use it when a colleague promised something to a particular customer.",
    ],
  },
  {
    habit: "policy-instead-of-notes",
    tool: /policy/,
    field: "when_not",
    texts: [
      "Do not use it for agreements with a particular customer.",
      "Do not use it for what was agreed with one customer.",
    ],
  },
  {
    habit: "wrong-date-format",
    tool: /exchange|days|order_search/,
    field: "examples",
    texts: ['{"date": "2026-03-14"}', '{"from": "2026-03-01", "to": "2026-03-14"}'],
  },
  { habit: "amount-in-minor-units", tool: /issue/, field: "examples", texts: ['{"amount": 49.50, "currency": "EUR"}'] },
  {
    habit: "name-instead-of-id",
    tool: /_lookup$|order_search|note_search/,
    field: "when",
    texts: ["Give the id, such as C-2041, and not a name.", "It takes the customer id, not the name."],
  },
  {
    habit: "mental-arithmetic",
    tool: /calculat/,
    field: "when",
    texts: [
      "Use it for every sum, product, percentage or conversion.",
      "Use it for all arithmetic, even when it looks easy.",
    ],
  },
  {
    habit: "skips-conversion",
    tool: /exchange|rate/,
    field: "when",
    texts: [
      "Use it to convert every amount that is in another currency.",
      "Use it whenever amounts have to be converted into one currency.",
    ],
  },
  {
    habit: "wrong-rate-date",
    tool: /exchange|rate/,
    field: "when",
    texts: [
      "Use it with the date of the order whose amount is converted.",
      "Use it with the day on which the order was placed.",
    ],
  },
  {
    habit: "wrong-rate-date",
    tool: /exchange|rate/,
    field: "when_not",
    texts: [
      "Do not use today's date for an earlier order.",
      "Do not use it with today's date when the money was spent on another day.",
    ],
  },
  {
    habit: "mental-dates",
    tool: /days/,
    field: "when",
    texts: [
      "Use it for every number of days between two dates.",
      "Use it whenever you need to know how many days lie between two dates.",
    ],
  },
  {
    habit: "careless-rounding",
    tool: /calculat/,
    field: "examples",
    texts: ['{"expression": "round(12.40 * 1.10, 2)"}'],
  },
  {
    habit: "skips-identity-check",
    tool: /identity|verif/,
    field: "when",
    texts: [
      "Use it before every refund and every cancellation.",
      "Use it before any change, such as a refund, is made for a customer.",
    ],
  },
  {
    habit: "skips-identity-check",
    tool: /issue|cancel/,
    field: "when",
    texts: [
      "Use it only after the identity of the person has been verified.",
      "Call it only when identity_verify has confirmed the person.",
    ],
  },
  {
    habit: "skips-window",
    tool: /issue/,
    field: "when",
    texts: [
      "Use it only when the delivery date is within the refund window.",
      "Use it after the window in the rules has been checked.",
    ],
  },
  {
    habit: "skips-window",
    tool: /ship|track/,
    field: "when",
    texts: [
      "Use it to see the delivery date before you decide on a refund.",
      "Use it for the delivery date when a refund window has to be checked.",
    ],
  },
  {
    habit: "ignores-limit",
    tool: /issue/,
    field: "when_not",
    texts: [
      "Do not use it for an amount above the limit.",
      "Do not use it when the amount exceeds the limit in the rules.",
    ],
  },
  {
    habit: "skips-quote",
    tool: /quote/,
    field: "when",
    texts: ["Use it before every refund is issued.", "Use it first, before any refund."],
  },
  {
    habit: "skips-quote",
    tool: /issue/,
    field: "when",
    texts: [
      "Use it with exactly the amount from refund_quote.",
      "Use it after refund_quote and with the quoted amount.",
    ],
  },
  {
    habit: "ignores-further-pages",
    tool: /order_search/,
    field: "when",
    texts: [
      "Fetch all further pages when there is more than one page.",
      "Read every page of the list, not only the first one.",
    ],
  },
  {
    habit: "gives-up-on-empty",
    tool: /customer_search|policy|note_search/,
    field: "when",
    texts: [
      "Try again with other words when nothing is found.",
      "If nothing is found, search again with a synonym or one part of the name.",
    ],
  },
];
