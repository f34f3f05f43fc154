import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseJson, readText } from "../../src/base/index.ts";
import {
  continueRun,
  evaluateGenome,
  listModels,
  openWorkbench,
  pullModel,
  startRun,
  type Workbench,
} from "../../src/workbench/index.ts";
import { journalOf } from "./project.ts";

const models = resolve(import.meta.dirname, "../../models");
/** Fetched by .ci/run. */
const isThere =
  existsSync(join(models, "smollm2-135m-instruct.gguf")) && existsSync(join(models, "node_modules/node-llama-cpp"));

const words = {
  positive: ["joy", "delight", "bliss", "fun", "love", "hope"],
  negative: ["pain", "grief", "dread", "hate", "loss", "fear"],
};
const splits = ["train", "validation", "test"];

/** A project whose task model is SmolLM2, with twelve short tasks. */
function project(): Workbench {
  const cwd = mkdtempSync(join(tmpdir(), "allele-real-"));
  mkdirSync(join(cwd, "genomes"));
  mkdirSync(join(cwd, "datasets/mood"), { recursive: true });
  const config = {
    allele: "config/1",
    models: {
      task: { kind: "llama", model: "smollm2-135m-instruct", folder: models, context: 512, threads: 1 },
      reflection: "none",
    },
    search: { minibatch: 4, screen: 4, race: 4, confirm: 4, lanes: 2 },
  };
  writeFileSync(join(cwd, "allele.yaml"), JSON.stringify(config));
  const genes = {
    system: { type: "text", value: "Is the word {labels}?" },
    input_form: { type: "text", value: "{input}", placeholders: ["{input}"] },
    labels: { type: "labels", answers: ["positive", "negative"], value: ["positive", "negative"] },
    answering: { type: "enum", options: ["likeliest", "calibrated"], value: "likeliest" },
    demos: { type: "demos", value: [], max: 2 },
  };
  writeFileSync(join(cwd, "genomes/mood.yaml"), JSON.stringify({ allele: "genome/1", name: "mood", genes }));
  const tasks = Object.entries(words).flatMap(([label, list]) =>
    list.map((input, i) => ({
      id: input,
      input,
      split: splits[i % 3],
      checks: [{ type: "label", value: label, labels: ["positive", "negative"] }],
    })),
  );
  writeFileSync(join(cwd, "datasets/mood/tasks.jsonl"), tasks.map((one) => `${JSON.stringify(one)}\n`).join(""));
  const described = {
    allele: "dataset/1",
    name: "mood",
    description: "Words.",
    licence: "MIT",
    source: "here",
    tasks: "tasks.jsonl",
  };
  writeFileSync(join(cwd, "datasets/mood/dataset.yaml"), JSON.stringify(described));
  const workbench = openWorkbench({ cwd, environment: {}, log: () => {} });
  onTestFinished(() => {
    workbench.close();
    rmSync(cwd, { recursive: true, force: true });
  });
  return workbench;
}

describe.skipIf(!isThere)(
  "a real model without a reflection model (needs models/smollm2-135m-instruct.gguf and node-llama-cpp)",
  // One thread of a busy machine may take minutes for what a quiet one does in seconds.
  { timeout: 600_000 },
  () => {
    test("is evolved, and a run that was cut comes out the same", async () => {
      const asked = { genome: "mood", dataset: "mood", rollouts: 48, seed: 1, name: "mood" };
      const whole = project();
      await startRun(whole, asked);
      const report = await continueRun(whole, "mood", {});
      expect(report).toMatchObject({ status: "finished", simulated: false, byRole: { reflection: { tokens: 0 } } });
      expect(report.iterations).toBeGreaterThan(0);

      const cut = project();
      await startRun(cut, asked);
      const controller = new AbortController();
      let rollouts = 0;
      const listen = ({ type }: { readonly type: string }): void => {
        if (type === "rollout-finished" && ++rollouts === 9) controller.abort();
      };
      expect((await continueRun(cut, "mood", { signal: controller.signal, listen })).status).toBe("interrupted");
      expect((await continueRun(cut, "mood", {})).status).toBe("finished");
      expect(journalOf(cut.store, "mood")).toEqual(journalOf(whole.store, "mood"));
    });

    test("has its speed measured anew when asked, with the configured threads, and kept", async () => {
      const cwd = mkdtempSync(join(tmpdir(), "allele-real-"));
      mkdirSync(join(cwd, "models"));
      symlinkSync(join(models, "node_modules"), join(cwd, "models/node_modules"));
      const task = { kind: "llama", model: "small", threads: 1 };
      writeFileSync(join(cwd, "allele.yaml"), JSON.stringify({ allele: "config/1", models: { task } }));
      const workbench = openWorkbench({ cwd, environment: {}, log: () => {} });
      onTestFinished(() => {
        workbench.close();
        rmSync(cwd, { recursive: true, force: true });
      });
      await pullModel(workbench, { name: "small", from: join(models, "smollm2-135m-instruct.gguf"), cwd });
      const described = join(cwd, "models/small.json");
      const manifest = parseJson(readText(described)) as Record<string, unknown>;
      const earlier = { input: 1e9, output: 1e9, threads: 8, measured: "2026-01-01" };
      writeFileSync(described, JSON.stringify({ ...manifest, speed: earlier }));
      const speedIn = async (measure: boolean) =>
        (await listModels(workbench, measure)).find(({ name }) => name === "small")?.speed;
      expect(await speedIn(false)).toEqual(earlier);
      const measured = await speedIn(true);
      expect(measured).toMatchObject({ threads: 1 });
      expect(measured?.input).toBeLessThan(1e9);
      expect(await speedIn(false)).toEqual(measured);
    });

    test("is scored, each answer one of the labels", async () => {
      const evaluation = await evaluateGenome(project(), {
        genome: "mood",
        dataset: "mood",
        split: "test",
        repeats: 1,
      });
      expect(evaluation).toMatchObject({ n: 4, errors: 0, simulated: false });
    });
  },
);
