import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

/** The house, bottom to top. A module imports only modules on a strictly lower line, through their `index.ts`. */
const floors = [
  ["base"],
  ["genome", "dataset", "statistics", "select", "providers"],
  ["store", "runtime"],
  ["worlds"],
  ["evaluate"],
  ["mutate", "report", "importers", "exporters"],
  ["evolve", "promote", "replay"],
  ["workbench", "live"],
  ["cli", "web"],
  ["main.ts", "index.ts"],
];
/** The one file where something may be done. */
const onlyIn: readonly { what: RegExp; files: readonly string[] }[] = [
  { what: /from "better-sqlite3"/, files: ["store/database.ts", "runtime/tool-module.ts"] },
  // The script of the matrix is a text for the browser, which has no other way.
  { what: /\bJSON\.parse\(/, files: ["base/json.ts", "report/html/matrix-script.ts"] },
  { what: /\bMath\.random\(|\bcrypto\.randomUUID\(/, files: [] },
  { what: /\bDate\.now\(|\bnew Date\(\)/, files: ["base/clock.ts"] },
  { what: /\bprocess\.argv\b|\bprocess\.exitCode\b/, files: ["main.ts"] },
];

const root = resolve(import.meta.dirname, "../src");
const files = globSync("**/*.ts", { cwd: root }).map((file) => file.replaceAll("\\", "/"));
const source = new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
const moduleOf = (file: string): string => file.split("/")[0] ?? "";
const floorOf = (module: string): number => floors.findIndex((floor) => floor.includes(module));

interface Import {
  readonly from: string;
  readonly to: string;
}

const imports: Import[] = [...source].flatMap(([from, text]) =>
  [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map((match) => ({
    from,
    to: relative(root, resolve(root, dirname(from), match[1] ?? "")).replaceAll("\\", "/"),
  })),
);
const show = ({ from, to }: Import): string => `${from} -> ${to}`;

describe("the architecture", () => {
  test("has files and imports to check", () => {
    expect(files.length).toBeGreaterThan(30);
    expect(imports.length).toBeGreaterThan(50);
  });

  test("knows every module", () => {
    expect(files.filter((file) => floorOf(moduleOf(file)) === -1)).toEqual([]);
  });

  test("is drawn in docs/architecture.md as it is", () => {
    const page = readFileSync(resolve(import.meta.dirname, "../docs/architecture.md"), "utf8");
    const drawn = [...page.matchAll(/^\d  (\S+(?: {1,3}\S+)*) {4,}\S/gm)].map(([, modules = ""]) =>
      modules.split(/ +/),
    );
    expect(drawn.toReversed()).toEqual(floors);
  });

  test("imports only from lower floors, through the door", () => {
    const wrong = imports.filter(({ from, to }) => {
      if (moduleOf(from) === moduleOf(to)) return false;
      const downward = floorOf(moduleOf(to)) < floorOf(moduleOf(from));
      return !downward || to !== `${moduleOf(to)}/index.ts`;
    });
    expect(wrong.map(show)).toEqual([]);
  });

  test("imports every file that is there and no own door", () => {
    expect(imports.filter(({ to }) => !source.has(to)).map(show)).toEqual([]);
    const own = imports.filter(({ from, to }) => from.includes("/") && to === `${moduleOf(from)}/index.ts`);
    expect(own.filter(({ from, to }) => moduleOf(from) === moduleOf(to)).map(show)).toEqual([]);
  });

  test("has no circles between files", () => {
    const targets = Map.groupBy(imports, ({ from }) => from);
    const finished = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      if (finished.has(file) || path.includes(file)) return;
      for (const { to } of targets.get(file) ?? []) visit(to, [...path, file]);
      finished.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  test("keeps chance, time, JSON, SQLite and the process each in one place", () => {
    const wrong = onlyIn.flatMap(({ what, files: allowed }) =>
      [...source]
        .filter(([file, text]) => what.test(text) && !allowed.includes(file))
        .map(([file]) => `${file}: ${what}`),
    );
    expect(wrong).toEqual([]);
  });

  test("has no file over 400 lines, no default exports, enums, namespaces or star exports", () => {
    const wrong = [...source].filter(
      ([, text]) => text.split("\n").length > 400 || /^export (default|enum|namespace|const enum|\*)/m.test(text),
    );
    expect(wrong.map(([file]) => file)).toEqual([]);
  });

  test("keeps the runtime ignorant of genomes, and selection and statistics ignorant of everything but numbers", () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        (["statistics", "select", "policy"].includes(moduleOf(from)) &&
          !["base", moduleOf(from)].includes(moduleOf(to))) ||
        (moduleOf(from) === "runtime" && moduleOf(to) === "genome"),
    );
    expect(wrong.map(show)).toEqual([]);
  });
});
