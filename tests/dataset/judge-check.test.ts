import { expect, test } from "vitest";
import { Check, scoreOutcome } from "../../src/dataset/index.ts";
import { nothingHappened } from "./support.ts";

test("a judge check needs a rubric with something in it, and has no other members", () => {
  expect(() => Check.parse({ type: "judge", rubric: "Polite." })).not.toThrow();
  expect(() => Check.parse({ type: "judge" })).toThrow(/rubric/);
  expect(() => Check.parse({ type: "judge", rubric: "  " })).toThrow(/rubric/);
  expect(() => Check.parse({ type: "judge", rubric: "Polite.", model: "x" })).toThrow(/model/);
});

test("scoring without the judge's verdict is an error, not a score", () => {
  const check = Check.parse({ type: "judge", rubric: "Polite." });
  expect(() => scoreOutcome([check], nothingHappened)).toThrow("a judge check has no verdict");
});
