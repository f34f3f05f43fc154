import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffLines, diffWords } from "../../src/base/index.ts";

type Parts = ReturnType<typeof diffWords>;

const sideOf = (parts: Parts, side: "removed" | "added", join: string): string =>
  parts
    .filter(({ kind }) => kind === "same" || kind === side)
    .map(({ text }) => text)
    .join(join);

const text = fc
  .array(fc.constantFrom("alpha", "beta", "beta beta", "", "\n", " ", "gamma\n"), { maxLength: 30 })
  .map((pieces) => pieces.join(" "));

describe("the difference of two texts", () => {
  test("holds both whole, word by word and line by line, and no two neighbours of a kind", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const words = diffWords(before, after);
        expect([sideOf(words, "removed", ""), sideOf(words, "added", "")]).toEqual([before, after]);
        const lines = diffLines(before, after);
        expect([sideOf(lines, "removed", "\n"), sideOf(lines, "added", "\n")]).toEqual([before, after]);
        for (const parts of [words, lines])
          parts.forEach(({ kind }, index) => expect(kind).not.toBe(parts[index + 1]?.kind));
      }),
    );
  });

  test("leaves what both have in the middle of a change", () => {
    expect(diffWords("keep one two keep", "keep one three two keep").map(({ kind, text: own }) => [kind, own])).toEqual(
      [
        ["same", "keep one "],
        ["added", "three "],
        ["same", "two keep"],
      ],
    );
  });

  test("of huge texts takes memory for what differs alone, and falls back to lines, then to the whole", () => {
    const long = Array.from({ length: 200_000 }, (_, index) => `word${index}`).join(" ");
    expect(diffWords(long, `${long} end`).map(({ kind }) => kind)).toEqual(["same", "removed", "added"]);
    expect(diffWords(`a ${long} b`, `c ${long} d`).map(({ kind }) => kind)).toEqual(["removed", "added"]);
    const lines = (word: string): string =>
      Array.from({ length: 900 }, (_, i) => `${i} ${word}${i} same same\n`).join("");
    const [old, now] = [`${lines("old")}kept\n${lines("old")}`, `${lines("new")}kept\n${lines("new")}`];
    const parts = diffWords(old, now);
    expect(parts.map(({ kind }) => kind)).toEqual(["removed", "added", "same", "removed", "added"]);
    expect(parts[2]?.text).toBe("kept\n");
    const words = (word: string): string => Array.from({ length: 100_000 }, (_, index) => `${word}${index}`).join(" ");
    expect(
      diffLines(words("a").replaceAll(" ", "\n"), words("b").replaceAll(" ", "\n")).map(({ kind }) => kind),
    ).toEqual(["removed", "added"]);
  });
});
