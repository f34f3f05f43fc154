import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Check, checkTypes, scoreOutcome, type CustomCheck } from "../../src/dataset/index.ts";
import { errorOf, judge, nothingHappened, scoreOf } from "./support.ts";

const right = { type: "contains", value: "yes" };
const wrong = { type: "contains", value: "no" };
const outcome = { ...nothingHappened, answer: "yes" };
const checks = (...written: readonly object[]): Check[] => written.map((check) => Check.parse(check));

describe("a score", () => {
  test("is the mean of the checks by weight, overall and by group", () => {
    const scored = scoreOutcome(
      checks({ ...right, weight: 3 }, wrong, { ...right, group: "policy" }, { ...wrong, weight: 0, group: "policy" }),
      outcome,
    );
    expect(scored.score).toBe(4 / 5);
    expect(scored.objectives).toEqual({ answer: 3 / 4, policy: 1 });
  });

  test("comes with one sentence per unmet check, or one in all", () => {
    expect(scoreOutcome(checks(right, wrong, wrong), outcome).feedback).toHaveLength(2);
    expect(scoreOutcome(checks(right, right), outcome).feedback).toEqual(["Everything asked for was met."]);
  });

  test("uses the author's own sentences", () => {
    expect(judge({ ...wrong, feedback: "Say no." }, "yes").feedback).toBe("Say no.");
    expect(judge({ ...right, feedback: { pass: "Well said.", fail: "Bad." } }, "yes").feedback).toBe("Well said.");
    expect(judge({ ...right, feedback: "Say yes." }, "yes").feedback).toBe("Everything asked for was met.");
  });

  test("of any mix of checks stays in [0, 1] and between the worst and the best group", () => {
    const check = fc.record({
      met: fc.boolean(),
      weight: fc.integer({ min: 1, max: 9 }),
      group: fc.constantFrom("a", "b"),
    });
    fc.assert(
      fc.property(fc.array(check, { minLength: 1 }), (all) => {
        const written = all.map(({ met, weight, group }) => ({ ...(met ? right : wrong), weight, group }));
        const { score, objectives } = scoreOutcome(checks(...written), outcome);
        expect(score).toBeGreaterThanOrEqual(Math.min(...Object.values(objectives)) - 1e-12);
        expect(score).toBeLessThanOrEqual(Math.max(...Object.values(objectives)) + 1e-12);
      }),
    );
  });
});

describe("all, any and not", () => {
  test("score the least, the best and the opposite", () => {
    const half = { type: "contains_all", values: ["yes", "no"] };
    expect(scoreOf({ type: "all", checks: [right, half] }, "yes")).toBe(0.5);
    expect(scoreOf({ type: "any", checks: [half, wrong] }, "yes")).toBe(0.5);
    expect(scoreOf({ type: "not", check: right }, "yes")).toBe(0);
    expect(scoreOf({ type: "not", check: { type: "not", check: half } }, "yes")).toBe(0.5);
  });
  test("nest, and pass on the sentence of the check that decided", () => {
    const nested = { type: "all", checks: [right, { type: "any", checks: [{ ...wrong, feedback: "Neither." }] }] };
    expect(judge(nested, "yes")).toEqual({ score: 0, feedback: "Neither." });
  });
});

describe("a custom check", () => {
  const check = checks({ type: "custom", module: "checks.ts", name: "own", options: { least: 2 } });
  const score = (own: CustomCheck) => scoreOutcome(check, outcome, new Map([["checks.ts#own", own]]));
  test("returns true or false, a number, or a score with a sentence, and sees the run and its options", () => {
    expect(score(() => true).score).toBe(1);
    expect(score(() => 0.25).score).toBe(0.25);
    expect(
      score(({ answer }, options) => ({ score: 0, feedback: `${answer} ${JSON.stringify(options)}` })).feedback,
    ).toEqual(['yes {"least":2}']);
  });
  test.each([Number.NaN, 1.01, -0.1, Number.POSITIVE_INFINITY])("is refused when it returns %d", async (value) => {
    const error = await errorOf(() => score(() => value));
    expect(error.code).toBe("bad-score");
    expect(error.message).toContain(`checks.ts#own returned the score ${value}`);
    expect((await errorOf(() => score(() => ({ score: value, feedback: "" })))).code).toBe("bad-score");
  });
  test("is refused when it returns a promise or nothing", async () => {
    const promising = (() => Promise.resolve(1)) as unknown as CustomCheck;
    expect((await errorOf(() => score(promising))).message).toContain("a promise");
    expect((await errorOf(() => score((() => undefined) as unknown as CustomCheck))).code).toBe("bad-score");
  });
});

test("every type of check is known by name", () => {
  expect(checkTypes).toHaveLength(25);
});
