import { expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import {
  addToFrontier,
  newFrontier,
  parentRules,
  replaceInFrontier,
  type Frontier,
  type ScoreRow,
} from "../../src/select/index.ts";

const columns = 20;

/** Rows that count how often one of their values is looked at. */
function counter(): { readonly row: (values: ScoreRow) => ScoreRow; readonly looks: (work: () => unknown) => number } {
  let count = 0;
  return {
    row: (values) =>
      new Proxy(values, {
        get: (target, member, receiver) => {
          if (typeof member === "string" && /^\d+$/.test(member)) count += 1;
          return Reflect.get(target, member, receiver) as unknown;
        },
      }),
    looks: (work) => {
      const before = count;
      work();
      return count - before;
    },
  };
}

const unmeasured: ScoreRow = Array.from({ length: columns }, () => null);

function scored(seed: string): ScoreRow {
  const random = makeRandom(seed);
  return Array.from({ length: columns }, () => random.int(2));
}

/** A pool with thirty members that were measured, and others that were not. */
function pool(size: number, row: (values: ScoreRow) => ScoreRow): Frontier {
  return Array.from({ length: size }, (_, i) => row(i < 30 ? scored(`member ${i}`) : unmeasured)).reduce(
    (frontier, values) => addToFrontier(frontier, values),
    newFrontier(),
  );
}

test.each([
  ["a candidate that was not measured joins", (frontier: Frontier) => addToFrontier(frontier, unmeasured)],
  ["a measured candidate joins", (frontier: Frontier) => addToFrontier(frontier, scored("new"))],
  ["one is measured", (frontier: Frontier) => replaceInFrontier(frontier, 35, scored("new"))],
  ["one is measured further", (frontier: Frontier) => replaceInFrontier(frontier, 3, scored("new"))],
])("when %s, members of the pool that were not measured are not looked at", (_, change) => {
  const { row, looks } = counter();
  const [small, large] = [pool(60, row), pool(600, row)];
  const few = looks(() => change(small));
  expect(looks(() => change(large))).toBe(few);
});

test("a candidate that was not measured is held against nobody", () => {
  const { row, looks } = counter();
  const frontier = pool(60, row);
  expect(looks(() => addToFrontier(frontier, unmeasured))).toBe(0);
});

test("near-best looks again only at who has other scores", () => {
  const { row, looks } = counter();
  // The first leads clearly, so that nobody who joins takes its place.
  const best = row(Array.from({ length: columns }, () => 1));
  const frontier = Array.from({ length: 200 }, (_, i) => row(scored(`member ${i}`))).reduce(
    (all, values) => addToFrontier(all, values),
    addToFrontier(newFrontier(), best),
  );
  const weights = (of: Frontier): readonly number[] => parentRules["near-best"].weights(of, makeRandom(1));
  const all = looks(() => weights(frontier));
  const joined = addToFrontier(frontier, row(scored("new")));
  const again = looks(() => expect(weights(joined)).toHaveLength(202));
  expect(again).toBeGreaterThan(0);
  expect(again).toBeLessThanOrEqual(all / 100);
});
