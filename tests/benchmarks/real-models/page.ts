import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { readText, tryParseJson } from "../../../src/base/index.ts";
import { loadDataset, solutionOf } from "../../../src/dataset/index.ts";
import { historyOf } from "../../../src/evolve/index.ts";
import { openStore } from "../../../src/store/index.ts";
import type { Arm, Found } from "./study.ts";

const kept = resolve(import.meta.dirname, "../../../runs/real-models");

interface Study extends Found {
  readonly folder: string;
}

/** What the studies that were run have found; `tests/benchmarks/real-models/run.ts` runs them. */
export async function realModels(): Promise<string> {
  const found = allFound();
  const evolved = found.flatMap((one) => (one.evolved === undefined ? [] : [{ ...one, arm: one.evolved }]));
  const above = evolved.filter(({ arm }) => arm.interval[0] > 0).length;
  const lost = evolved.filter(({ arm }) => arm.promoted && arm.interval[1] < 0).length;
  const rows: string[] = [];
  for (const one of found) {
    const majority = await majorityOf(one);
    rows.push(
      [
        one.task,
        `${one.sizes.train} / ${one.sizes.validation} / ${one.n}`,
        settingsOf(one),
        majority.toFixed(3),
        one.plain.toFixed(3),
        `${cell(one.evolved)}${one.evolved !== undefined && Math.abs(one.evolved.score - majority) < 1e-9 ? " (just that of the most frequent answer)" : ""}`,
        one.evolved === undefined ? "" : one.evolved.promoted ? "yes" : "no",
        cell(one.random),
        cell(one.gepa),
        one.evolved === undefined ? "" : `${one.evolved.tokens} tokens, ${Math.round(one.evolved.seconds)} s`,
        one.evolved?.changed.join(", ") ?? "",
      ].join(" | "),
    );
  }
  return [
    "# A real model on real data",
    "SmolLM2-135M-Instruct (Q4_1, llama.cpp through node-llama-cpp 3.22.1, one thread) alone: no reflection model. The plain prompt is what somebody would write first; the answer is the likeliest of the labels. " +
      "All arms start from it and are judged on the same sealed test tasks, paired with it; every cell shows the test score, the gain over the plain prompt with its 95 % interval, and the rollouts of the search. *Evolved*: `evolve` with `reflection: none`. *Random*: the best on validation of twenty prompts made of one to six random proposals of the same operators, for the same budget. " +
      "*GEPA*: its published search (`tests/benchmarks/landscape/controls.ts`) with the same operators' proposals and budget. *Most frequent*: what always giving the commonest answer of the test would score. Random seed 0, one run each. Data are imported from their sources and are no part of the project.",
    "| task | train / validation / test | minibatch, screen, race; budget | most frequent | plain | evolved | promoted | best of 20 random | GEPA's search | cost of the run, test included | genes changed |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n" +
      rows.map((row) => `| ${row} |`).join("\n"),
    `Interval above zero in ${above} of ${evolved.length} runs (target: five of seven). Promoted and worse: ${lost}. Money: nothing, the model is local; seconds are of a busy machine with two cores.`,
    "Runs with a race of 24 came first, when `step` (which turns to calibrated answers) was drawn in one turn of ten instead of three. What they taught is kept: with few children, which operator comes first decides.",
    "Which operators helped, over all runs:",
    operatorTable(evolved),
  ].join("\n\n");
}

function cell(arm: Arm | undefined): string {
  if (arm === undefined) return "not run";
  const [low, high] = arm.interval;
  const signed = (value: number): string => `${value < 0 ? "" : "+"}${value.toFixed(3)}`;
  return `${arm.score.toFixed(3)}, ${signed(arm.difference)} [${signed(low)}, ${signed(high)}], ${arm.rollouts}`;
}

async function majorityOf({ folder, task }: Study): Promise<number> {
  const { tasks } = await loadDataset(join(folder, "datasets", task));
  const answers = tasks.flatMap((one) => (one.split === "test" ? [solutionOf(one) ?? ""] : []));
  const counts = [...Map.groupBy(answers, (answer) => answer).values()].map(({ length }) => length);
  return Math.max(...counts) / answers.length;
}

function operatorTable(studies: readonly Study[]): string {
  const sums = new Map<string, { proposed: number; joined: number }>();
  for (const { folder } of studies) {
    const store = openStore(join(folder, "runs/allele.db"));
    try {
      for (const { operator, children, accepted } of historyOf(store.events.list("study")).operators) {
        const sum = sums.get(operator) ?? { proposed: 0, joined: 0 };
        sums.set(operator, { proposed: sum.proposed + children, joined: sum.joined + accepted });
      }
    } finally {
      store.close();
    }
  }
  const rows = [...sums].toSorted(([, a], [, b]) => b.joined - a.joined || b.proposed - a.proposed);
  const lines = rows.map(([operator, { proposed, joined }]) => `| \`${operator}\` | ${proposed} | ${joined} |`);
  return `| operator | children measured | joined the pool |\n| --- | --- | --- |\n${lines.join("\n")}`;
}

/** Every study but `tiny` ones, by task. */
function allFound(): readonly Study[] {
  if (!existsSync(kept)) return [];
  const all = readdirSync(kept).flatMap((name) => {
    const file = join(kept, name, "found.json");
    if (!existsSync(file)) return [];
    return [{ ...(tryParseJson(readText(file)) as unknown as Found), folder: join(kept, name) }];
  });
  return all.filter(({ n }) => n >= 50).toSorted((a, b) => (a.task < b.task ? -1 : a.task > b.task ? 1 : a.n - b.n));
}

/** How the run searched, from its configuration. */
function settingsOf({ folder, sizes }: Study): string {
  const { search } = tryParseJson(readText(join(folder, "allele.yaml"))) as unknown as {
    readonly search: { readonly minibatch: number; readonly screen: number; readonly race: number };
  };
  return `${search.minibatch}, ${search.screen}, ${search.race}; ${sizes.search}`;
}
