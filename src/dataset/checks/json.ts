import { z } from "zod";
import { messageOf } from "../../base/index.ts";
import type { CheckResult, Outcome } from "../outcome.ts";
import { bare, commonMembers } from "./common.ts";
import { findJson, JsonPath, lookUp, sameJson, showJson } from "./json-text.ts";
import { missingPart, Part, takePart } from "./part.ts";

/** The JSON in the answer has `value` at `path`; without `value`, it has anything there. */
export const JsonValue = z.strictObject({
  type: z.literal("json_value"),
  ...commonMembers,
  of: Part,
  path: JsonPath.default(""),
  value: z.json().optional(),
  /** How far numbers may be off, absolute. */
  tolerance: z.number().min(0).default(0),
  /** Strings to the character; else as `equals` compares them. */
  exact: z.boolean().default(false),
});
/** The JSON in the answer is valid by a JSON Schema. */
export const JsonSchema = z.strictObject({
  type: z.literal("json_schema"),
  ...commonMembers,
  of: Part,
  schema: z.record(z.string(), z.json()).superRefine((schema, context) => {
    try {
      z.fromJSONSchema(schema);
    } catch (error) {
      context.addIssue({ code: "custom", message: `not a JSON Schema: ${messageOf(error)}`, input: schema });
    }
  }),
});

export function judgeJsonValue(check: z.output<typeof JsonValue>, { answer }: Outcome): CheckResult {
  const text = takePart(answer, check.of);
  if (text === undefined) return { score: 0, feedback: missingPart(answer, check.of) };
  const json = findJson(text);
  if (json === undefined) return { score: 0, feedback: "The answer holds no valid JSON." };
  const found = lookUp(json, check.path);
  const place = check.path === "" ? "The JSON value" : `The JSON member "${check.path}"`;
  if (check.value === undefined) {
    return found === undefined
      ? { score: 0, feedback: `${place} is missing.` }
      : { score: 1, feedback: `${place} is there.` };
  }
  const sameText = check.exact ? Object.is : (a: string, b: string): boolean => bare(a) === bare(b);
  return sameJson(found, check.value, check.tolerance, sameText)
    ? { score: 1, feedback: `${place} is ${showJson(found)}, as expected.` }
    : { score: 0, feedback: `${place} should be ${showJson(check.value)} but is ${showJson(found)}.` };
}

export function judgeJsonSchema(check: z.output<typeof JsonSchema>, { answer }: Outcome): CheckResult {
  const text = takePart(answer, check.of);
  if (text === undefined) return { score: 0, feedback: missingPart(answer, check.of) };
  const json = findJson(text);
  if (json === undefined) return { score: 0, feedback: "The answer holds no valid JSON." };
  const issue = z.fromJSONSchema(check.schema).safeParse(json).error?.issues[0];
  if (issue === undefined) return { score: 1, feedback: "The JSON is valid by its schema." };
  const place = issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  return { score: 0, feedback: `The JSON breaks its schema${place}: ${issue.message}.` };
}
