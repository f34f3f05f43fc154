import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { z } from "zod";
import { parseJson } from "../../src/base/index.ts";

const home = resolve(import.meta.dirname, "../../../shared/data");

/**
 * Reads one file of the recorded runs, which lie beside the repository and are never copied into it. Throws a sentence that says what is
 * missing where the folder is not there.
 */
export function readRecorded<T>(path: string, shape: z.ZodType<T>): T {
  const file = resolve(home, path);
  if (!existsSync(file)) {
    throw new Error(
      `this benchmark replays recorded runs that are not part of the repository: ${path} is not in ${home}`,
    );
  }
  const bytes = readFileSync(file);
  return shape.parse(parseJson((path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString()));
}
