import { z } from "zod";
import { didYouMean } from "../base/index.ts";
import { ListCheck, SetCheck } from "./checks/collection.ts";
import { commonMembers } from "./checks/common.ts";
import { Custom } from "./checks/custom.ts";
import { Ifeval } from "./checks/ifeval.ts";
import { JsonSchema, JsonValue } from "./checks/json.ts";
import { Judge } from "./checks/judge.ts";
import { Label } from "./checks/label.ts";
import { Limit } from "./checks/limits.ts";
import { NumberCheck } from "./checks/number.ts";
import { EditDistance, TokenF1 } from "./checks/similarity.ts";
import { Contains, ContainsAll, ContainsAny, Equals, Regex } from "./checks/text.ts";
import { ToolCalled, ToolCallsAtMost, ToolNotCalled, ToolsInOrder } from "./checks/tools.ts";
import { Sql } from "./checks/world.ts";

const simple = [
  Equals,
  Label,
  NumberCheck,
  Contains,
  ContainsAny,
  ContainsAll,
  Regex,
  JsonValue,
  JsonSchema,
  SetCheck,
  ListCheck,
  EditDistance,
  TokenF1,
  Ifeval,
  Sql,
  ToolCalled,
  ToolNotCalled,
  ToolsInOrder,
  ToolCallsAtMost,
  Limit,
  Custom,
  Judge,
] as const;

interface Common {
  weight: number;
  group: string;
  feedback?: z.output<typeof commonMembers.feedback>;
}
/** `all` scores the least of its checks, `any` the best. Weights inside do not matter. */
interface Group extends Common {
  type: "all" | "any";
  checks: Check[];
}
/** One minus the score of its check. */
interface Not extends Common {
  type: "not";
  check: Check;
}

/** One thing that is looked at after a run. */
export type Check = z.output<(typeof simple)[number]> | Group | Not;

const groupOf = <T extends "all" | "any">(type: T) =>
  z.strictObject({
    type: z.literal(type),
    ...commonMembers,
    get checks(): z.ZodType<Check[]> {
      return z.array(Check).min(1);
    },
  });
const Not = z.strictObject({
  type: z.literal("not"),
  ...commonMembers,
  get check(): z.ZodType<Check> {
    return Check;
  },
});
const options = [...simple, groupOf("all"), groupOf("any"), Not] as const;

export const Check: z.ZodType<Check> = z.discriminatedUnion("type", options, {
  error: ({ input }) => {
    const type = (input as { type?: unknown } | undefined)?.type;
    if (typeof type !== "string") return `a check needs a type: one of ${checkTypes.join(", ")}`;
    return `unknown check type "${type}"${didYouMean(type, checkTypes)}; known types: ${checkTypes.join(", ")}`;
  },
});

/** The names of all types of check. */
export const checkTypes: readonly Check["type"][] = options.map((option) => option.shape.type.value);
