/**
 * Messages that name two orders. `{id}`, `{date}` and `{sum}` belong to what the customer wants; `{other}`, `{otherDate}` and
 * `{otherSum}` are beside the point.
 */
export const claims: readonly string[] = [
  "I have bought from you twice. {other} of {otherDate} was perfect. With {id}, placed on {date}, the lid was missing, and I would like {sum} back.",
  "Please do not mix this up with {other} ({otherSum}, {otherDate}), which is settled. It is {id} from {date} that came broken. I ask for {sum}.",
  "{sum} is what you still owe me for {id}. I ordered on {date}. The {otherSum} for {other}, ordered on {otherDate}, were refunded long ago.",
  "On {otherDate} I bought a lamp ({other}, {otherSum}) and it shines beautifully. The vase I ordered on {date}, {id}, arrived in pieces. Kindly refund {sum}.",
  "My order {id} was placed on {date}. {other} of {otherDate} held the same things and was charged correctly with {otherSum}. On mine {sum} too much were taken, which I would like returned.",
  "hi, wrong colour in {id}!! bought {date}. want my {sum} back. {other} from {otherDate} was ok btw, keep the {otherSum}",
  "As I wrote about {other} on {otherDate}, that matter is closed and the {otherSum} have reached me. Today I write about {id}, ordered on {date}, for which {sum} were taken twice. Please return them once.",
  "Unlike {other}, which I placed on {otherDate} and which is on its way, {id} of {date} never came. Please pay back the {sum}.",
  "Good evening. The box with {id} was half empty. It had been ordered on {date}. My claim: {sum}. For comparison: {other} of {otherDate} was worth {otherSum} and complete.",
  "Your colleague told me to write the numbers down, so here they are. Order that is fine: {other}, {otherDate}, {otherSum}. Order that I want money for: {id}, {date}, {sum}.",
  "I returned the shoes of {id} and you refunded nothing so far; that would be {sum}. The purchase was on {date}. (I also have {other}, bought {otherDate} for {otherSum}, and I am keeping that.)",
  "First of all thank you for sorting out {other} from {otherDate} so quickly, the {otherSum} arrived. Could you do the same with {id}? It was placed on {date} and {sum} are due to me.",
  "It is about {id}, not about {other}. The latter, of {otherDate}, cost {otherSum} and works. The former, of {date}, does not, and I want {sum} for it.",
  "When I placed {id} on {date} you promised a voucher, which was never deducted. Please transfer {sum}. With {other} on {otherDate} the voucher of {otherSum} had worked.",
  "My sister's order is {other}, of {otherDate}, over {otherSum}; leave it alone please. Mine is {id}, of {date}. The towels are stained and I would like to be reimbursed {sum}.",
  "Refund request. Reference {id}. Ordered {date}. Amount {sum}. Reason: does not fit. An earlier request for {other} ({otherDate}, {otherSum}) can be ignored, I have withdrawn it.",
  "The delivery of {otherDate} ({other}) cost {otherSum} and everything was in it. What I complain about is the other one: {id}, ordered on {date}. A chair was missing, and it cost {sum}, which I would like to see again.",
  "Somebody must have swapped the labels: I got the things of {other}, placed by another customer on {otherDate} for {otherSum}. My own order is {id}, placed on {date}. Since mine is sold out, please give me back {sum}.",
  "You wrote that {other} had been cancelled. That is right, I did so on {otherDate}, and the {otherSum} are back. But {id} from {date} was to be cancelled too, and there the {sum} are still missing.",
  "I do not need anything for {other} (bought {otherDate}, {otherSum}). For {id} (bought {date}) I do: {sum}, because the sets were incomplete.",
];

export const requests: readonly string[] = [
  "Extract from the message the order the customer wants money for. Answer with JSON only, with the members order_id, date (day of that order, YYYY-MM-DD), amount (the sum wanted, a number) and currency (three-letter code).\n\n{message}",
  'Message:\n"""\n{message}\n"""\nReturn a JSON object {"order_id": string, "date": "YYYY-MM-DD", "amount": number, "currency": "EUR"|"USD"|"GBP"|"CHF"} for the order that money is claimed for: its number, the day it was placed, the money claimed. No other text.',
  "Fill in this form as JSON and write nothing else: order_id, date, amount, currency. The date is the day of the order in ISO form, the amount a plain number, the currency an ISO code. Only the order that is complained about counts.\n---\n{message}\n---",
  "{message}\n\nFrom the customer's message above give me order_id, date (ISO 8601, when the order was placed), amount (number without sign or separators) and currency (ISO 4217) of the claim, as one JSON object.",
];
