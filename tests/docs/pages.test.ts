import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseJson, parseYaml } from "../../src/base/index.ts";
import { Check, checkTypes } from "../../src/dataset/index.ts";
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
    expect(examples).toHaveLength(2);
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

  test("of checks are valid, for every type of check", () => {
    const examples = [...page("checks").matchAll(/`(\{ type: [^`]*\})`/g)].map(([, text]) => text ?? "");
    const whole = examples.filter((text) => !text.includes("..."));
    for (const text of whole) expect(() => Check.parse(parse(text)), text).not.toThrow();
    for (const type of checkTypes) expect(page("checks"), type).toContain(`\`${type}\``);
  });

  test("name every type of gene and every key of the configuration", () => {
    for (const option of Gene.options) expect(page("genomes")).toContain(`\`${[...option.shape.type.values][0]}\``);
    for (const key of Object.keys(Config.shape).filter((name) => name !== "allele"))
      expect(page("configuration"), key).toContain(key);
  });
});

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
