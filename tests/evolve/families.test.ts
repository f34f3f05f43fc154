import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { familiesTogether, gainsByUnit } from "../../src/evolve/families.ts";

const task = (id: string, family?: string) => ({ id, family });
const tasks = fc
  .array(fc.record({ family: fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }) }), { maxLength: 30 })
  .map((all) => all.map(({ family }, i) => task(String(i), family)));

describe("families", () => {
  test("stand together in the place of their first member, and nobody is lost", () => {
    expect(familiesTogether([task("1", "a"), task("2"), task("3", "b"), task("4", "a")]).map(({ id }) => id)).toEqual([
      "1",
      "4",
      "2",
      "3",
    ]);
    fc.assert(
      fc.property(tasks, (all) => {
        const ordered = familiesTogether(all);
        expect(ordered.toSorted((a, b) => Number(a.id) - Number(b.id))).toEqual(all);
        const places = ordered.map(({ family }) => family);
        for (const name of new Set(places.filter((family) => family !== undefined)))
          expect(places.lastIndexOf(name) - places.indexOf(name)).toBe(places.filter((f) => f === name).length - 1);
      }),
    );
  });

  test("are bet on once, with the mean of what they gained; tasks without one alone", () => {
    const first = gainsByUnit([task("1", "a"), task("2"), task("3", "a")], [0, 0, 0.5], [1, 1, 0.5], new Set());
    expect(first.gains).toEqual([0.5, 1]);
    const second = gainsByUnit([task("4", "a"), task("5")], [0, 1], [1, 0], first.counted);
    expect(second.gains).toEqual([-1]);
  });

  test("that the outside failed in are bet on when they come again", () => {
    const first = gainsByUnit([task("1", "a"), task("2")], [null, 0], [1, null], new Set());
    expect(first.gains).toEqual([]);
    expect(gainsByUnit([task("1", "a")], [0], [1], first.counted).gains).toEqual([1]);
  });

  test("named like a task are not taken for it", () => {
    expect(gainsByUnit([task("a"), task("b", "a")], [0, 0], [1, 0], new Set()).gains).toEqual([1, 0]);
  });
});
