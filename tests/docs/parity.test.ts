import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";

const docs = resolve(import.meta.dirname, "../../docs");
const page = readFileSync(resolve(docs, "parity.md"), "utf8");

interface Row {
  readonly feature: string;
  readonly mark: string;
  readonly shown: string;
}

/** The rows of all tables, by their last two columns; heads and rules left out. */
const rows: readonly Row[] = page
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) => line.slice(1, -1).split(/(?<!\\)\|/))
  .map((cells) => cells.map((cell) => cell.trim()))
  .map((cells) => ({ feature: cells.slice(0, 2).join(" "), mark: cells.at(-2) ?? "", shown: cells.at(-1) ?? "" }))
  .filter(({ shown }) => shown !== "shown by" && !/^-+$/.test(shown));

const linksIn = (text: string): readonly (readonly [name: string, file: string])[] =>
  [...text.matchAll(/\[((?:[^\]\\]|\\.)+)\]\(([^)]+)\)/g)].map(([, name = "", file = ""]) => [name, file]);

describe("docs/parity.md", () => {
  test("has every row of the groups A to L, N and P", () => {
    const numbers = rows.flatMap(({ feature }) => (/^\d+ /.test(feature) ? [Number.parseInt(feature, 10)] : []));
    const expected = [
      ...Array.from({ length: 84 }, (_, i) => i + 1),
      ...Array.from({ length: 6 }, (_, i) => i + 92),
      ...Array.from({ length: 4 }, (_, i) => i + 105),
    ];
    expect(numbers).toEqual(expected);
    for (const { mark, feature } of rows) expect(["Y", "P", "N"], feature).toContain(mark);
  });

  test("claims nothing without a test, and says of what is missing what is missing", () => {
    for (const { feature, mark, shown } of rows) {
      if (mark === "Y") expect(linksIn(shown).length, feature).toBeGreaterThan(0);
      else expect(shown.replaceAll(/\[[^\]]*\]\([^)]*\)/g, "").length, feature).toBeGreaterThan(20);
    }
  });

  test("names only tests that exist", () => {
    const links = linksIn(page);
    expect(links.length).toBeGreaterThan(60);
    const missing = links.filter(([name, link]) => {
      const file = resolve(docs, link);
      const written = `("${name.replaceAll("\\", "")}",`;
      return (
        !existsSync(file) ||
        !readFileSync(file, "utf8")
          .replaceAll(/\(\s+"/g, '("')
          .includes(written)
      );
    });
    expect(missing).toEqual([]);
  });
});
