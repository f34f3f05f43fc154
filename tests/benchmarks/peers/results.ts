import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { parseJson, readText, writeTextAtomic } from "../../../src/base/index.ts";

/** What was measured once, so that it need not be measured again. */
const Measured = z.strictObject({
  /** Hash of everything that the figures depend on. */
  conditions: z.string(),
  /** Of the measurement, as YYYY-MM-DD. */
  date: z.string(),
  /** Why there are no figures. */
  failure: z.string().optional(),
  /** Mean score of each pick on the sealed test. */
  picks: z.array(
    z.strictObject({ seconds: z.number(), rollouts: z.number(), validation: z.number(), test: z.number() }),
  ),
  /** The final candidate's score on each task of the sealed test, in the order of the dataset. */
  test: z.array(z.number()),
  rollouts: z.number(),
  calls: z.strictObject({ task: z.number(), reflection: z.number(), failed: z.number(), busy: z.number() }),
  seconds: z.number(),
  ownCount: z.number().nullable(),
  ended: z.string(),
});
export type Measured = Readonly<z.infer<typeof Measured>>;

/** Whether it has figures. */
export function isMeasured(result: Measured | undefined): result is Measured {
  return result !== undefined && result.failure === undefined;
}

export interface Results {
  /** What is kept under a name, whatever the conditions; undefined when there is nothing. */
  get(name: string): Measured | undefined;
  put(name: string, measured: Measured): void;
}

/** Results as one JSON file each in a folder. A file of another form counts as none. */
export function openResults(folder: string): Results {
  const fileOf = (name: string): string => join(folder, `${name}.json`);
  return {
    get: (name) => {
      if (!existsSync(fileOf(name))) return undefined;
      const read = Measured.safeParse(parseJson(readText(fileOf(name)), { file: fileOf(name) }));
      return read.success ? read.data : undefined;
    },
    put: (name, measured) => {
      mkdirSync(dirname(fileOf(name)), { recursive: true });
      writeTextAtomic(fileOf(name), JSON.stringify(measured));
    },
  };
}

const root = resolve(import.meta.dirname, "../../..");

/** Hash of files and of whole folders, named from the root of the project, and of further facts. */
export function conditionsOf(paths: readonly string[], facts: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(facts));
  const files = paths.flatMap((path) => filesAt(join(root, path)));
  for (const file of files) hash.update(file.slice(root.length)).update(readText(file));
  return hash.digest("hex").slice(0, 16);
}

function filesAt(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
