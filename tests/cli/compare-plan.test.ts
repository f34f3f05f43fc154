import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { allele, projectFolder, type Finished } from "./allele.ts";

type Data = Readonly<Record<string, unknown>>;
const dataOf = ({ stdout }: Finished): Data => parseJson(stdout) as Data;

/** A project with two genomes to compare. */
async function project(): Promise<string> {
  const folder = projectFolder();
  expect((await allele(folder, ["init"])).code).toBe(0);
  const genome = readFileSync(join(folder, "genomes/starter.yaml"), "utf8");
  const told = "Sort the customer's message into exactly one queue. Reply with the name of the queue alone.";
  writeFileSync(
    join(folder, "genomes/told.yaml"),
    genome.replace(/value: Sort .*/, `value: ${told}`).replace("name: starter", "name: told"),
  );
  return folder;
}

const plan = ["compare", "starter", "told", "-d", "starter", "--plan"];

describe("allele compare --plan", () => {
  test("plans from a stated assumption where nothing was measured, and runs nothing", async () => {
    const folder = await project();
    const text = await allele(folder, plan);
    expect(text.code, text.stderr).toBe(0);
    expect(text.stdout).toContain("787 tasks, each run once by both");
    expect(text.stdout).toContain("Assumed");
    expect(existsSync(join(folder, "runs/allele.db"))).toBe(false);
    const json = dataOf(await allele(folder, [...plan, "--effect", "0.1", "--power", "0.9", "--json"]));
    expect(json).toMatchObject({ basis: "assumed", split: "validation", effect: 0.1, power: 0.9, needed: 265 });
  });

  test("plans from what was measured before, repeats included, and pays for nothing", async () => {
    const folder = await project();
    const compare = ["compare", "starter", "told", "-d", "starter", "--json"];
    const once = dataOf(await allele(folder, compare));
    const first = dataOf(await allele(folder, [...plan, "--json"]));
    expect(first).toMatchObject({
      basis: "measured",
      measured: { tasks: once["n"], runs: 1 },
      repeats_measured: false,
    });
    expect(first["a"]).toBe(once["a"]);
    await allele(folder, [...compare, "--repeats", "2"]);
    const again = await allele(folder, plan);
    expect(again.stdout).toContain("2 runs by both");
    const second = dataOf(await allele(folder, [...plan, "--json"]));
    expect(second).toMatchObject({ measured: { tasks: once["n"], runs: 2 }, repeats_measured: true });
    const other = dataOf(await allele(folder, [...plan, "--split", "train", "--json"]));
    expect(other).toMatchObject({ basis: "assumed" });
  });

  test("refuses what is no effect, no power, or no plan", async () => {
    const folder = await project();
    const effect = await allele(folder, [...plan, "--effect", "5"]);
    expect(effect.code).toBe(2);
    expect(effect.stderr).toContain("--effect");
    const power = await allele(folder, [...plan, "--power", "1"]);
    expect(power.code).toBe(2);
    expect(power.stderr).toContain("--power");
    const alone = await allele(folder, ["compare", "starter", "told", "-d", "starter", "--effect", "0.1"]);
    expect(alone.code).toBe(2);
    expect(alone.stderr).toContain("Add --plan");
    const without = await allele(folder, ["compare", "starter", "told", "--plan"]);
    expect(without.code).toBe(2);
    expect(without.stderr).toContain("--dataset");
  });
});
