import { describe, expect, test } from "vitest";
import { Check, ifevalInstructions } from "../../src/dataset/index.ts";
import { formatCases } from "./ifeval-format-cases.ts";
import { wordCases } from "./ifeval-word-cases.ts";
import { scoreOf } from "./support.ts";

const cases = [...wordCases, ...formatCases];
const check = (instruction: string, given: object, scoring = "strict") => ({
  type: "ifeval",
  instruction,
  arguments: given,
  scoring,
});

test("every one of the 23 instructions has at least twenty texts, eight of them that do not follow it", () => {
  expect(ifevalInstructions).toHaveLength(23);
  for (const name of ifevalInstructions) {
    const own = cases.filter(({ instruction }) => instruction === name);
    const [follow, not] = [own.flatMap((one) => one.follow), own.flatMap((one) => one.not)];
    expect(new Set(follow).size + new Set(not).size, name).toBeGreaterThanOrEqual(20);
    expect(Math.min(follow.length, not.length), name).toBeGreaterThanOrEqual(8);
  }
});

describe.each(cases)("$instruction $given", ({ instruction, given, follow, not }) => {
  test.each(follow)("is followed by %j", (text) => {
    expect(scoreOf(check(instruction, given), text)).toBe(1);
    expect(scoreOf(check(instruction, given, "loose"), text)).toBe(1);
  });
  test.each(not)("is not followed by %j", (text) => {
    expect(scoreOf(check(instruction, given), text)).toBe(0);
  });
});

describe("loose scoring", () => {
  const loose = (instruction: string, given: object, text: string): number =>
    scoreOf(check(instruction, given, "loose"), text);
  const quotation = (text: string): number => loose("startend:quotation", {}, text);
  test("forgives a first line, a last line, both, and asterisks", () => {
    expect(quotation('Here it is:\n"Yes."')).toBe(1);
    expect(quotation('"Yes."\nI hope this helps.')).toBe(1);
    expect(quotation('Sure!\n"Yes."\nGladly.')).toBe(1);
    expect(quotation('**"Yes."**')).toBe(1);
    expect(quotation('Sure!\n**"Yes."**')).toBe(1);
  });
  test("forgives nothing else", () => {
    expect(quotation('One.\nTwo.\n"Yes."')).toBe(0);
    expect(quotation('_"Yes."_')).toBe(0);
    expect(loose("punctuation:no_comma", {}, "a, b\nc, d\ne, f")).toBe(0);
  });
  test("takes no empty version: one line without its line is no text", () => {
    expect(loose("punctuation:no_comma", {}, "a, b")).toBe(0);
  });
});

test("an answer that is empty follows nothing", () => {
  expect(scoreOf(check("punctuation:no_comma", {}), " \n")).toBe(0);
});

test("an unknown instruction, and arguments that are missing, wrong or too many, are refused", () => {
  const problem = (instruction: string, given: object): string =>
    Check.safeParse(check(instruction, given)).error?.issues[0]?.message ?? "none";
  expect(problem("keywords:existense", {})).toContain('did you mean "keywords:existence"');
  expect(problem("keywords:existence", {})).not.toBe("none");
  expect(problem("keywords:frequency", { relation: "more than", keyword: "a", frequency: 1 })).not.toBe("none");
  expect(problem("punctuation:no_comma", { marks: 1 })).toContain("marks");
});
