import { expect, test } from "vitest";
import { upgrade, type Upgrade } from "../../src/dataset/upgrade.ts";
import { errorOf } from "./support.ts";

const upgrades: readonly Upgrade[] = [
  ({ title, ...rest }) => ({ ...rest, name: title }),
  (data) => ({ ...data, licence: "MIT" }),
];
const where = { file: "dataset.yaml" };

test("data of an old version walks the whole road, of a middle one the rest", () => {
  const latest = { allele: "dataset/3", name: "x", licence: "MIT" };
  expect(upgrade({ allele: "dataset/1", title: "x" }, "dataset", upgrades, where)).toEqual(latest);
  expect(upgrade({ allele: "dataset/2", name: "x" }, "dataset", upgrades, where)).toEqual(latest);
});

test("present data is left alone", () => {
  const data = { allele: "dataset/3" };
  expect(upgrade(data, "dataset", upgrades, where)).toBe(data);
});

test("data of a newer version is refused", async () => {
  const error = await errorOf(() => upgrade({ allele: "dataset/4" }, "dataset", upgrades, where));
  expect(error).toMatchObject({ code: "newer-format", where });
});
