import { describe, expect, onTestFinished, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { openWorkbench, startRun } from "../../src/workbench/index.ts";
import { allele, projectFolder, type Finished } from "./allele.ts";

type Data = Readonly<Record<string, unknown>>;
const dataOf = ({ stdout }: Finished): Data => parseJson(stdout) as Data;

const goal =
  "Sort each message of a customer into one of the given labels: billing, delivery, returns or account. Answer with the name of the queue and nothing else.";

describe("allele evolve --describe", () => {
  test("writes a seed from the description and evolves it", async () => {
    const folder = projectFolder();
    const budget = ["--rollouts", "340"];
    const run = await allele(folder, ["evolve", "--describe", goal, "-d", "triage", ...budget, "--yes", "--json"]);
    expect([0, 3], run.stderr).toContain(run.code);
    const result = dataOf(run);
    expect(result).toMatchObject({ run: "triage-1", status: "finished" });
    const seed = (result["seed"] as Data)["genome"] as string;
    const shown = dataOf(await allele(folder, ["genome", "show", "triage-1#0", "--json"]));
    expect(shown).toMatchObject({ id: seed, description: goal });
    expect(JSON.stringify(shown["genes"])).toContain("system");
    const again = dataOf(await allele(folder, ["show", "triage-1", "--json"]));
    expect(again).toEqual(result);
  });

  test("takes what the seed cost off the budget of the run", async () => {
    const workbench = openWorkbench({ cwd: projectFolder(), environment: {}, log: () => {} });
    onTestFinished(() => workbench.close());
    const request = { describe: goal, dataset: "triage", seed: 0 };
    const run = await startRun(workbench, { ...request, tokens: 9_000_000 });
    const options = workbench.store.runs.get(run)?.options as { readonly evolve: { readonly budget: Data } };
    expect(options.evolve.budget["tokens"]).toBeLessThan(9_000_000);
    await expect(startRun(workbench, { ...request, tokens: 20 })).rejects.toThrow("took all of the budget's tokens");
  });

  test("pays for nothing in a dry run", async () => {
    const folder = projectFolder();
    const dry = await allele(folder, ["evolve", "--describe", goal, "-d", "triage", "--rollouts", "400", "--dry-run"]);
    expect(dry.code, dry.stderr).toBe(0);
    expect(dry.stdout).toContain("Held back");
  });

  test("needs a genome or a description, and not both", async () => {
    const folder = projectFolder();
    const neither = await allele(folder, ["evolve", "-d", "triage", "--rollouts", "400"]);
    expect([neither.code, neither.stderr]).toEqual([2, expect.stringContaining("--describe TEXT")]);
    const both = await allele(folder, [
      "evolve",
      "-g",
      "desk-seed",
      "--describe",
      goal,
      "-d",
      "triage",
      "--rollouts",
      "9",
    ]);
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining("[two-beginnings]")]);
  });
});
