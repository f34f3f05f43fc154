import type { Mind } from "./skills/skill.ts";

const openings = ["Thank you for your message.", "Thanks for getting in touch.", "Certainly."] as const;
const closings = [
  "I can't say more about this with what I have here; could you tell me a little more?",
  "I am not sure what you need; please give me some more detail.",
  "This is outside what I can work out here. What exactly should I do?",
] as const;

/** What the model says to a request that none of its skills understands: plausible, and of little use. */
export function generalReply(request: string, mind: Mind): string {
  const topic = request
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, 60)
    .replace(/\s\S*$/, "");
  const random = mind.random("general reply");
  const middle = topic === "" ? "" : ` You wrote about "${topic}".`;
  return `${random.pick(openings)}${middle} ${random.pick(closings)}`;
}
