import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { parseJson, parseYaml } from "../../src/base/index.ts";
import { Check } from "../../src/dataset/index.ts";
import { express, loadToolModule } from "../../src/evaluate/index.ts";
import { typeOfId } from "../../src/evaluate/express.ts";
import { Gene, parseGenome } from "../../src/genome/index.ts";
import { ModelConfig } from "../../src/providers/index.ts";
import { Config } from "../../src/workbench/config.ts";

const root = resolve(import.meta.dirname, "../..");
const page = (name: string): string => readFileSync(resolve(root, `docs/${name}.md`), "utf8");
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, block]) => block ?? "");

describe("the examples in the documentation", () => {
  test("of genomes are genomes", () => {
    const examples = blocks(page("genomes"), "yaml");
    expect(examples).toHaveLength(1);
    for (const example of examples) expect(() => parseGenome(example, "docs/genomes.md")).not.toThrow();
  });

  test("of configurations are configurations, in the README too", () => {
    const examples = [
      ...blocks(page("configuration"), "yaml"),
      ...blocks(readFileSync(resolve(root, "README.md"), "utf8"), "yaml"),
    ];
    expect(examples).toHaveLength(3);
    for (const example of examples) expect(() => parseYaml(example, Config, "example")).not.toThrow();
  });

  test("of models are models", () => {
    for (const example of blocks(page("models"), "yaml")) {
      expect(() => ModelConfig.parse((parse(example) as { task: unknown }).task)).not.toThrow();
    }
  });

  test("of tasks hold valid checks", () => {
    const [example = ""] = blocks(page("datasets"), "json");
    const task = parseJson(example) as unknown as { readonly checks: readonly unknown[] };
    for (const check of task.checks) expect(() => Check.parse(check)).not.toThrow();
  });

  test("of genomes are agents, with the tools they speak of", async () => {
    const tools = await loadToolModule(resolve(root, "datasets/desk/tools.ts"));
    for (const example of blocks(page("genomes"), "yaml")) {
      const program = express(parseGenome(example, "docs/genomes.md"), tools, { model: "any" });
      expect(program).toMatchObject({ system: "You are a helpful assistant of a small web shop.", temperature: 0 });
      expect(program.tools.map(({ name }) => name)).toEqual(["order_lookup", "order_search"]);
    }
  });
});

describe("the tables in the documentation name", () => {
  test("every type of gene, all its keys, and every id that has an effect", () => {
    const text = page("genomes");
    for (const option of Gene.options) {
      expect(text).toContain(`\`${[...option.shape.type.values][0]}\``);
      for (const key of Object.keys(option.shape)) expect(text, key).toMatch(new RegExp(`\\b${key}\\b`));
    }
    const rows = text.split("\n").filter((line) => line.startsWith("| "));
    for (const [id, type] of Object.entries(typeOfId)) {
      const row = rows.find((line) => line.split("|")[1]?.includes(`\`${id}\``)) ?? "";
      expect(row, id).not.toBe("");
      if (id !== type) expect(row.split("|")[1], id).toContain(type);
    }
  });

  test("every key of a model", () => {
    for (const option of ModelConfig.options) {
      const [kind] = option.shape.kind.values;
      expect(page("models")).toContain(`| \`${kind}\` |`);
      for (const path of leaves(option)) expect(page("models"), path.join(".")).toMatch(wordOf(path));
    }
  });

  test("every key of the configuration, however deep", () => {
    const rows = page("configuration")
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    const paths = leaves(Config).filter(([first]) => first !== "allele" && first !== "models");
    expect(paths.length).toBeGreaterThan(15);
    for (const path of paths) {
      const own = rows.find((row) => row.split("|")[1]?.includes(`\`${path.join(".")}\``));
      const above = rows.find((row) => row.split("|")[1]?.includes(`\`${path.slice(0, -1).join(".")}\``));
      expect(own ?? above ?? "no row", path.join(".")).toMatch(wordOf(path));
    }
    for (const role of ["task", "reflection", "judge"]) expect(page("configuration")).toContain(`\`models.${role}\``);
  });
});

function wordOf(path: readonly string[]): RegExp {
  return new RegExp(`\\b${path.at(-1)}\\b`);
}

/** The paths of all members of a schema that are not objects themselves. */
function leaves(schema: z.ZodType): readonly (readonly string[])[] {
  const walk = (node: z.core.JSONSchema.BaseSchema, path: readonly string[]): readonly (readonly string[])[] =>
    node.properties === undefined
      ? [path]
      : Object.entries(node.properties).flatMap(([key, inner]) => walk(inner as typeof node, [...path, key]));
  return walk(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), []);
}

test("every error code is in docs/troubleshooting.md", () => {
  const text = page("troubleshooting");
  const codes = new Set(
    globSync("src/**/*.ts", { cwd: root })
      .map((file) => readFileSync(resolve(root, file), "utf8"))
      .filter((source) => source.includes("AlleleError") || source.includes("ProviderError"))
      .flatMap((source) => [...source.matchAll(/\bcode: "([a-z]+(?:-[a-z]+)+)"/g)].map(([, code]) => code ?? "")),
  );
  expect(codes.size).toBeGreaterThan(50);
  expect([...codes].filter((code) => !text.includes(`\`${code}\``)).toSorted()).toEqual([]);
});
