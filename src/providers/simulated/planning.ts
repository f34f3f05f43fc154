import { sentencesOf } from "./reading/split.ts";

/** Whether a text is a numbered list of at least two steps. */
export function isPlan(text: string): boolean {
  return (text.match(/^\s*(?:step\s*)?\d+[.):]\s+\S/gim) ?? []).length >= 2;
}

const wish = /\b(?:writ|mak|giv|draft|outlin|draw|list|propos|prepar|set|begin|start|show|creat|produc|sketch)\w*/i;
const plan = /\bplans?\b|\bsteps\b/i;
const form = /\bnumbered\b|\bnumbers?\b|\blist\b|\bsteps\b|\bshort\b|\boutline\b|\bstep by step\b|\bpoints\b/i;
const carry = /\b(?:carry|follow|execut|perform|implement|proceed|go ahead|continue|work through|act on|put)\w*/i;

/** Whether a turn after a plan tells the model to go ahead with it. */
export function readsAsCarryOn(text: string): boolean {
  return text.length < 300 && carry.test(text) && (plan.test(text) || text.length < 40);
}

/**
 * Where a text asks for a numbered plan: what it says besides. Undefined when it does not ask. The wish is looked for in
 * the last paragraph, or in the whole of a text of one paragraph.
 */
export function withoutPlanRequest(text: string): string | undefined {
  const paragraphs = text.split(/\n\s*\n/);
  const last = paragraphs.at(-1) ?? "";
  const sentences = sentencesOf(last).map((piece) => piece.text);
  const asking = sentences.findIndex(
    (sentence) => wish.test(sentence) && /\bplan\b/i.test(sentence) && form.test(sentence),
  );
  if (asking === -1 || last.length > 400 + asking * 400) return undefined;
  const before = sentences.slice(0, asking).filter((sentence) => !/\bstep failed\b|\bdid not work\b/i.test(sentence));
  return [...paragraphs.slice(0, -1), before.join(" ")].join("\n\n").trim();
}
