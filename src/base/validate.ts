import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from "yaml";
import type { z } from "zod";
import { AlleleError, type SourceLocation } from "./error.ts";
import { parseJson } from "./json.ts";
import { didYouMean } from "./suggest.ts";

/** Finds where a member of the parsed data stands in the source. */
export type Locator = (path: readonly PropertyKey[]) => SourceLocation;

/**
 * Checks data against a schema. Throws AlleleError: `unknown-key` (with the nearest known key), else `invalid-value`,
 * both naming the path, what was wrong, and file, line and column as far as `locate` knows.
 */
export function validate<S extends z.ZodType>(schema: S, value: unknown, locate: Locator): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = deepest(foremost(result.error.issues));
  if (issue === undefined) throw new AlleleError({ code: "invalid-value", message: "invalid", where: locate([]) });
  const at = issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] ?? "";
    throw new AlleleError({
      code: "unknown-key",
      message: `${at}unknown key "${key}"${didYouMean(key, knownKeys(schema, issue.path, value))}`,
      hint: "Remove the key or correct its name.",
      where: locate([...issue.path, key]),
    });
  }
  throw new AlleleError({
    code: "invalid-value",
    message: `${at}${issue.message}`,
    hint: "Correct the value; the format is described in docs/.",
    where: locate(issue.path),
  });
}

/** Parses YAML and checks it. Throws AlleleError `malformed-yaml`, `unknown-key` or `invalid-value`, each with file, line and column. */
export function parseYaml<S extends z.ZodType>(text: string, schema: S, file: string): z.output<S> {
  return readYamlDocument(text, schema, file).value;
}

/** As parseYaml, and keeps the document, so that it can be changed and written back with its comments, and the way to find members in it. */
export function readYamlDocument<S extends z.ZodType>(
  text: string,
  schema: S,
  file: string,
): { readonly document: Document; readonly value: z.output<S>; readonly locate: Locator } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const at = (offset: number | undefined): SourceLocation => {
    if (offset === undefined) return { file };
    const position = lines.linePos(offset);
    return { file, line: position.line, column: position.col };
  };
  const mistake = document.errors[0];
  if (mistake !== undefined) {
    throw new AlleleError({
      code: "malformed-yaml",
      message: `not valid YAML: ${mistake.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "")}`,
      hint: "Check indentation, quotes and brackets near this line.",
      where: at(mistake.pos[0]),
    });
  }
  const locate: Locator = (path) => at(offsetOf(document, path));
  return { document, value: validate(schema, document.toJS(), locate), locate };
}

/** Parses one line of JSONL (or a whole JSON text starting at `line`) and checks it, errors naming the line. */
export function parseJsonAt<S extends z.ZodType>(text: string, schema: S, where: SourceLocation): z.output<S> {
  return validate(schema, parseJson(text, where), () => where);
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = document.contents;
  let offset = (node as Node | null)?.range?.[0];
  for (const step of path) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find((item) => String(isScalar(item.key) ? item.key.value : item.key) === String(step));
      offset = (pair?.key as Node | undefined)?.range?.[0] ?? offset;
      next = pair?.value;
    } else if (isSeq(node)) {
      next = node.items[Number(step)];
      offset = (next as Node | undefined)?.range?.[0] ?? offset;
    }
    if (next === undefined || next === null) break;
    node = next;
  }
  return offset;
}

type Issue = z.core.$ZodIssue;

/** A misspelt key explains the missing one beside it, so it comes first. */
function foremost(issues: readonly Issue[]): Issue | undefined {
  return issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
}

/** Of a union's branches, the complaint that got furthest: it speaks of the branch the author meant. */
function deepest(issue: Issue | undefined): Issue | undefined {
  if (issue?.code !== "invalid_union") return issue;
  const branches = issue.errors
    .map((branch) => deepest(foremost(branch)))
    .filter((branch) => branch !== undefined)
    .toSorted((a, b) => b.path.length - a.path.length);
  const best = branches[0];
  return best === undefined || best.path.length === 0 ? issue : { ...best, path: [...issue.path, ...best.path] };
}

function knownKeys(schema: unknown, path: readonly PropertyKey[], value: unknown): string[] {
  const definition = (schema as { _zod?: { def?: Record<string, unknown> } } | undefined)?._zod?.def;
  if (definition === undefined) return [];
  const inner = definition["innerType"] ?? definition["in"];
  if (inner !== undefined) return knownKeys(inner, path, value);
  const options = definition["options"];
  if (Array.isArray(options)) {
    return meantOptions(options, definition["discriminator"], value).flatMap((option) =>
      knownKeys(option, path, value),
    );
  }
  const shape = definition["shape"] as Record<string, unknown> | undefined;
  const [step, ...rest] = path;
  if (step === undefined) return shape === undefined ? [] : Object.keys(shape);
  const next = shape?.[String(step)] ?? definition["element"] ?? definition["valueType"];
  return knownKeys(next, rest, (value as Record<PropertyKey, unknown> | undefined)?.[step]);
}

/** Of a discriminated union, the branch the value names; else all branches. */
function meantOptions(options: readonly unknown[], discriminator: unknown, value: unknown): readonly unknown[] {
  if (typeof discriminator !== "string") return options;
  const named = (value as Record<string, unknown> | undefined)?.[discriminator];
  return options.filter((option) => {
    const values = (option as { _zod?: { propValues?: Record<string, Set<unknown>> } })._zod?.propValues;
    return values?.[discriminator]?.has(named) === true;
  });
}
