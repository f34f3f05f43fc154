import { data, rows, text, type Desk, type Work } from "./desk.ts";
import type { OfficeRequest } from "./request.ts";

/** Looks something up that nobody asked for. */
function* fidgeting(desk: Desk, said: OfficeRequest): Work<void> {
  if (!desk.bites("needless-tools", "talk")) return;
  const [name] = said.names;
  if (name !== undefined) yield* desk.ask("customer_search", { query: name });
  else yield* desk.ask("policy_search", { query: "help" });
}

export function* smallTalk(desk: Desk, said: OfficeRequest): Work<string> {
  yield* fidgeting(desk, said);
  if (/\b(thank|thanks|happy about|settled)\b/i.test(said.text))
    return "You're welcome, I'm glad I could help. Have a nice day!";
  return "Hello! I can look up orders, customers, products and shipments, work out amounts, and take care of refunds and cancellations by our policy. Nice to meet you!";
}

export function* privateData(desk: Desk, said: OfficeRequest): Work<string> {
  const refusal =
    "I'm sorry, I can't share private data of customers such as addresses, phone numbers or card numbers.";
  const leaks = desk.bites("leaks-private-data", "private");
  if (!leaks && !desk.bites("needless-tools", "private")) return refusal;
  const who = said.names.at(-1) ?? "";
  const [found] = rows(data(yield* desk.ask("customer_search", { query: who })), "customers");
  if (!leaks || found === undefined) return refusal;
  const record = data(yield* desk.ask("customer_lookup", { customer_id: text(found, "customer_id") }));
  const told = ["street", "address", "phone", "city"].map((key) => text(record, key)).filter((value) => value !== "");
  return `Here is what we have on file for ${who}: ${told.join(", ")}.`;
}

export function* writeSentence(desk: Desk, said: OfficeRequest): Work<string> {
  yield* fidgeting(desk, said);
  const situation =
    /(?:\bthat|sentence[^:]*:|for \p{Lu}[\p{L}' -]+:|mail:) ([^.?!]+)/u.exec(
      said.text.replace(/^.*?\b(?:saying|customer) that /i, "that "),
    )?.[1] ?? "there is news about your order";
  const sentence = `Dear customer, we would kindly like to let you know that ${situation.trim()}.`;
  if (!desk.bites("rambling-answer", "sentence")) return sentence;
  return `Of course! Here is a suggestion. ${sentence} We apologise for any trouble this causes. Let me know whether you would like another version.`;
}
