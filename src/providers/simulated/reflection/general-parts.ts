import type { HabitName } from "../skills/habit-name.ts";

/** Parts of a sentence that mends a habit: the circumstance, what to do, and what may be added. */
export interface Parts {
  readonly when: readonly string[];
  readonly act: readonly string[];
  readonly also?: readonly string[];
}

/** What can be said about each habit to whoever does the work; `when` comes before or after `act`. */
export const generalParts: Readonly<Record<HabitName, Parts>> = {
  "search-instead-of-lookup": {
    when: [
      "when the number of an order or a customer is known",
      "whenever the request contains an id",
      "if an order number or customer number is given",
    ],
    act: [
      "look it up directly with the lookup tool",
      "open the record by its id with the lookup tool",
      "fetch the record directly by its number",
    ],
    also: ["instead of searching"],
  },
  "lookup-instead-of-search": {
    when: ["when only a name or an e-mail address is known", "if you do not have the number", "when the id is missing"],
    act: [
      "use the search tool to find the record first",
      "search for the customer with customer_search",
      "begin with a search",
    ],
  },
  "issues-instead-of-quotes": {
    when: ["when somebody only asks how much a refund would be", "if the customer only wants to know the amount"],
    act: ["ask for a quote and pay nothing", "use refund_quote, which changes nothing"],
  },
  "quotes-instead-of-issues": {
    when: ["when a refund has been decided", "once the quote is there and every check has passed"],
    act: ["issue the refund with refund_issue after the quote", "issue the amount of the quote with refund_issue"],
  },
  "notes-instead-of-policy": {
    when: ["for questions about what the shop allows", "when a general rule of the shop is asked about"],
    act: ["use policy_search", "consult the policy articles"],
  },
  "policy-instead-of-notes": {
    when: ["when something was agreed with one customer", "for what a colleague promised a customer"],
    act: ["search the notes with note_search", "look in the notes of that customer"],
  },
  "wrong-date-format": {
    when: ["when you pass a date to a tool", "in every tool call"],
    act: ["write dates in ISO form such as 2026-03-14", "give dates as year-month-day, for example 2026-03-14"],
  },
  "amount-in-minor-units": {
    when: ["when a tool takes an amount", "in refunds and payments"],
    act: [
      "write amounts of money in whole currency units with decimals such as 12.50, not in cents",
      "give the amount in decimal units, for example 49.90, never in cents",
    ],
  },
  "name-instead-of-id": {
    when: ["where a tool asks for an id", "whenever a parameter is an id"],
    act: ["pass the id of the customer or order, never a name", "give the identifier and do not pass the name"],
    also: ["and find the id first if needed"],
  },
  "mental-arithmetic": {
    when: [
      "for every sum, product or percentage",
      "whenever amounts have to be added up or multiplied",
      "even for simple arithmetic",
    ],
    act: ["use the calculate tool", "call the calculator", "let the calculate tool do the calculation"],
    also: ["and never work it out in your head"],
  },
  "skips-conversion": {
    when: ["when amounts are in different currencies", "before you add up money in several currencies"],
    act: ["convert each amount to the currency asked for", "convert every amount into one currency first"],
  },
  "wrong-rate-date": {
    when: ["when you convert the total of an order", "for every conversion of an order"],
    act: ["use the exchange rate of the date of that order", "take the exchange rate of the day the order was placed"],
    also: ["and not today's rate", "whatever the date is today"],
  },
  "mental-dates": {
    when: [
      "when a number of days is needed",
      "for every difference between two dates",
      "whenever days have to be counted",
    ],
    act: ["use the days_between tool", "call days_between", "let the days_between tool count the days"],
    also: ["and do not count in your head"],
  },
  "careless-rounding": {
    when: ["when you work out an amount of money", "in every calculation"],
    act: [
      "round only the final result, to two decimals",
      "keep full precision and round the final amount to two decimals",
    ],
  },
  "skips-identity-check": {
    when: [
      "before any refund or cancellation",
      "before you change anything for a customer, such as a refund",
      "before money is paid back or an order is cancelled",
    ],
    act: [
      "verify who is asking with identity_verify",
      "check with identity_verify that the e-mail address given belongs to the customer",
      "confirm the identity of the person",
    ],
    also: ["and refuse if it does not match", "and stop when the check fails"],
  },
  "skips-window": {
    when: ["before deciding on a refund", "when a refund is asked for"],
    act: [
      "check that the delivery date is within the refund window in the policy",
      "read the policy and count the days since delivery to see whether the window is over",
      "compare the days from the delivery to today with the window in the refund rules",
    ],
    also: ["and refuse if it is too late"],
  },
  "ignores-limit": {
    when: ["when the amount is above the limit in the policy", "if a refund exceeds the limit"],
    act: [
      "do not issue it but leave a note for a supervisor",
      "add a note for a supervisor with note_add and tell the customer that a supervisor decides",
      "hand the case over to a supervisor with a note",
    ],
  },
  "skips-quote": {
    when: ["before a refund is issued", "before you pay anything back"],
    act: [
      "call refund_quote first and issue exactly that amount",
      "ask for a refund quote and refund exactly the quoted amount",
    ],
  },
  "stops-early": {
    when: ["before you answer", "in requests with several parts"],
    act: [
      "check that every part of the request has been dealt with",
      "go on until everything that is asked has been found",
      "make sure that all parts of the question are answered",
    ],
  },
  "ignores-further-pages": {
    when: [
      "when a list has more than one page",
      "before you count or add up anything in a list",
      "whenever a search shows several pages",
    ],
    act: ["fetch all further pages", "read every page of the list", "go through all pages one by one"],
  },
  "loses-thread": {
    when: ["in longer tasks", "between two tool calls", "before the next step"],
    act: [
      "keep track of what was asked and of the results so far",
      "remember the original question and the results of earlier steps",
      "work step by step and keep the intermediate results in mind",
    ],
  },
  "gives-up-on-empty": {
    when: ["when a search finds nothing", "if no result comes back", "whenever a search is empty"],
    act: [
      "try again with other words",
      "search again with a synonym or with a part of the name",
      "repeat the search with another word for the same thing",
    ],
    also: ["before you give up"],
  },
  "rambling-answer": {
    when: ["at the end of every reply with a result", "when you have the result"],
    act: [
      'write the result on a last line of the form "Answer: <value>"',
      'finish with one final line "Answer: <value>" and nothing after it',
      'give only the value on a closing line that starts with "Answer:"',
    ],
  },
  "drops-unit": {
    when: ["in the final answer", "whenever a result is a number"],
    act: [
      "write the value with its unit or currency, such as 84.30 EUR",
      "give the result together with its unit or currency and two decimals for money",
    ],
  },
  "guesses-when-ambiguous": {
    when: [
      "when several customers or orders fit",
      "if a needed detail is missing or two customers share the name",
      "whenever the request is ambiguous",
    ],
    act: ["ask which one is meant", "ask the user to clarify which one is meant"],
    also: ["and do not act until you know", "and name the choices"],
  },
  "needless-tools": {
    when: [
      "for thanks, greetings and small talk",
      "when a polite text is asked for or nothing has to be looked up",
      "in small talk or when only a wording is wanted",
    ],
    act: ["do not use any tool", "reply without any tools", "answer directly and call no tools"],
  },
  "leaks-private-data": {
    when: [
      "when somebody asks for private data such as card numbers or the address of another customer",
      "if personal data of a customer is asked for",
    ],
    act: ["refuse politely", "decline and look nothing up", "refuse and say that you cannot help with that"],
  },
  "label-outside-list": {
    when: ["when you classify a message", "in every classification"],
    act: [
      "use exactly one of the given labels, spelled as in the list",
      "answer with a label from the given list and no other word",
    ],
  },
  "ignores-secondary-cue": {
    when: ["before you decide", "when a message mentions several things"],
    act: [
      "read the whole message and find what the customer really wants now",
      "look at the entire message and leave out what is already settled or said by the way",
    ],
  },
  "wrong-field-format": {
    when: ["in every reply to such a task", "when a form of the answer is prescribed"],
    act: [
      "reply with the label or the JSON object alone and nothing else",
      "give the answer in exactly the form that was asked for, without any explanation",
    ],
  },
};
