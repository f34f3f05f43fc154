import { z } from "zod";
import { canonicalJson, tryParseJson } from "../../base/index.ts";
import type { ChatRequest } from "../../providers/index.ts";
import { exampleOf } from "./example.ts";

/** An answer that can be used, or what is wrong with it. */
export type ReadAnswer = { readonly content: string } | { readonly flaw: string };

const longest = 400_000;

/** Reads what somebody wrote as the answer to a request: JSON, alone or in a fence, of the schema that was asked for. */
export function readAnswer(written: string, { responseSchema }: ChatRequest): ReadAnswer {
  const text = unfenced(written.replace(/^\uFEFF/, "").trim());
  if (text === "") return { flaw: "it is empty" };
  if (text.length > longest) return { flaw: `it has ${text.length} characters, at most ${longest} are read` };
  if (responseSchema === undefined) return { content: text };
  const value = tryParseJson(text);
  if (value === undefined) return { flaw: "it is no whole JSON text; perhaps it is half written" };
  if (canonicalJson(value) === canonicalJson(exampleOf(responseSchema.schema)))
    return { flaw: "it is the example, with nothing put in" };
  const read = z.fromJSONSchema(responseSchema.schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value);
  if (read.success) return { content: text };
  const [issue] = read.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? "the whole" : issue.path.join(".");
  return { flaw: `it is not of the schema: ${place}: ${issue?.message ?? "another form"}` };
}

function unfenced(text: string): string {
  return /^```(?:json)?\s*\n([\s\S]*?)\n```$/.exec(text)?.[1]?.trim() ?? text;
}
