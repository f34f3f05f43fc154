import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { SMALL_RUN } from "../../src/workbench/index.ts";
import { allele, projectFolder } from "./allele.ts";

const evolve = ["evolve", "-g", "starter", "-d", "starter", "--rollouts", "2000", "--headroom", "120"];

describe("allele evolve --headroom", () => {
  test("takes as many rollouts as its help says where nothing is said", async () => {
    const { stdout } = await allele(projectFolder(), ["evolve", "--help"]);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(`with so many rollouts of search (default: ${SMALL_RUN})`);
  });

  test("says whether the run is worth starting, and starts none", async () => {
    const folder = projectFolder();
    expect((await allele(folder, ["init"])).code).toBe(0);
    const json = await allele(folder, [...evolve, "--json"]);
    expect([0, 3]).toContain(json.code);
    const found = parseJson(json.stdout) as Record<string, unknown>;
    expect(found["verdict"] === "yes").toBe(json.code === 0);
    expect(found).toMatchObject({ genome: "starter", dataset: "starter", status: "finished", simulated: true });
    expect(found["paid"]).toBe(found["rollouts"]);

    const again = await allele(folder, evolve);
    expect(again.code).toBe(json.code);
    expect(again.stdout).toContain("0 of them paid now");
    expect(again.stdout).toContain("these figures come from the simulated model");
    expect((await allele(folder, ["runs", "--json"])).stdout.trim()).toBe("[]");
  });

  test("with --otlp it tells of every rollout that it paid for, and its own figures, none of them named after the sealed test", async () => {
    const folder = projectFolder();
    await allele(folder, ["init"]);
    const json = await allele(folder, [...evolve, "--otlp", "telemetry.jsonl", "--json"]);
    const { paid, room } = parseJson(json.stdout) as Record<string, unknown>;
    const sent = readFileSync(join(folder, "telemetry.jsonl"), "utf8");
    expect(sent.match(/"name":"invoke_agent /g)).toHaveLength(Number(paid));
    const figures = sent.trimEnd().split("\n").at(-1) ?? "";
    expect(figures).toContain(`"name":"allele.paid_rollouts"`);
    expect(figures).toContain(`"asDouble":${String(room)}`);
    expect(figures).not.toMatch(/test/);
    const refused = await allele(folder, [...evolve, "--otlp", "ftp://127.0.0.1"]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("telemetry-target")]);
  });

  test("refuses a seed that is only described, proposals by files, and a budget that is no number", async () => {
    const folder = projectFolder();
    await allele(folder, ["init"]);
    const described = await allele(folder, ["evolve", "--describe", "Sort messages.", "-d", "starter", "--headroom"]);
    expect(described.code).toBe(2);
    expect(described.stderr).toContain("allele genome create");
    const files = await allele(folder, [...evolve, "--proposer", "files"]);
    expect(files.code).toBe(2);
    expect(files.stderr).toContain("headroom-proposer");
    const few = await allele(folder, ["evolve", "-g", "starter", "-d", "starter", "--headroom", "few"]);
    expect(few.code).toBe(2);
    expect(few.stderr).toContain("--headroom");
  });

  test("a dataset without a test split is refused as the run would be", async () => {
    const folder = projectFolder();
    await allele(folder, ["init"]);
    const file = join(folder, "datasets/starter/tasks.jsonl");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll('"split":"test"', '"split":"train"'));
    const refused = await allele(folder, evolve);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/test/);
  });
});
