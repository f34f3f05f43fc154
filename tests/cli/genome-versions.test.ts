import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { readGenome } from "../../src/genome/index.ts";
import { allele, projectFolder, type Finished } from "./allele.ts";

type Data = Readonly<Record<string, unknown>>;
const listOf = ({ stdout }: Finished): readonly Data[] => parseJson(stdout) as unknown as readonly Data[];

describe("versions of a genome", () => {
  test("every candidate of a run is kept with its parents, shown as a log and as a tree", async () => {
    const folder = projectFolder();
    await allele(folder, ["init"]);
    const run = await allele(folder, [
      "evolve",
      "-g",
      "starter",
      "-d",
      "starter",
      "--rollouts",
      "300",
      "--name",
      "bred",
    ]);
    expect([0, 3, 4], run.stderr).toContain(run.code);

    const tree = await allele(folder, ["genome", "tree", "bred", "--json"]);
    const candidates = listOf(tree);
    expect(candidates.length).toBeGreaterThan(1);
    const drawn = (await allele(folder, ["genome", "tree", "bred"])).stdout;
    for (const { genome } of candidates) expect(drawn).toContain(String(genome).slice(5, 15));

    const last = `bred#${candidates.length - 1}`;
    const log = listOf(await allele(folder, ["genome", "log", last, "--json"]));
    expect(log[0]?.["genome"]).toBe(candidates.at(-1)?.["genome"]);
    expect(log[0]?.["parents"]).not.toEqual([]);
    expect(log.at(-1)).toMatchObject({ genome: candidates[0]?.["genome"], parents: [] });
    expect(log[0]?.["changed"]).not.toEqual([]);
  });

  test("any two are compared gene by gene, and any is written as a file that keeps comments", async () => {
    const folder = projectFolder();
    const diff = await allele(folder, ["genome", "diff", "desk-seed", "desk-reference", "--json"]);
    const changed = (parseJson(diff.stdout) as unknown as { readonly changes: readonly Data[] }).changes;
    expect(changed.map(({ gene }) => gene)).toContain("rules");
    expect((await allele(folder, ["genome", "diff", "desk-seed", "desk-seed"])).stdout).toContain("No gene differs");
    expect((await allele(folder, ["genome", "show", "desk-seed", "-o", "genomes/mine.yaml"])).code).toBe(0);
    const file = join(folder, "genomes/mine.yaml");
    expect(readGenome(file).name).toBe("desk-seed");
    writeFileSync(file, `# Mine.\n${readFileSync(file, "utf8")}`);
    expect((await allele(folder, ["genome", "show", "desk-reference", "-o", "genomes/mine.yaml"])).code).toBe(0);
    expect(readFileSync(file, "utf8")).toMatch(/^# Mine\.\n[^]*Work step by step\./);
    expect(readGenome(file).name).toBe("desk-reference");
  });
});
