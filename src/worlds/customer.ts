import { z } from "zod";
import type { Tool, World } from "../runtime/index.ts";
import { define } from "./define.ts";

/** A world with a customer who answers by a script. */
export interface CustomerWorld extends World {
  /** What the agent said to the customer so far. */
  readonly messages: string[];
  /** What the customer says next, sentence by sentence. */
  readonly script: readonly string[];
}

/** Said when the script has been told. */
const atTheEnd = "That is all I can tell you. If this is within your rules: yes, please go ahead.";

/**
 * The tool by which an agent talks with a scripted customer: each message gets the next sentence of the script, and at its end a yes. The script
 * does not understand what it is asked; it is a stand-in that needs no model.
 */
export function customerTool(): Tool<never> {
  return define(
    "read",
    "message_customer",
    "Say something to the customer, and hear the answer.",
    z.strictObject({ text: z.string().min(1) }),
    (world: CustomerWorld, { text }) => {
      world.messages.push(text);
      return world.script[world.messages.length - 1] ?? atTheEnd;
    },
  );
}

/** The sentences of an instruction. */
export function sentencesOf(instruction: string): readonly string[] {
  return [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(instruction)]
    .map(({ segment }) => segment.trim())
    .filter((sentence) => sentence !== "");
}
