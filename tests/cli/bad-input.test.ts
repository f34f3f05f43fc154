import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allele, projectFolder, type Finished } from "./allele.ts";

/** A message for people: what, where, what to do; no stack. */
function expectClear({ stderr }: Finished, ...parts: readonly (string | RegExp)[]): void {
  expect(stderr).toMatch(/^error: /m);
  expect(stderr).not.toMatch(/\n\s+at .*\.ts:\d+/);
  for (const part of parts) expect(stderr).toMatch(part);
}

async function starter(): Promise<string> {
  const folder = projectFolder();
  expect((await allele(folder, ["init"])).code).toBe(0);
  return folder;
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

describe("bad input on the command line", () => {
  test("an unknown command suggests the nearest", async () => {
    const result = await allele(projectFolder(), ["evalute"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("evaluate");
  });

  test("an option that is not a number is refused", async () => {
    const result = await allele(projectFolder(), ["evolve", "-g", "desk-seed", "-d", "desk", "--rollouts", "many"]);
    expect(result.code).toBe(2);
    expectClear(result, "--rollouts", "whole number");
  });

  test("an unknown genome and an unknown dataset are named with the nearest known", async () => {
    const folder = projectFolder();
    const genome = await allele(folder, ["evaluate", "-g", "desk-sed", "-d", "desk"]);
    expect(genome.code).toBe(2);
    expectClear(genome, "desk-sed", 'did you mean "desk-seed"');
    const dataset = await allele(folder, ["evaluate", "-g", "desk-seed", "-d", "dsk"]);
    expect(dataset.code).toBe(2);
    expectClear(dataset, "dsk", 'did you mean "desk"');
  });
});

describe("bad files", () => {
  test("an unknown key of allele.yaml is shown with its line", async () => {
    const folder = await starter();
    edit(join(folder, "allele.yaml"), (text) => text.replace("concurrency: 8", "concurency: 8"));
    const result = await allele(folder, ["runs"]);
    expect(result.code).toBe(2);
    expectClear(result, "concurency", 'did you mean "concurrency"', /allele\.yaml:\d+:\d+/);
  });

  test("a key instead of the name of a variable is refused", async () => {
    const folder = await starter();
    writeFileSync(
      join(folder, "allele.yaml"),
      "allele: config/1\nmodels:\n  task: { kind: openai-compatible, base_url: http://127.0.0.1:1/v1, model: m, key_env: sk-123 }\n",
    );
    const result = await allele(folder, ["runs"]);
    expect(result.code).toBe(2);
    expectClear(result, "name of an environment variable", /allele\.yaml:3/);
  });

  test("malformed YAML of a genome is shown with line and column", async () => {
    const folder = await starter();
    edit(join(folder, "genomes/starter.yaml"), (text) => text.replace("value: []", "value: ["));
    const result = await allele(folder, ["genome", "validate", "genomes/starter.yaml"]);
    expect(result.code).toBe(2);
    expectClear(result, /starter\.yaml:\d+:\d+/);
  });

  test("a gene out of its range is shown with line and column", async () => {
    const folder = await starter();
    edit(join(folder, "genomes/starter.yaml"), (text) =>
      text.replace("  plan:", "  temperature: { type: number, min: 0, max: 1, value: 3 }\n  plan:"),
    );
    const result = await allele(folder, ["genome", "validate", "starter"]);
    expect(result.code).toBe(2);
    expectClear(result, "temperature", /starter\.yaml:\d+:\d+/);
  });

  test("a genome that names a tool which does not exist is refused before anything runs", async () => {
    const folder = projectFolder();
    mkdirSync(join(folder, "genomes"));
    writeFileSync(
      join(folder, "genomes/odd.yaml"),
      "allele: genome/1\nname: odd\ngenes:\n  system: { type: text, value: Help. }\n  tool.order_lokup: { type: tool, value: { summary: x } }\n",
    );
    const result = await allele(folder, ["evaluate", "-g", "odd", "-d", "desk"]);
    expect(result.code).toBe(2);
    expectClear(result, "order_lokup", 'did you mean "order_lookup"');
  });

  test("a truncated line of tasks is shown with its line", async () => {
    const folder = await starter();
    edit(join(folder, "datasets/starter/tasks.jsonl"), (text) => text.slice(0, -20));
    const result = await allele(folder, ["dataset", "validate", "starter"]);
    expect(result.code).toBe(2);
    expectClear(result, /tasks\.jsonl:72/);
  });

  test("duplicate task ids are shown with both lines", async () => {
    const folder = await starter();
    edit(join(folder, "datasets/starter/tasks.jsonl"), (text) => text.replace('"message-02"', '"message-01"'));
    const result = await allele(folder, ["dataset", "validate", "starter"]);
    expect(result.code).toBe(2);
    expectClear(result, "message-01", /tasks\.jsonl:2/);
  });

  test("an empty split is refused when it is asked for", async () => {
    const folder = await starter();
    edit(join(folder, "datasets/starter/tasks.jsonl"), (text) => text.replaceAll('"split":"test"', '"split":"train"'));
    const result = await allele(folder, ["evaluate", "-g", "starter", "-d", "starter", "--split", "test"]);
    expect(result.code).toBe(2);
    expectClear(result, "test");
  });
});

describe("a bad outside", () => {
  test("a model that is not there is exit code 5 and says what to check", async () => {
    const folder = await starter();
    const port = await freePort();
    writeFileSync(
      join(folder, "allele.yaml"),
      `allele: config/1\nmodels:\n  task: { kind: openai-compatible, base_url: "http://127.0.0.1:${port}/v1", model: m, retries: 0 }\n`,
    );
    const result = await allele(folder, ["evaluate", "-g", "starter", "-d", "starter"]);
    expect(result.code).toBe(5);
    expectClear(result, String(port), "base_url");
  });

  test("a missing key is named", async () => {
    const folder = await starter();
    writeFileSync(
      join(folder, "allele.yaml"),
      "allele: config/1\nmodels:\n  task: { kind: openai-compatible, base_url: http://127.0.0.1:9/v1, model: m, key_env: NO_SUCH_KEY_HERE }\n",
    );
    const result = await allele(folder, ["evaluate", "-g", "starter", "-d", "starter"]);
    expect(result.code).toBe(2);
    expectClear(result, "NO_SUCH_KEY_HERE");
  });

  test("a database of a newer version is left alone", async () => {
    const folder = await starter();
    expect((await allele(folder, ["evaluate", "-g", "starter", "-d", "starter", "--limit", "1"])).code).toBe(0);
    const { default: Database } = await import("better-sqlite3");
    const database = new Database(join(folder, "runs/allele.db"));
    database.pragma("user_version = 9999");
    database.close();
    const result = await allele(folder, ["runs"]);
    expect([2, 5]).toContain(result.code);
    expectClear(result, /newer/);
  });

  test.skipIf(process.getuid?.() === 0)("a folder that cannot be written is reported", async () => {
    const folder = await starter();
    chmodSync(folder, 0o500);
    const result = await allele(folder, ["runs"]);
    chmodSync(folder, 0o700);
    expect([2, 5]).toContain(result.code);
    expectClear(result, "allele.db");
  });

  test("a budget that cannot finish the seed and the test is refused with the number needed", async () => {
    const folder = projectFolder();
    const result = await allele(folder, ["evolve", "-g", "desk-seed", "-d", "desk", "--rollouts", "100", "--yes"]);
    expect(result.code).toBe(2);
    expectClear(result, "344");
    expect((await allele(folder, ["runs", "--json"])).stdout.trim()).toBe("[]");
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
