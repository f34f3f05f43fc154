import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const source = resolve(import.meta.dirname, "../src");
const read = (file: string): string => readFileSync(join(source, file), "utf8");

/** The library's exports: the name used there, the name at the definition, and its module. */
const exported = [...read("index.ts").matchAll(/export (?:type )?\{([^}]*)\} from "\.\/(\w+)\/index\.ts"/g)].flatMap(
  ([, names = "", module = ""]) =>
    names
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "")
      .map((name) => ({ module, name: name.split(" as ")[0] ?? name })),
);

test("the library exports values and types by name", () => {
  expect(exported.length).toBeGreaterThan(100);
  expect(read("index.ts")).not.toMatch(/export \*/);
});

test("everything that the library exports says what it is where it is defined", () => {
  const undocumented = exported.filter(({ module, name }) => {
    const definition = new RegExp(
      `^export (?:async function|function|const|class|interface|type) ${name}\\b(?!.*\\bz\\.infer<)`,
      "m",
    );
    const texts = globSync(`${module}/**/*.ts`, { cwd: source }).map(read);
    const text = texts.find((candidate) => definition.test(candidate));
    const before = text?.slice(0, text.search(definition)).trimEnd() ?? "";
    return !before.endsWith("*/");
  });
  expect(undocumented.map(({ module, name }) => `${module}: ${name}`)).toEqual([]);
});
