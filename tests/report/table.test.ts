import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitText, fitWords, renderText, textTable, textWidth, wrapText } from "../../src/report/index.ts";

const rows = [
  ["shop-1", "diagnose answer_format, rules, tool.order_search and one more", 12],
  ["a", "merge", 3],
];
const head = ["run", "made by", "n"];
const widest = (text: string): number => Math.max(...text.split("\n").map(textWidth));

describe("a table", () => {
  test("without a width has a line for each row, however long", () => {
    expect(textTable(head, rows, [2])).toBe(
      [
        "run     made by                                                         n",
        "shop-1  diagnose answer_format, rules, tool.order_search and one more  12",
        "a       merge                                                           3",
      ].join("\n"),
    );
  });

  test("wraps its texts to fit, and keeps its numbers whole", () => {
    expect(textTable(head, rows, [2], 40)).toBe(
      [
        "run     made by                        n",
        "shop-1  diagnose answer_format,       12",
        "        rules, tool.order_search and",
        "        one more",
        "a       merge                          3",
      ].join("\n"),
    );
  });

  test("that cannot fit becomes a list of its rows", () => {
    const wide = ["a title of a column", "another title that is long", "and a third one"];
    expect(textTable(wide, [["x", "y", 3]], [], 50)).toBe(
      ["a title of a column         x", "another title that is long  y", "and a third one             3"].join("\n"),
    );
  });

  test("is never wider than asked for and has no control characters, whatever its cells hold", () => {
    const cell = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constant("\u001B[2J\u001B]0;title\u0007\u202Eevil"),
      fc.constant("한국어 텍스트 ".repeat(2000)),
      fc.constant("x".repeat(100_000)),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 40, max: 120 }),
        (cells, width) => {
          const text = textTable(["one", "two", "three"], cells, [], width);
          expect(widest(text)).toBeLessThanOrEqual(width);
          // oxlint-disable-next-line no-control-regex -- none may be left
          expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202A-\u202E]/);
          expect(text.length).toBeLessThan(20_000);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test("what is too long for its place ends after a whole name or word, where that leaves most of it", () => {
  expect(fitWords("tool.policy_search, tool.refund_issue", 37)).toBe("tool.policy_search, tool.refund_issue");
  expect(fitWords("tool.policy_search, tool.refund_issue", 30)).toBe("tool.policy_search,…");
  expect(fitWords("a tool.policy_search", 10)).toBe("a tool.po…");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 30 }), (text, width) => {
      expect(textWidth(fitWords(text, width))).toBeLessThanOrEqual(width);
    }),
  );
});

test("wrapping loses no word and breaks only words that are longer than a line, inside them after a mark", () => {
  expect(wrapText("one two  three", 7)).toEqual(["one two", "three"]);
  expect(wrapText("abcdefgh ij", 3)).toEqual(["abc", "def", "gh", "ij"]);
  expect(wrapText("diagnose tool.order_lookup, tool.exchange_rate", 15)).toEqual([
    "diagnose tool.",
    "order_lookup,",
    "tool.exchange_",
    "rate",
  ]);
  expect(wrapText("as it is", Number.POSITIVE_INFINITY)).toEqual(["as it is"]);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 30 }), (text, width) => {
      const squeezed = (value: string): string => value.replaceAll(/\s+/g, "");
      const lines = wrapText(text, width);
      expect(squeezed(lines.join(""))).toBe(squeezed(text));
      // A single character may be wider than a narrow line.
      const long = lines.filter((line) => [...new Intl.Segmenter().segment(line)].length > 1);
      for (const line of long) expect(textWidth(line)).toBeLessThanOrEqual(width);
    }),
  );
});

test("a text that is cut says so", () => {
  expect(fitText("short", 10)).toBe("short");
  expect(fitText("a longer text", 8)).toBe("a longe…");
  expect(fitText("漢字漢字", 5)).toBe("漢字…");
  expect(fitText("two\nlines\t\tone", 20)).toBe("two lines one");
  expect(fitText("x".repeat(1e6), 5)).toBe("xxxx…");
});

test("paragraphs and lists wrap to a width, code stays as it is", () => {
  const text = renderText(
    "A title",
    [
      { kind: "paragraph", text: "some words that do not fit in one line" },
      { kind: "list", items: ["an item that is too long for it"] },
      { kind: "code", text: "code that is as long as it likes to be" },
    ],
    24,
  );
  expect(text).toBe(
    [
      "A title",
      "",
      "some words that do not",
      "fit in one line",
      "",
      "- an item that is too",
      "  long for it",
      "",
      "    code that is as long as it likes to be",
      "",
    ].join("\n"),
  );
});
