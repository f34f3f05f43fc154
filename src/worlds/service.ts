import { z } from "zod";
import type { Tool } from "../runtime/index.ts";
import { calculate } from "./arithmetic.ts";
import { customerTool, type CustomerWorld } from "./customer.ts";
import { define } from "./define.ts";

/** What a service world is made with: where its data lie, and whether the customer can be talked with. */
export const ServiceOptions = z.strictObject({
  /** Absolute folder of the dataset; its data are in `db/`. */
  folder: z.string().min(1),
  user: z.enum(["solo", "scripted"]).default("solo"),
});

/** A task's world: the identity of the data, and the customer's script where there is one. */
export const ServiceSpec = z.strictObject({ data: z.string(), script: z.array(z.string()).default([]) });

/** Tools that both service desks have. */
export function commonTools(user: "solo" | "scripted"): readonly Tool<never>[] {
  return [
    define(
      "read",
      "calculate",
      "Work out a sum: numbers, + - * / and brackets.",
      z.strictObject({ expression: z.string().min(1) }),
      (_: CustomerWorld, { expression }) => calculate(expression),
    ),
    define(
      "read",
      "think",
      "Write a thought down; nothing happens.",
      z.strictObject({ thought: z.string() }),
      () => "",
    ),
    define(
      "read",
      "transfer_to_human_agents",
      "Hand the customer over to a person, with a summary.",
      z.strictObject({ summary: z.string() }),
      () => "The customer was handed over.",
    ),
    ...(user === "scripted" ? [customerTool()] : []),
  ];
}
