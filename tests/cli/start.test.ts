import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allele, projectFolder } from "./allele.ts";

test("what was made of the sources is kept for the next start, and missed where it cannot be kept", async () => {
  const folder = projectFolder();
  const version = (TMPDIR: string): ReturnType<typeof allele> =>
    allele(folder, ["--version"], { environment: { TMPDIR } });
  const first = await version(folder);
  expect(existsSync(join(folder, "node-compile-cache"))).toBe(true);
  expect(await version(folder)).toEqual(first);
  expect(await version("/dev/null/nowhere")).toEqual(first);
});
