import type { Message } from "../../provider.ts";
import { readParticulars } from "./office/particulars.ts";

/** Most words of a turn that is understood only with what was said before. */
const mostWords = 9;

/**
 * A short turn as it is meant in its conversation: an answer to a question back is joined to the request it completes, and
 * "cancel it" gets the number that was spoken of last. `earlier` is what was said before, oldest first.
 */
export function inContext(request: string, earlier: readonly Message[]): string {
  const said = earlier.filter(({ role, content }) => (role === "user" || role === "assistant") && content !== "");
  const last = said.at(-1);
  if (last?.role !== "assistant" || request.split(/\s+/).length > mostWords) return request;
  const before = said.findLast(({ role }) => role === "user")?.content ?? "";
  if (asksBack(last.content) && isFragment(request)) return `${before} ${request}`;
  if (!pointsBack.test(request) || namesSomething(request)) return request;
  const number = numberIn(last.content) ?? numberIn(before) ?? readParticulars(before).names.at(-1);
  return number === undefined ? request : `${request} (${number})`;
}

const pointsBack =
  /\b(?:it|its|they|them|that|this|those|these|he|she|his|her|him|their|(?:that|this|same) (?:one|order|customer|parcel))\b|^and\b/i;

function asksBack(reply: string): boolean {
  return /\?\s*$|\bplease (?:tell|give|send|provide|let|specify|confirm|name|say)\b/im.test(reply);
}

/** Something that answers, and asks nothing itself. */
function isFragment(request: string): boolean {
  const asks = /\?|^\W*(?:what|which|how|when|who|where|please (?!take)|can|could|thanks?|thank|hello|hi)\b/i;
  const { city, today } = readParticulars(request);
  return !asks.test(request) && (namesSomething(request) || city !== undefined || today !== undefined);
}

function namesSomething(request: string): boolean {
  const { orders, customer, email, names, sku } = readParticulars(request);
  return orders.length > 0 || names.length > 0 || [customer, email, sku].some((one) => one !== undefined);
}

function numberIn(content: string): string | undefined {
  return (content.match(/\bO-\d+\b/g) ?? content.match(/\bC-\d+\b/g))?.at(-1);
}
