import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge, scoreOf } from "./support.ts";

describe("equals", () => {
  test("overlooks case, spacing, quotes and closing punctuation", () => {
    expect(scoreOf({ type: "equals", value: "Billing" }, ' "billing". ')).toBe(1);
    expect(scoreOf({ type: "equals", value: "Billing" }, "**Billing**")).toBe(1);
    expect(scoreOf({ type: "equals", value: "Billing" }, "Billing team")).toBe(0);
  });
  test("can be exact", () => {
    expect(scoreOf({ type: "equals", value: "Billing", exact: true }, "billing")).toBe(0);
    expect(scoreOf({ type: "equals", value: "Billing", exact: true }, "Billing")).toBe(1);
  });
  test("takes any of several right answers", () => {
    expect(scoreOf({ type: "equals", value: ["a", 2] }, "2")).toBe(1);
    expect(scoreOf({ type: "equals", value: ["a", 2] }, "3")).toBe(0);
  });
  test("says what was expected and what was there", () => {
    expect(judge({ type: "equals", value: "billing" }, "shipping").feedback).toBe(
      'The answer should be "billing" but is "shipping".',
    );
  });
});

describe("the part of the answer", () => {
  const answer = "I looked at it.\n**Answer:** 42 EUR\n\nAnything else?";
  test("after a marker ends with the line", () => {
    expect(scoreOf({ type: "equals", value: "42 EUR", of: { after: "answer:" } }, answer)).toBe(1);
  });
  test("after a marker may begin on the next line", () => {
    expect(scoreOf({ type: "equals", value: "42", of: { after: "Answer:" } }, "Answer:\n\n42\nBye")).toBe(1);
  });
  test("is what the last marker announces", () => {
    expect(scoreOf({ type: "equals", value: "2", of: { after: "Answer:" } }, "Answer: 1\nNo.\nAnswer: 2")).toBe(1);
  });
  test("fails the check when it is missing, unless the whole answer may stand in", () => {
    expect(judge({ type: "contains", value: "42", of: { after: "Answer:" } }, "It is 42")).toEqual({
      score: 0,
      feedback: 'The answer has no text after "Answer:".',
    });
    expect(scoreOf({ type: "contains", value: "42", of: { after: "Answer:", otherwise: "answer" } }, "It is 42")).toBe(
      1,
    );
  });
  test("may be the first or the last line", () => {
    expect(scoreOf({ type: "equals", value: "Anything else?", of: "last-line" }, answer)).toBe(1);
    expect(scoreOf({ type: "equals", value: "I looked at it", of: "first-line" }, answer)).toBe(1);
  });
  test("may be a capture of a regular expression or a JSON member", () => {
    expect(scoreOf({ type: "number", value: 7, of: { matching: "score=(\\d+)" } }, "score=7 of 9")).toBe(1);
    expect(scoreOf({ type: "number", value: 7, of: { json: "a[1].b" } }, '{"a": [1, {"b": 7}]}')).toBe(1);
  });
});

describe("contains", () => {
  test("finds a text whatever its case and spacing", () => {
    expect(scoreOf({ type: "contains", value: "Parcel  Express" }, "by parcel\nexpress today")).toBe(1);
  });
  test("can ask for whole words", () => {
    expect(scoreOf({ type: "contains", value: "paid" }, "it is unpaid")).toBe(1);
    expect(scoreOf({ type: "contains", value: "paid", whole_words: true }, "it is unpaid")).toBe(0);
    expect(scoreOf({ type: "contains", value: "(a+b)", whole_words: true }, "so (a+b) is")).toBe(1);
  });
  test("any needs one, all scores the share and names what is missing", () => {
    expect(scoreOf({ type: "contains_any", values: ["x", "b"] }, "a b c")).toBe(1);
    expect(scoreOf({ type: "contains_any", values: ["x", "y"] }, "a b c")).toBe(0);
    expect(judge({ type: "contains_all", values: ["a", "b", "x", "y"] }, "a b c")).toEqual({
      score: 0.5,
      feedback: 'The answer does not contain "x", "y".',
    });
  });
});

describe("regex", () => {
  test("matches anywhere, with its flags", () => {
    expect(scoreOf({ type: "regex", pattern: "^b", flags: "m" }, "a\nb")).toBe(1);
    expect(scoreOf({ type: "regex", pattern: "^b" }, "a\nb")).toBe(0);
  });
});

describe("set and list", () => {
  test("a set overlooks order and repetition", () => {
    expect(scoreOf({ type: "set", values: ["O-1", "O-2"] }, "O-2, O-1 and O-2.")).toBe(1);
    expect(scoreOf({ type: "set", values: ["O-1", "O-2"] }, "- O-1\n- O-2")).toBe(1);
    expect(scoreOf({ type: "set", values: ["O-1", "O-2"] }, '["O-1", "O-2"]')).toBe(1);
  });
  test("a set scores F1 and says what is missing and what does not belong", () => {
    expect(judge({ type: "set", values: ["a", "b"] }, "a, c")).toEqual({
      score: 0.5,
      feedback: 'The set lacks "b" and names "c", which does not belong there.',
    });
    expect(scoreOf({ type: "set", values: ["a", "b"], partial: false }, "a, c")).toBe(0);
  });
  test("items can be picked out of prose", () => {
    const check = { type: "set", values: ["O-10", "O-11"], item: "O-\\d+" };
    expect(scoreOf(check, "She has two such orders: O-11 (of May) and O-10.")).toBe(1);
  });
  test("an empty set is met by naming nothing", () => {
    expect(scoreOf({ type: "set", values: [], item: "O-\\d+" }, "No order fits.")).toBe(1);
    expect(scoreOf({ type: "set", values: [], item: "O-\\d+" }, "O-1")).toBe(0);
  });
  test("a list counts the order", () => {
    expect(scoreOf({ type: "list", values: ["a", "b", "c"] }, "1. a\n2. b\n3. c")).toBe(1);
    expect(scoreOf({ type: "list", values: ["a", "b", "c"] }, "c, b, a")).toBeCloseTo(1 / 3);
    expect(judge({ type: "list", values: ["a", "b"] }, "b, a").feedback).toContain("wrong order");
  });
});

describe("similarity", () => {
  test("edit distance is one for equal texts and counts edits over the longer length", () => {
    expect(scoreOf({ type: "edit_distance", value: "kitten" }, "Kitten")).toBe(1);
    expect(scoreOf({ type: "edit_distance", value: "kitten" }, "sitting")).toBeCloseTo(1 - 3 / 7);
    expect(scoreOf({ type: "edit_distance", value: "kitten", at_least: 0.8 }, "sitting")).toBe(0);
  });
  test("token F1 overlooks articles and punctuation", () => {
    expect(scoreOf({ type: "token_f1", value: "the blue kettle" }, "A blue kettle!")).toBe(1);
    expect(scoreOf({ type: "token_f1", value: "blue kettle" }, "kettle red")).toBe(0.5);
  });
  test("both are symmetric and stay in [0, 1]", () => {
    const words = fc
      .array(fc.constantFrom("blue", "red", "kettle", "lid"), { minLength: 1 })
      .map((all) => all.join(" "));
    fc.assert(
      fc.property(words, words, fc.constantFrom("edit_distance", "token_f1"), (a, b, type) => {
        const score = scoreOf({ type, value: a }, b);
        expect(score).toBeCloseTo(scoreOf({ type, value: b }, a));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }),
    );
  });
});
