import { expect, test } from "vitest";
import { openDatabase, withoutSync } from "../../src/store/database.ts";

const FULL = 2;
const NORMAL = 1;

test("a write that may be lost is not waited for, and every other one is", () => {
  const database = openDatabase(":memory:");
  const level = (): unknown => database.pragma("synchronous", { simple: true });
  expect(level()).toBe(FULL);
  withoutSync(database, () => expect(level()).toBe(NORMAL));
  expect(level()).toBe(FULL);
  expect(() =>
    withoutSync(database, () => {
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(level()).toBe(FULL);
  database.close();
});
