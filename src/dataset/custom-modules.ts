import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { AlleleError, didYouMean, messageOf, readText, textHash, type SourceLocation } from "../base/index.ts";
import type { Check } from "./check.ts";
import { customKey, type CustomCheck, type CustomChecks } from "./checks/custom.ts";
import type { WrittenTask } from "./task-files.ts";

type Custom = Extract<Check, { type: "custom" }>;

/**
 * Imports every function that custom checks name, once. Throws AlleleError `missing-module`, `broken-module` or
 * `unknown-function`, pointing at the task that names it.
 */
export async function loadCustomChecks(folder: string, tasks: readonly WrittenTask[]): Promise<CustomChecks> {
  const loaded = new Map<string, CustomCheck>();
  for (const { record, where } of tasks) {
    for (const check of record.checks.flatMap(customIn)) {
      const key = customKey(check);
      if (!loaded.has(key)) loaded.set(key, await importFunction(folder, check, where));
    }
  }
  return loaded;
}

/** The check with the hash of its module's text in every custom check, so that a changed module is a changed task. */
export function withVersions(check: Check, folder: string): Check {
  switch (check.type) {
    case "custom":
      return { ...check, version: textHash(readText(resolve(folder, check.module))) };
    case "all":
    case "any":
      return { ...check, checks: check.checks.map((inner) => withVersions(inner, folder)) };
    case "not":
      return { ...check, check: withVersions(check.check, folder) };
    default:
      return check;
  }
}

/** Throws AlleleError `missing-module` when a path of dataset.yaml leads nowhere; returns it absolute. */
export function modulePath(folder: string, path: string, where: SourceLocation): string {
  const absolute = resolve(folder, path);
  if (existsSync(absolute)) return absolute;
  throw new AlleleError({
    code: "missing-module",
    message: `no such file: ${absolute}`,
    hint: `Make it, or correct "${path}"; paths are relative to the dataset's folder.`,
    where,
  });
}

async function importFunction(folder: string, check: Custom, where: SourceLocation): Promise<CustomCheck> {
  const module = await importModule(modulePath(folder, check.module, where), where);
  const found = module[check.name];
  if (typeof found === "function") return found as CustomCheck;
  const names = Object.keys(module).filter((name) => typeof module[name] === "function");
  throw new AlleleError({
    code: "unknown-function",
    message: `${check.module} exports no function "${check.name}"${didYouMean(check.name, names)}`,
    hint: names.length > 0 ? `It exports ${names.join(", ")}.` : "Export the function from the module.",
    where,
  });
}

async function importModule(file: string, where: SourceLocation): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new AlleleError({
      code: "broken-module",
      message: `cannot load ${file}: ${messageOf(error)}`,
      hint: "The module must load by itself: only TypeScript syntax that can be erased, and imports it can find.",
      where,
      cause: error,
    });
  }
}

function customIn(check: Check): Custom[] {
  if (check.type === "custom") return [check];
  if (check.type === "all" || check.type === "any") return check.checks.flatMap(customIn);
  return check.type === "not" ? customIn(check.check) : [];
}
