import type { ChatRequest } from "../../provider.ts";
import { member } from "./request.ts";

/** What the user said last. */
export function lastSaid({ messages }: ChatRequest): string {
  return messages.findLast(({ role }) => role === "user")?.content ?? "";
}

/** Whether the reply is to be a JSON object with this member, by its schema or by the words at the end of the request. */
export function asksForMember(request: ChatRequest, name: string): boolean {
  const schema = member(member(request.responseSchema?.schema, "properties"), name);
  return schema !== undefined || new RegExp(`"${name}"\\s*:`).test(lastSaid(request).slice(-1500));
}
