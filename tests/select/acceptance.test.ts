import { describe, expect, test } from "vitest";
import { acceptanceRule, acceptanceRules, type AcceptanceRule } from "../../src/select/index.ts";

describe.each(Object.entries<AcceptanceRule>(acceptanceRules))("the acceptance rule %s", (name, rule) => {
  test("takes a gain, refuses a loss, and refuses what was not measured", () => {
    expect(rule.name).toBe(name);
    expect(rule.accepts([0, 1, 0], [1, 1, 0])).toBe(true);
    expect(rule.accepts([1, 1, 0], [0, 1, 0])).toBe(false);
    expect(rule.accepts([1, 1], [null, null])).toBe(false);
    expect(rule.accepts([], [])).toBe(false);
    expect(() => rule.accepts([1], [1, 0])).toThrow(RangeError);
  });

  test("leaves out tasks that only one of them was scored on", () => {
    expect(rule.accepts([0, 1], [0.5, null])).toBe(true);
    expect(rule.accepts([0.5, null], [0, 1])).toBe(false);
  });

  test("takes equal scores only where its name says so, whatever order they are added in", () => {
    const expected = name === "improvement-or-equal" || name === "tolerance";
    expect(rule.accepts([0.1, 0.1, 0.1], [0.3, 0, 0])).toBe(expected);
    expect(rule.accepts([0.3, 0, 0], [0.1, 0.1, 0.1])).toBe(expected);
    expect(rule.accepts([0, 0], [0, 0])).toBe(expected);
  });
});

describe("what sets the acceptance rules apart", () => {
  test("tolerance forgives a small loss on average and no larger one", () => {
    expect(acceptanceRules.tolerance.accepts([0.5, 0.5], [0.46, 0.44])).toBe(true);
    expect(acceptanceRules.tolerance.accepts([0.5, 0.5], [0.4, 0.48])).toBe(false);
  });

  test("an equal child may go on where it costs less, and only there", () => {
    const rule = acceptanceRules["improvement-or-cheaper"];
    expect(rule.accepts([1, 0], [0, 1], { parent: 900, child: 700 })).toBe(true);
    expect(rule.accepts([1, 0], [0, 1], { parent: 900, child: 900 })).toBe(false);
    expect(rule.accepts([1, 0], [0, 0], { parent: 900, child: 1 })).toBe(false);
    expect(rule.accepts([1, 0], [1, 1], { parent: 900, child: 9000 })).toBe(true);
  });

  test("a rule of one's own decides from the gain on each task and the expense", () => {
    const nothingBroken = acceptanceRule("nothing-broken", ({ gains, total, expense }) => {
      return total > 0 && gains.every((gain) => gain >= 0) && (expense?.child ?? 0) < 1000;
    });
    expect(nothingBroken.name).toBe("nothing-broken");
    expect(nothingBroken.accepts([0, 0, 1], [1, 0, null])).toBe(true);
    expect(nothingBroken.accepts([0, 0, 1], [1, 1, 0])).toBe(false);
    expect(nothingBroken.accepts([0, 0], [1, 1], { parent: 10, child: 1000 })).toBe(false);
    expect(nothingBroken.accepts([null], [1])).toBe(false);
  });
});
