import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allele, projectFolder } from "./allele.ts";

test("a run with judge checks takes no budget in tokens or money, which it could overspend", async () => {
  const folder = projectFolder();
  expect((await allele(folder, ["init"])).code).toBe(0);
  const file = join(folder, "datasets/starter/tasks.jsonl");
  const [first = "", ...others] = readFileSync(file, "utf8").trim().split("\n");
  const task = { ...JSON.parse(first), checks: [{ type: "judge", rubric: "The answer is polite." }] };
  writeFileSync(file, [JSON.stringify(task), ...others].join("\n"));
  const evolve = (...budget: string[]): ReturnType<typeof allele> =>
    allele(folder, ["evolve", "-g", "starter", "-d", "starter", ...budget, "--dry-run"]);
  const refused = await evolve("--usd", "1");
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("judge-budget");
  expect(refused.stderr).toContain("--rollouts");
  expect((await evolve("--rollouts", "300")).code).toBe(0);
});

test("a budget in money alone is refused where nothing costs any, and taken where another limit or a price ends the run", async () => {
  const folder = projectFolder();
  await allele(folder, ["init"]);
  const evolve = (...budget: string[]): ReturnType<typeof allele> =>
    allele(folder, ["evolve", "-g", "starter", "-d", "starter", ...budget, "--dry-run"]);
  const refused = await evolve("--usd", "2");
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("endless-budget")]);
  expect((await evolve("--usd", "2", "--rollouts", "300")).code).toBe(0);
  const model = `{ kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", model: m, prices: { input: 1, output: 1 } }`;
  writeFileSync(join(folder, "allele.yaml"), `allele: config/1\nmodels: { task: ${model} }\n`);
  expect((await evolve("--usd", "2")).code).toBe(0);
});

test("what a budget buys is told in lines that the terminal holds", async () => {
  const folder = projectFolder();
  await allele(folder, ["init"]);
  const asked = ["evolve", "-g", "starter", "-d", "starter", "--rollouts", "400", "--dry-run"];
  const { stdout } = await allele(folder, asked, { environment: { COLUMNS: "80" } });
  for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
  const [, least, most] =
    /buys about (\d+) iterations, .* to (\d+), if every child/.exec(stdout.replaceAll("\n", " ")) ?? [];
  expect(Number(least)).toBeGreaterThan(0);
  expect(Number(most)).toBeGreaterThan(Number(least));
});
