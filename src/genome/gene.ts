import { z } from "zod";

const ConditionValue = z.union([z.string(), z.number(), z.boolean()]);

/** A gene is active only while another gene has this value, or one of these; of a strategy its kind is compared. */
const Condition = z.strictObject({
  gene: z.string().min(1),
  is: z.union([ConditionValue, z.array(ConditionValue).min(1)]),
});
export type Condition = Readonly<z.infer<typeof Condition>>;

const common = {
  /** False: no operator may change it. */
  evolvable: z.boolean().optional(),
  /** For authors and proposers: what this gene is for. */
  description: z.string().optional(),
  /** Left out: always active. An inactive gene neither shapes the agent nor its identity. */
  active: Condition.optional(),
};

/** A worked example: what a user says and what the agent should answer. `steps` may tell the tool calls in between, one sentence each. */
export const Demo = z.strictObject({
  input: z.string().min(1),
  steps: z.array(z.string().min(1)).optional(),
  output: z.string().min(1),
});
export type Demo = Readonly<z.infer<typeof Demo>>;

/** How a tool is explained to the model. Its name and parameter schema are never genes. */
export const ToolText = z.strictObject({
  summary: z.string(),
  when: z.string().default(""),
  when_not: z.string().default(""),
  examples: z.array(z.string()).default([]),
});
export type ToolText = Readonly<z.infer<typeof ToolText>>;

/** How the agent takes a task apart. `max_steps` counts model calls. */
export const StrategyValue = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("direct") }),
  z.strictObject({ kind: z.literal("react"), max_steps: z.int().min(1).max(60).default(12) }),
  z.strictObject({
    kind: z.literal("plan"),
    max_steps: z.int().min(2).max(60).default(16),
    /** Write a new plan when a tool call fails. */
    replan: z.enum(["never", "on-failure"]).default("never"),
  }),
]);
export type StrategyValue = Readonly<z.infer<typeof StrategyValue>>;

/** One named, typed part of a genome, as it stands in a genome file. */
export const Gene = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("text"),
    ...common,
    value: z.string(),
    max_tokens: z.int().positive().default(1500),
    /** Texts that every version must contain, such as "{question}". */
    placeholders: z.array(z.string()).optional(),
  }),
  z.strictObject({
    type: z.literal("rules"),
    ...common,
    value: z.array(z.string().min(1)),
    max_items: z.int().positive().default(40),
  }),
  z.strictObject({ type: z.literal("demos"), ...common, value: z.array(Demo), max: z.int().positive().default(4) }),
  z.strictObject({ type: z.literal("tool"), ...common, value: ToolText }),
  z.strictObject({ type: z.literal("enum"), ...common, options: z.array(z.string()).min(1), value: z.string() }),
  z.strictObject({
    type: z.literal("number"),
    ...common,
    min: z.number(),
    max: z.number(),
    step: z.number().positive().optional(),
    /** `log`: a step multiplies; needs a `min` above 0. Left out: linear. */
    scale: z.enum(["linear", "log"]).optional(),
    value: z.number(),
  }),
  z.strictObject({ type: z.literal("boolean"), ...common, value: z.boolean() }),
  z.strictObject({
    type: z.literal("set"),
    ...common,
    universe: z.array(z.string()).min(1),
    value: z.array(z.string()),
  }),
  z.strictObject({
    type: z.literal("labels"),
    ...common,
    /** The answers there are, as the tasks' checks expect them. */
    answers: z.array(z.string().min(1)).min(2),
    /** How each is worded for the model, in the same order. */
    value: z.array(z.string().min(1)),
  }),
  z.strictObject({ type: z.literal("strategy"), ...common, value: StrategyValue }),
  z.strictObject({ type: z.literal("model"), ...common, options: z.array(z.string()).min(1), value: z.string() }),
]);
export type Gene = Readonly<z.infer<typeof Gene>>;
/** The names of all types of gene. */
export type GeneType = Gene["type"];
