import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { readText, tryParseJson } from "../../../src/base/index.ts";
import type { Arm, Found } from "./study.ts";

const kept = resolve(import.meta.dirname, "../../../runs/real-models");

/** What the studies that were run have found; `tests/benchmarks/real-models/run.ts` runs them. */
export async function realModels(): Promise<string> {
  const found = allFound();
  const evolved = found.flatMap((one) => (one.evolved === undefined ? [] : [{ ...one, arm: one.evolved }]));
  const above = evolved.filter(({ arm }) => arm.interval[0] > 0).length;
  const lost = evolved.filter(({ arm }) => arm.promoted && arm.interval[1] < 0).length;
  const rows = found.map((one) =>
    [
      one.task,
      `${one.sizes.train} / ${one.sizes.validation} / ${one.n}`,
      String(one.sizes.search),
      one.plain.toFixed(3),
      cell(one.evolved),
      one.evolved === undefined ? "" : one.evolved.promoted ? "yes" : "no",
      cell(one.random),
      cell(one.gepa),
      one.evolved === undefined ? "" : `${one.evolved.tokens} tokens`,
      one.evolved?.changed.join(", ") ?? "",
    ].join(" | "),
  );
  return [
    "# A real model on real data",
    "SmolLM2-135M-Instruct (Q4_1, llama.cpp through node-llama-cpp 3.22.1, one thread) alone: no reflection model. The plain prompt is what somebody would write first, with the likeliest label as the answer. " +
      "All arms start from it and are judged on the same sealed test tasks, paired with it. *Evolved*: `evolve` with `reflection: none`. *Random*: the best on validation of twenty prompts made of one to six random proposals of the same operators, for the same rollouts. " +
      "*GEPA*: its published search (`tests/benchmarks/landscape/controls.ts`) with the same operators' proposals and rollouts. Random seed 0. Data are imported from their sources and not part of the project.",
    "| task | train / validation / test | rollouts of a search | plain | evolved, gain [95 %] | promoted | best of 20 random | GEPA's search | cost of the run, test included | genes changed |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n" +
      rows.map((row) => `| ${row} |`).join("\n"),
    `Interval above zero in ${above} of ${evolved.length} runs (target: five of seven). Promoted and worse: ${lost}. Money: nothing, the model is local.`,
  ].join("\n\n");
}

function cell(arm: Arm | undefined): string {
  if (arm === undefined) return "not run";
  const [low, high] = arm.interval;
  const signed = (value: number): string => `${value < 0 ? "" : "+"}${value.toFixed(3)}`;
  return `${arm.score.toFixed(3)}, ${signed(arm.difference)} [${signed(low)}, ${signed(high)}] for ${arm.rollouts}`;
}

/** Of a task that was studied at several sizes, the largest; `tiny` ones are no studies. */
function allFound(): readonly Found[] {
  const all = readdirSync(kept, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [];
    try {
      return [tryParseJson(readText(join(kept, entry.name, "found.json"))) as unknown as Found];
    } catch {
      return [];
    }
  });
  const largest = new Map<string, Found>();
  for (const one of all.filter(({ n }) => n >= 50).toSorted((a, b) => a.n - b.n)) largest.set(one.task, one);
  return [...largest.values()];
}
