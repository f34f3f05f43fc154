import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { AlleleError, messageOf } from "../base/index.ts";
import type { CreateTools, ToolModule } from "../runtime/index.ts";
import { openMemoryDatabase } from "../store/index.ts";
import { worlds } from "../worlds/index.ts";

const Loaded = z.object({
  version: z.string().min(1),
  tools: z.array(
    z.object({
      name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "tool names have letters, digits, _ and -, at most 64"),
      description: z.string(),
      parameters: z.custom((value) => typeof (value as { safeParse?: unknown } | null)?.safeParse === "function", {
        message: "must be a Zod schema made with the kit's z",
      }),
      effect: z.enum(["read", "write"]),
      run: z.custom((value) => typeof value === "function", { message: "must be a function" }),
    }),
  ),
  createWorld: z.custom((value) => typeof value === "function", { message: "must be a function" }),
});

/**
 * Loads a dataset's tools: imports the module and calls its `createTools`. It is code of the user's own and runs with the
 * user's rights. Throws AlleleError `tool-module-missing`, or `tool-module-broken` saying what is wrong, with the line where
 * the engine tells it.
 */
export async function loadToolModule(file: string): Promise<ToolModule> {
  if (!existsSync(file)) {
    throw new AlleleError({
      code: "tool-module-missing",
      message: `no such tool module: ${file}`,
      hint: "Correct the path in dataset.yaml, or write the module.",
      where: { file },
    });
  }
  const createTools = await importCreateTools(file);
  const made = attempt(file, () => createTools({ z, openDatabase: openMemoryDatabase, worlds }));
  const checked = Loaded.safeParse(made);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw broken(file, `createTools returned a wrong ${issue?.path.join(".") || "value"}: ${issue?.message}`);
  }
  const names = made.tools.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw broken(file, `two tools are named "${twice}"`);
  return made;
}

async function importCreateTools(file: string): Promise<CreateTools> {
  let module: { readonly createTools?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as typeof module;
  } catch (error) {
    throw broken(file, messageOf(error), error);
  }
  if (typeof module.createTools === "function") return module.createTools as CreateTools;
  throw broken(file, "it exports no function createTools");
}

function attempt<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw broken(file, `createTools threw: ${messageOf(error)}`, error);
  }
}

function broken(file: string, problem: string, cause?: unknown): AlleleError {
  const stack = cause instanceof Error ? (cause.stack ?? "") : "";
  const [, line, column] = /^:(\d+)(?::(\d+))?/.exec(stack.slice(stack.indexOf(file) + file.length)) ?? [];
  return new AlleleError({
    code: "tool-module-broken",
    message: `the tool module ${file} cannot be used: ${problem}`,
    hint: "It must export createTools(kit), which returns { version, tools, createWorld }.",
    where: { file, line: numberOf(line), column: numberOf(column) },
    cause,
  });
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
