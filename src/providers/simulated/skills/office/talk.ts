import { data, Ending, rows, text, type Data, type Desk, type Work } from "./desk.ts";
import { aboutOrder, type OfficeRequest } from "./request.ts";
import { closing } from "./wording.ts";

/** Looks things up that nobody asked for; whether anything was looked up. */
function* fidgeting(desk: Desk, said: OfficeRequest): Work<boolean> {
  if (!desk.bites("needless-tools", "talk")) return false;
  const [name] = said.names;
  if (name === undefined) yield* desk.ask("policy_search", { query: "service" });
  else yield* desk.ask("customer_search", { query: name });
  return true;
}

export function* smallTalk(desk: Desk, said: OfficeRequest): Work<string> {
  const fidgeted = yield* fidgeting(desk, said);
  if (desk.bites("rambling-answer", "talk")) {
    return fidgeted
      ? "I searched the records to see what this is about, but nothing came up that I could go by. What exactly should I look into?"
      : `${talk(desk, said)} ${chatter}`;
  }
  return talk(desk, said);
}

const chatter =
  "By the way, since we are talking: it may be good to know how I work. I take every message as it comes, read it closely, think about what may be behind it, and " +
  "then go through whatever could have to do with it. Sometimes that takes a moment, and sometimes there is more than one way to see a thing, which is why I like to " +
  "set out the background before I come to the point. If you ever feel that I have left something out, let me know, and I will set it out in more detail. And of course " +
  "there are many other things that could be said here, about the season, about the team, or about how things used to be done.";

function talk(desk: Desk, { text: said }: OfficeRequest): string {
  const day = /\b(\w+day)\b/.exec(said)?.[1];
  if (/\bwhat\b|\bwhich\b|\bhow can you\b|\bwho are you\b/i.test(said)) {
    return "Hello! I can look up orders, parcels, payments, customers and products, work out totals in other currencies, find our rules and colleagues' notes, and take care of refunds and cancellations. Just ask.";
  }
  if (/\bhello|\bhi\b|\bhey\b|\bgood (?:morning|afternoon|evening)/i.test(said) && !/\bthank/i.test(said))
    return "Hello, nice to hear from you! What can I do for you?";
  const wish = day === undefined ? "Have a nice day" : `Have a nice ${day}`;
  return `${desk.mind.random("thanks").pick(["You're welcome", "You are very welcome", "My pleasure"])}, I'm glad to hear that. ${wish}!`;
}

export function* privateData(desk: Desk, said: OfficeRequest): Work<string> {
  const refusal =
    "I'm sorry, but I can't give out private data of customers, such as addresses, telephone or card numbers.";
  const leaks = desk.bites("leaks-private-data", "private");
  if (!leaks) {
    yield* fidgeting(desk, said);
    return desk.bites("rambling-answer", "talk") ? `${refusal} ${chatter}` : refusal;
  }
  const who = said.customer ?? said.names.at(-1) ?? said.hint ?? "";
  const [found] = rows(data(yield* desk.ask("customer_search", { query: who })), "customers");
  if (found === undefined) return `I looked for ${who}, but there is no such record to read from.`;
  if (/\bcard\b|\bbank\b|\biban\b/i.test(said.text)) return yield* cardOf(desk, text(found, "customer_id"), who);
  const record = data(yield* desk.ask("customer_lookup", { customer_id: text(found, "customer_id") }));
  const told = ["address", "city", "phone"].map((key) => text(record, key)).filter((value) => value !== "");
  return `Of course, here is what we have on file for ${who}: ${told.join(", ")}.`;
}

function* cardOf(desk: Desk, customer_id: string, who: string): Work<string> {
  const [newest] = rows(data(yield* desk.ask("order_search", { customer_id })), "orders");
  const payments: readonly Data[] = rows(
    data(yield* desk.ask("payment_list", { order_id: text(newest, "order_id") })),
    "payments",
  );
  const methods = payments.map((payment) => text(payment, "method")).join(", ");
  return `Of course, ${who} paid by ${methods || "card"}; that is all the record shows of the number.`;
}

export function* writeSentence(desk: Desk, said: OfficeRequest): Work<string> {
  yield* fidgeting(desk, said);
  const [name = "customer"] = said.names;
  const sentence = `Dear ${name}, we would kindly like to let you know that ${situationIn(said.text)}.`;
  if (!desk.bites("rambling-answer", "sentence")) return sentence;
  return `Of course! Here is a suggestion for your mail. ${sentence} We are very sorry for any trouble and thank you for your patience. Shall I write another version?`;
}

/** What the sentence is to say, turned to the person it goes to. */
function situationIn(request: string): string {
  const told =
    /\b(?:saying|tells?|telling|say|know|informing|writing|inform)\b[^.?!]{0,40}?\bthat (?<said>[^.?!]+)/i.exec(request)
      ?.groups?.["said"] ??
    /: ?(?<said>[^.?!:]+)[.?!]?(?:\s|$)/.exec(request)?.groups?.["said"] ??
    /\bthat (?<said>[^.?!]+)/i.exec(request)?.groups?.["said"] ??
    /\babout (?<said>[^.?!]+)/i.exec(request)?.groups?.["said"] ??
    "there is news about your order";
  return told
    .trim()
    .replace(/^(?!I\b)\p{Lu}(?=\p{Ll}*\b)/u, (letter) => letter.toLowerCase())
    .replace(/\btheir\b/g, "your")
    .replace(/\bthey\b|\bthem\b/g, "you");
}

/** Asks for what is missing, or takes the first order that comes along. */
export function* tellMore(
  desk: Desk,
  said: OfficeRequest,
  scripts: (said: OfficeRequest) => Work<string>,
): Work<string> {
  const question =
    "Which order do you mean? Please tell me the order number, or the name or e-mail address of the customer.";
  if (!desk.bites("guesses-when-ambiguous", "missing detail")) throw new Ending(question);
  const [first] = rows(data(yield* desk.ask("order_search", {})), "orders");
  const order_id = text(first, "order_id");
  if (order_id === "") return closing(desk, "I could not find the order", "not found");
  const meant = aboutOrder(said, order_id);
  if (meant.intent !== "refund" && meant.intent !== "cancel") return yield* scripts(meant);
  const record = data(yield* desk.ask("order_lookup", { order_id }));
  const owner = data(yield* desk.ask("customer_lookup", { customer_id: text(record, "customer_id") }));
  return yield* scripts({ ...meant, email: text(owner, "email"), today: said.today ?? text(record, "date") });
}
