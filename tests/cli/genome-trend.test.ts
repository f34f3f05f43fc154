import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { allele, projectFolder } from "./allele.ts";

interface Step {
  readonly n: number;
  readonly difference: number;
  readonly interval: readonly [number, number];
  readonly p: number;
}

interface Trend {
  readonly base: string | null;
  readonly tasks: number;
  readonly versions: readonly {
    readonly genome: string;
    readonly parents: readonly string[];
    readonly changed: readonly string[];
    readonly score: { readonly n: number } | null;
    readonly gain: Step | null;
    readonly step: (Step & { readonly from: string }) | null;
  }[];
}

async function trendOf(folder: string, ...argv: readonly string[]): Promise<Trend> {
  const { stdout, stderr } = await allele(folder, ["genome", "log", ...argv, "--scores", "--json"]);
  expect(stderr).not.toContain("error");
  return parseJson(stdout) as unknown as Trend;
}

describe("the trend over a genome's history", () => {
  test("is what compare says of each version and the first, on the tasks that both were scored on; --run measures the rest once", async () => {
    const folder = projectFolder();
    await allele(folder, ["init"]);
    await allele(folder, ["evolve", "-g", "starter", "-d", "starter", "--rollouts", "400", "--name", "bred"]);
    const tree = await allele(folder, ["genome", "tree", "bred", "--json"]);
    const last = `bred#${(parseJson(tree.stdout) as unknown as readonly unknown[]).length - 1}`;

    const known = await trendOf(folder, last);
    const [first] = known.versions;
    expect(first).toMatchObject({ genome: known.base, parents: [], changed: [], gain: null, step: null });
    const position = new Map(known.versions.map(({ genome }, index) => [genome, index]));
    for (const [index, { parents }] of known.versions.entries())
      for (const parent of parents) expect(position.get(parent)).toBeLessThan(index);
    expect(known.versions.some(({ score }) => score === null)).toBe(true);

    const whole = await trendOf(folder, last, "--run", "--html", "trend.html");
    expect(whole.versions.map(({ score }) => score?.n)).toEqual(whole.versions.map(() => whole.tasks));
    expect(whole.versions.slice(1).map(({ parents, step }) => step?.from === parents[0])).not.toContain(false);
    const newest = whole.versions.at(-1);
    const compared = await allele(folder, ["compare", `${known.base}`, `${newest?.genome}`, "-d", "starter", "--json"]);
    const alone = parseJson(compared.stdout) as unknown as Step;
    expect(newest?.gain).toMatchObject({ n: alone.n, difference: alone.difference, interval: alone.interval });
    expect(newest?.gain?.p).toBeGreaterThanOrEqual(alone.p);
    expect(readFileSync(join(folder, "trend.html"), "utf8")).toContain("Gain over the first version");

    expect(await trendOf(folder, last)).toEqual(whole);
    const shown = await allele(folder, ["genome", "log", last, "--scores"], { environment: { COLUMNS: "80" } });
    expect(Math.max(...shown.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(shown.stdout).toMatch(/Gain over the first, oldest version first: [▁-█]+/);
    expect(shown.stdout).toContain("simulated model");
  });

  test("says so where nothing was measured, and makes no database to find out", async () => {
    const folder = projectFolder();
    const { code, stdout } = await allele(folder, ["genome", "log", "desk-seed", "--scores", "-d", "desk"]);
    expect(code).toBe(0);
    expect(stdout).toContain("No version was measured on desk/validation");
    expect(existsSync(join(folder, "runs/allele.db"))).toBe(false);
  });

  test("asks for the dataset where the genome names none, and refuses its options without --scores", async () => {
    const folder = projectFolder();
    const unnamed = await allele(folder, ["genome", "log", "desk-seed", "--scores"]);
    expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringContaining("dataset-needed")]);
    const stray = await allele(folder, ["genome", "log", "desk-seed", "--run"]);
    expect([stray.code, stray.stderr]).toEqual([2, expect.stringContaining("Add --scores")]);
  });
});
