import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { AlleleError } from "../../src/base/index.ts";
import { Check, loadDataset, scoreOutcome, type Dataset, type Outcome } from "../../src/dataset/index.ts";

export const nothingHappened: Outcome = {
  answer: "",
  toolCalls: [],
  steps: 1,
  tokens: 100,
  usd: 0.001,
  milliseconds: 5,
};

/** Scores one check, given as an author writes it. */
export function judge(check: Record<string, unknown>, outcome: Partial<Outcome> | string) {
  const given = typeof outcome === "string" ? { answer: outcome } : outcome;
  const { score, feedback } = scoreOutcome([Check.parse(check)], { ...nothingHappened, ...given });
  return { score, feedback: feedback[0] ?? "" };
}

export const scoreOf = (check: Record<string, unknown>, outcome: Partial<Outcome> | string): number =>
  judge(check, outcome).score;

export const header = `allele: dataset/1
name: sample
description: Sample
licence: MIT
source: Written for a test.
`;

/** Writes files into a new folder that goes when the test ends. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "allele-dataset-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

export function datasetWith(tasks: string, more = "", files: Readonly<Record<string, string>> = {}): Promise<Dataset> {
  const folder = folderWith({ "dataset.yaml": `${header}tasks: tasks.jsonl\n${more}`, "tasks.jsonl": tasks, ...files });
  return loadDataset(folder);
}

/** One line of tasks.jsonl. */
export function taskLine(id: string, more: Record<string, unknown> = {}): string {
  return `${JSON.stringify({ id, input: `Say ${id}.`, checks: [{ type: "equals", value: id }], ...more })}\n`;
}

/** The error something ends with; fails when it does not end with an AlleleError. */
export async function errorOf(work: Promise<unknown> | (() => unknown)): Promise<AlleleError> {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    if (error instanceof AlleleError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
