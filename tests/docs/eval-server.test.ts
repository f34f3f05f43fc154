import { execFile, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { listening, projectFolder, start } from "../cli/allele.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../docs/eval-server.md"), "utf8");
const [adapter = "", predictor = ""] = [...page.matchAll(/```python\n([\s\S]*?)```/g)].map(([, block]) => block ?? "");
const python = spawnSync("python3", ["--version"]).status === 0;

/** Stands for the package, which is not installed with Allele: asks the adapter what GEPA asks it. */
const gepa = `
import json
from collections import namedtuple

EvaluationBatch = namedtuple("EvaluationBatch", "outputs scores trajectories", defaults=[None])

class Result: pass

def optimize(seed_candidate, trainset, valset, adapter, **options):
    seen = adapter.evaluate(trainset[:3], seed_candidate, capture_traces=True)
    refused = adapter.evaluate(trainset[:3], {**seed_candidate, "system": "x" * 9000})
    dataset = adapter.make_reflective_dataset(seed_candidate, seen, ["system"])
    print(json.dumps({"tasks": [len(trainset), len(valset)], "scores": seen.scores, "refused": refused.scores, "dataset": dataset}))
    result = Result()
    result.best_candidate = seed_candidate
    return result
`;

test.skipIf(!python)("the GEPA adapter of the documentation evaluates and gathers evidence", async () => {
  const folder = projectFolder();
  const server = start(folder, ["eval", "serve", "-g", "desk-seed", "-d", "desk", "--port", "0"]);
  const url = await listening(server);
  expect(adapter).toContain('URL = "http://127.0.0.1:8334"');
  writeFileSync(join(folder, "gepa.py"), gepa);
  writeFileSync(join(folder, "adapter.py"), adapter.replace("http://127.0.0.1:8334", url));
  const { stdout } = await promisify(execFile)("python3", ["adapter.py"], { cwd: folder });
  const [report = "", genome = ""] = stdout.trim().split("\n");
  expect(parseJson(report)).toMatchObject({ tasks: [160, 160], refused: [0, 0, 0] });
  const { scores, dataset } = parseJson(report) as unknown as {
    readonly scores: readonly number[];
    readonly dataset: { readonly system: readonly Readonly<Record<string, string>>[] };
  };
  expect(Math.max(...scores)).toBeGreaterThan(0);
  expect(dataset.system[0]).toEqual({
    Component: "system",
    Inputs: expect.any(String),
    "Generated Outputs": expect.stringContaining("Steps:"),
    Feedback: expect.stringMatching(/\S/),
  });
  expect(genome).toMatch(/^s256:[0-9a-f]{32}$/);
});

test.skipIf(!python)("the examples of the documentation are Python", () => {
  for (const example of [adapter, predictor]) {
    expect(example).toContain("import");
    const { status, stderr } = spawnSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], {
      input: example,
    });
    expect(status, stderr.toString()).toBe(0);
  }
});
