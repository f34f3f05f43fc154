import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { loadToolModule } from "../../src/evaluate/load-tool-module.ts";

function moduleSaying(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "allele-tools-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "tools.mjs");
  writeFileSync(file, text);
  return file;
}

const tool = `{ name: "count", description: "Counts.", parameters: z.object({}), effect: "read", run: () => 1 }`;
const makes = (made: string): string => `export const createTools = ({ z, openDatabase }) => (${made});`;

describe("a tool module", () => {
  test("is loaded with Zod and in-memory databases at its hand", async () => {
    const world = `() => { const d = openDatabase(); d.exec("CREATE TABLE a (x)"); return { query: (sql) => d.prepare(sql).all() }; }`;
    const module = await loadToolModule(
      moduleSaying(makes(`{ version: "1", tools: [${tool}], createWorld: ${world} }`)),
    );
    expect(module.tools.map(({ name }) => name)).toEqual(["count"]);
    expect(module.createWorld(undefined).query?.("SELECT count(*) AS n FROM a")).toEqual([{ n: 0 }]);
  });

  test.each([
    ["without createTools", "export const tools = [];", /exports no function createTools/],
    ["that throws", makes(`(() => { throw new Error("no luck"); })()`), /createTools threw: no luck/],
    ["that does not parse", "export const createTools = (", /cannot be used: \S/],
    ["that returns nothing", makes("undefined"), /wrong value/],
    ["without a version", makes("{ tools: [], createWorld: () => ({}) }"), /wrong version/],
    [
      "with a wrong tool",
      makes(`{ version: "1", tools: [{ ...${tool}, effect: "both" }], createWorld: () => ({}) }`),
      /wrong tools\.0\.effect/,
    ],
    [
      "with a tool's name no model takes",
      makes(`{ version: "1", tools: [{ ...${tool}, name: "a b" }], createWorld: () => ({}) }`),
      /tools\.0\.name: tool names/,
    ],
    [
      "with a schema that is none",
      makes(`{ version: "1", tools: [{ ...${tool}, parameters: {} }], createWorld: () => ({}) }`),
      /tools\.0\.parameters/,
    ],
    [
      "with two tools of one name",
      makes(`{ version: "1", tools: [${tool}, ${tool}], createWorld: () => ({}) }`),
      /two tools are named "count"/,
    ],
  ])("%s is refused", async (_, text, message) => {
    await expect(loadToolModule(moduleSaying(text))).rejects.toMatchObject({
      code: "tool-module-broken",
      message: expect.stringMatching(message),
      where: { file: expect.stringContaining("tools.mjs") },
    });
  });

  test("that throws is refused with its line", async () => {
    const file = moduleSaying("\n\nexport const createTools = () => missing;\n");
    await expect(loadToolModule(file)).rejects.toMatchObject({ where: { file, line: 3 } });
  });

  test("that is not there is told apart", async () => {
    await expect(loadToolModule("/nowhere/tools.ts")).rejects.toMatchObject({ code: "tool-module-missing" });
  });
});
