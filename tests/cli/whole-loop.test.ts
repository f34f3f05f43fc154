import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { writePlacebo } from "../benchmarks/placebo.ts";
import { allele, listening, projectFolder, start, type Finished } from "./allele.ts";

type Data = Readonly<Record<string, unknown>>;
const dataOf = ({ stdout }: Finished): Data => parseJson(stdout) as Data;

describe("from a seed to a live agent and back", () => {
  test("a run proves a winner, which is promoted, answers a question, and is rolled back", async () => {
    const folder = projectFolder();
    const dry = await allele(folder, [
      "evolve",
      "-g",
      "desk-seed",
      "-d",
      "desk",
      "--rollouts",
      "2000",
      "--dry-run",
      "--json",
    ]);
    expect(dataOf(dry)).toMatchObject({ tasks: { train: 160, validation: 160, test: 160 } });

    const run = await allele(folder, [
      "evolve",
      "-g",
      "desk-seed",
      "-d",
      "desk",
      "--rollouts",
      "2000",
      "--name",
      "loop",
      "--yes",
      "--json",
    ]);
    expect(run.code, run.stderr).toBe(0);
    const result = dataOf(run);
    expect(result).toMatchObject({
      run: "loop",
      status: "finished",
      verdict: "better",
      seed: { test: { n: 160 } },
      winner: { test: { n: 160 } },
    });
    expect(result["rollouts"]).toBeLessThanOrEqual(2000);
    const roles = result["by_role"] as Record<string, { readonly tokens: number }>;
    expect((roles["task"]?.tokens ?? 0) + (roles["reflection"]?.tokens ?? 0)).toBe(result["tokens"]);
    expect(roles["reflection"]?.tokens).toBeGreaterThan(0);
    expect(result["costs"]).toMatchObject({ reflection: { secondsOfCall: expect.any(Number) } });
    expect((result["interval"] as number[])[0]).toBeGreaterThan(0);
    expect(readFileSync(join(folder, "runs/loop/report.md"), "utf8")).toContain("Better: the finalist beats the seed");
    expect(dataOf(await allele(folder, ["show", "loop", "--json"]))).toEqual(result);

    const report = await allele(folder, ["report", "loop", "-o", "out/report.json", "--md", "out/report.md"]);
    expect(report.code).toBe(0);
    expect(existsSync(join(folder, "out/report.md"))).toBe(true);

    const compared = await allele(folder, ["compare", "desk-seed", "loop", "-s", "validation", "--json"]);
    expect(compared.code).toBe(0);
    expect(dataOf(compared)).toMatchObject({ n: 160, verdict: "better" });
    const backwards = await allele(folder, ["compare", "loop", "desk-seed", "-s", "validation"]);
    expect(backwards.code).toBe(4);

    const tried = await allele(folder, ["promote", "loop", "-p", "shop", "--dry-run", "--json"]);
    expect(dataOf(tried)).toMatchObject({ promoted: false, verdict: "better" });
    expect((await allele(folder, ["profile", "list"])).stdout).toContain("No profiles yet");
    const promoted = await allele(folder, ["promote", "loop", "-p", "shop", "--json"]);
    expect(promoted.code, promoted.stdout + promoted.stderr).toBe(0);
    expect(dataOf(promoted)).toMatchObject({ profile: "shop", channel: "dev", promoted: true });

    const answer = await allele(folder, ["agent", "run", "-p", "shop", "What is the status of order O-10113?"]);
    expect(answer.code).toBe(0);
    expect(answer.stdout).toMatch(/delivered/i);
    const chat = await allele(folder, ["agent", "chat", "-p", "shop@dev"], {
      input: "What is the status of order O-10113?\n\n",
    });
    expect(chat.stdout).toMatch(/delivered/i);

    const first = await allele(folder, ["profile", "rollback", "shop"]);
    expect(first.code).toBe(2);
    expect(first.stderr).toContain("no earlier genome");
    const second = await allele(folder, ["promote", "desk-reference", "-p", "shop"]);
    expect(second.code, second.stdout).toBe(0);
    const back = await allele(folder, ["profile", "rollback", "shop", "--reason", "only trying", "--json"]);
    expect(dataOf(back)).toMatchObject({ kind: "rollback", reason: "only trying" });
    expect(dataOf(await allele(folder, ["profile", "show", "shop", "--json"]))["id"]).toBe(
      (result["winner"] as Data)["genome"],
    );
    const prod = await allele(folder, [
      "promote",
      "desk-reference",
      "-p",
      "shop",
      "-C",
      "prod",
      "--against",
      "desk-seed",
      "-d",
      "desk",
    ]);
    expect(prod.code).toBe(3);
    expect(prod.stdout).toContain("--approve");
  });

  test("nothing better, nothing promoted: the run says so and exits with 3", async () => {
    const folder = projectFolder();
    const run = await allele(folder, [
      "evolve",
      "-g",
      "desk-reference",
      "-d",
      "desk",
      "--rollouts",
      "560",
      "--name",
      "idle",
      "--yes",
      "--json",
    ]);
    expect([3, 4]).toContain(run.code);
    const result = dataOf(run);
    expect((result["winner"] as Data)["genome"]).toBe((result["seed"] as Data)["genome"]);
    const promoted = await allele(folder, ["promote", "idle", "-p", "shop"]);
    expect([2, 3, 4]).toContain(promoted.code);
    expect((await allele(folder, ["profile", "list"])).stdout).toContain("No profiles yet");
  });
});

test("a placebo is not promoted: with shuffled answers the run exits with 3", async () => {
  const folder = projectFolder();
  writePlacebo(folder, 3);
  const run = await allele(folder, [
    "evolve",
    "-g",
    "desk-seed",
    "-d",
    "./dataset.yaml",
    "--rollouts",
    "700",
    "--name",
    "placebo",
    "--yes",
  ]);
  expect(run.code, run.stdout).toBe(3);
  expect(run.stdout).toContain("The seed is kept.");
  expect([2, 3]).toContain((await allele(folder, ["promote", "placebo", "-p", "shop"])).code);
});

describe("any OpenAI-compatible endpoint", () => {
  test("gives what the simulated model gives in process, through `sim serve`", async () => {
    const [inside, outside] = [projectFolder(), projectFolder()];
    const server = start(outside, ["sim", "serve", "--port", "0"]);
    const url = await listening(server);
    writeFileSync(
      join(outside, "allele.yaml"),
      `allele: config/1\nmodels:\n  task: { kind: openai-compatible, base_url: "${url}", model: simulated }\n`,
    );
    const argv = ["evaluate", "-g", "desk-reference", "-d", "desk", "-s", "train", "-n", "40", "--json"];
    const [a, b] = [dataOf(await allele(inside, argv)), dataOf(await allele(outside, argv))];
    expect(b["score"]).toBe(a["score"]);
    expect(b["by_tag"]).toEqual(a["by_tag"]);
    expect(b["errors"]).toBe(0);
    server.kill("SIGTERM");
    expect((await server.finished).code).toBe(0);
  });

  test("faults of the endpoint are retried, and none is scored as a wrong answer", async () => {
    const [calm, faulty] = [projectFolder(), projectFolder()];
    const server = start(faulty, ["sim", "serve", "--port", "0", "--fault-rate", "0.1"]);
    const url = await listening(server);
    writeFileSync(
      join(faulty, "allele.yaml"),
      `allele: config/1\nmodels:\n  task: { kind: openai-compatible, base_url: "${url}", model: simulated, retries: 8 }\n`,
    );
    const argv = ["evaluate", "-g", "desk-seed", "-d", "desk", "-s", "train", "-n", "24", "--json"];
    const [a, b] = [dataOf(await allele(calm, argv)), dataOf(await allele(faulty, argv))];
    expect(b["errors"]).toBe(0);
    expect(b["score"]).toBe(a["score"]);
    server.kill("SIGTERM");
  });
});

test("Ctrl-C keeps what was paid for: exit code 130, and resume ends the run", async () => {
  const folder = projectFolder();
  const server = start(folder, ["sim", "serve", "--port", "0", "--latency", "40"]);
  const url = await listening(server);
  writeFileSync(
    join(folder, "allele.yaml"),
    `allele: config/1\nmodels:\n  task: { kind: openai-compatible, base_url: "${url}", model: simulated }\nconcurrency: 32\n`,
  );
  const run = start(folder, ["evolve", "-g", "desk-seed", "-d", "desk", "--rollouts", "520", "--name", "cut", "--yes"]);
  while (!/^seed .* validation/m.test(run.stderr())) await new Promise((resolve) => setTimeout(resolve, 20));
  run.kill("SIGINT");
  const cut = await run.finished;
  expect(cut.code, cut.stderr).toBe(130);
  expect(cut.stderr).toContain("allele resume cut");
  const resumed = await allele(folder, ["resume", "cut", "--json"]);
  expect([0, 3, 4]).toContain(resumed.code);
  expect(dataOf(resumed)).toMatchObject({ run: "cut", status: "finished" });
  server.kill("SIGTERM");
});
