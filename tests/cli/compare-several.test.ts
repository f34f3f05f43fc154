import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { verdictAt } from "../../src/report/index.ts";
import { allele, projectFolder } from "./allele.ts";

interface Answer {
  readonly a: string;
  readonly p: number;
  readonly verdict: string;
  readonly fixed: readonly string[];
  readonly broken: readonly string[];
  readonly challengers: readonly (Answer & { readonly label: string })[];
  readonly traces: readonly { readonly task: string; readonly parting: number }[];
}

describe("comparing several genomes", () => {
  test("measures all on the same tasks, corrects for their number, and shows traces of what flipped", async () => {
    const folder = projectFolder();
    const one = await allele(folder, ["compare", "desk-seed", "desk-reference", "-d", "desk", "--json"]);
    const alone = parseJson(one.stdout) as unknown as Answer;
    expect(one.code).toBe(0);
    expect(alone.challengers).toBeUndefined();

    const argv = ["compare", "desk-seed", "desk-seed", "desk-reference", "-d", "desk", "--traces"];
    const run = await allele(folder, [...argv, "--html", "c.html", "--md", "c.md", "--json"]);
    expect(run.code, run.stderr).toBe(0);
    const { challengers } = parseJson(run.stdout) as unknown as Answer;
    expect(challengers.map(({ label, verdict }) => [label, verdict])).toEqual([
      ["desk-seed", "same"],
      ["desk-reference", "better"],
    ]);
    expect(challengers[1]?.p).toBeCloseTo(2 * alone.p, 10);
    const flips = new Set([...alone.fixed, ...alone.broken]);
    const traces = challengers[1]?.traces ?? [];
    expect(traces.length).toBeGreaterThan(3);
    expect(traces.every(({ task }) => flips.has(task))).toBe(true);

    const page = readFileSync(join(folder, "c.html"), "utf8");
    expect(page).toContain("2 challengers of desk-seed");
    expect(page).toContain("Here they part.");
    expect(page).toContain("simulated model");
    expect(readFileSync(join(folder, "c.md"), "utf8")).toContain("They part at step");
  });

  test("refuses a task that is not there, naming the nearest, and a plan for several", async () => {
    const folder = projectFolder();
    const stray = await allele(folder, [
      "compare",
      "desk-seed",
      "desk-reference",
      "-d",
      "desk",
      "--task",
      "validation-lookup-1",
    ]);
    expect(stray.code).toBe(2);
    expect(stray.stderr).toContain("did you mean");
    const plan = await allele(folder, ["compare", "desk-seed", "desk-seed", "desk-reference", "-d", "desk", "--plan"]);
    expect(plan.code).toBe(2);
    expect(plan.stderr).toContain("--plan takes two genomes");
  });

  test("a verdict that does not stand the correction cannot be told; one that claims no difference stays", () => {
    expect([verdictAt("better", 0.06), verdictAt("worse", 0.04), verdictAt("same", 1)]).toEqual([
      "cannot-tell",
      "worse",
      "same",
    ]);
  });
});
