import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { allele, projectFolder } from "./allele.ts";

interface Compared {
  readonly n: number;
  readonly difference: number;
  readonly interval: readonly [number, number];
  readonly families?: number;
}

test("compare counts whole families where tasks name one", async () => {
  const folder = projectFolder();
  expect((await allele(folder, ["init"])).code).toBe(0);
  const genome = readFileSync(join(folder, "genomes/starter.yaml"), "utf8");
  const told = "value: Reply with the name of exactly one queue and nothing else.";
  writeFileSync(join(folder, "genomes/told.yaml"), genome.replace(/value: Sort .*/, told));
  const command = ["compare", "starter", "told", "-d", "starter"];
  const compared = async (): Promise<Compared> =>
    parseJson((await allele(folder, [...command, "--json"])).stdout) as unknown as Compared;
  const alone = await compared();
  expect(alone.families).toBeUndefined();
  const tasks = join(folder, "datasets/starter/tasks.jsonl");
  const lines = readFileSync(tasks, "utf8").trim().split("\n");
  writeFileSync(tasks, lines.map((line, index) => line.replace("{", `{"family":"letter ${index % 4}",`)).join("\n"));
  const clustered = await compared();
  expect(clustered).toMatchObject({ n: alone.n, difference: alone.difference });
  expect(clustered.families).toBeGreaterThan(1);
  expect(clustered.families).toBeLessThanOrEqual(4);
  expect(clustered.interval).not.toEqual(alone.interval);
  expect((await allele(folder, [...command, "--plan"])).stdout).toContain("Tasks share families");
  expect((await allele(folder, command)).stdout).toContain(`n=${alone.n} in ${clustered.families} families`);
});

test("so do a run's own verdict and the gates of promote", async () => {
  const folder = projectFolder();
  expect((await allele(folder, ["init"])).code).toBe(0);
  const tasks = join(folder, "datasets/starter/tasks.jsonl");
  const lines = readFileSync(tasks, "utf8").trim().split("\n");
  writeFileSync(tasks, lines.map((line, index) => line.replace("{", `{"family":"letter ${index % 7}",`)).join("\n"));
  const options = ["--rollouts", "800", "--seed", "2", "--name", "lettered", "--yes"];
  await allele(folder, ["evolve", "-g", "starter", "-d", "starter", ...options]);
  expect((await allele(folder, ["show", "lettered"])).stdout).toMatch(/n=\d+ in [2-7] families/);
  const { stdout } = await allele(folder, ["promote", "lettered", "--profile", "letters", "--dry-run", "--json"]);
  const { gates } = parseJson(stdout) as unknown as { readonly gates: readonly { readonly evidence: string }[] };
  expect(gates[0]?.evidence).toMatch(/n=\d+ in [2-7] families/);
});
