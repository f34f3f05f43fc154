import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { makeRandom, parseJson } from "../../src/base/index.ts";
import { evolveOnce } from "./desk-evolve.ts";

const seeds = Array.from({ length: 10 }, (_, seed) => seed);

interface WrittenTask {
  readonly split: string;
  readonly checks: readonly { readonly type: string; readonly weight?: number; readonly group?: string }[];
}

/** Types of check whose right value cannot be hit by an answer that merely has the right form: figures, lists of ids, tracking numbers. */
const distinctive = new Set(["number", "set", "contains_all"]);

/** Desk with the expected answers dealt out at random: there is nothing to learn, so nothing may be promoted. */
export async function placebo(): Promise<string> {
  return [
    "# Placebo",
    "Desk with each task's main answer check exchanged for that of another task of the same split and type of check, and all other checks taken out. 1,200 rollouts a run.",
    "## Figures, lists of order numbers, tracking numbers",
    "The right value cannot be hit by chance, so no instruction can help. This is the placebo that the target speaks of.",
    await table((type) => distinctive.has(type)),
    "## All tasks",
    'Here statuses, refusals and questions back are in as well. These have few possible answers: an agent that answers in the right form hits the shuffled ones more often, so a run that proves it "better" is not wrong about the scores. Kept as a control; no target.',
    await table(() => true),
  ].join("\n\n");
}

async function table(takes: (type: string) => boolean): Promise<string> {
  const rows: string[] = [];
  let better = 0;
  for (const seed of seeds) {
    const folder = mkdtempSync(join(tmpdir(), "allele-placebo-"));
    try {
      writePlacebo(folder, seed, takes);
      const { comparison } = await evolveOnce({ genome: "desk-seed", dataset: folder, rollouts: 1200, seed });
      if (comparison === undefined) continue;
      if (comparison.verdict === "better") better += 1;
      const { a, b, n, difference, p, verdict } = comparison;
      const cells = [seed, n, a.score.toFixed(3), b.score.toFixed(3), difference.toFixed(3), p.toFixed(3), verdict];
      rows.push(`| ${cells.join(" | ")} |`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return [
    `| random seed | tasks | test of the seed | test of the finalist | difference | p | verdict |\n| --- | --- | --- | --- | --- | --- | --- |\n${rows.join("\n")}`,
    `Promotable: ${better} of ${seeds.length}.`,
  ].join("\n\n");
}

/** Writes the shuffled dataset. The answer check of a task is its heaviest one in the group `answer`. */
export function writePlacebo(
  folder: string,
  seed: number,
  takes: (type: string) => boolean = (type) => distinctive.has(type),
): void {
  const source = resolve(import.meta.dirname, "../../datasets/desk");
  const random = makeRandom(`placebo/${seed}`);
  const tasks = readFileSync(join(source, "tasks.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => parseJson(line) as unknown as WrittenTask)
    .flatMap((task) => {
      const answers = task.checks.filter((check) => (check.group ?? "answer") === "answer");
      const main = answers.toSorted((a, b) => (b.weight ?? 1) - (a.weight ?? 1))[0];
      return main === undefined || !takes(main.type) ? [] : [{ task, main: { ...main, weight: 1 } }];
    });
  const groups = Map.groupBy(tasks, ({ task, main }) => `${task.split}/${main.type}`);
  const lines = [...groups.values()].flatMap((group) => {
    const dealt = random.shuffle(group.map(({ main }) => main));
    return group.map(({ task }, index) => JSON.stringify({ ...task, checks: [dealt[index]] }));
  });
  writeFileSync(join(folder, "tasks.jsonl"), `${lines.join("\n")}\n`);
  writeFileSync(
    join(folder, "dataset.yaml"),
    `allele: dataset/1\nname: placebo\ndescription: Desk with shuffled answers\nlicence: MIT\nsource: made from desk\ntasks: tasks.jsonl\ntools: ${join(source, "tools.ts")}\n`,
  );
}
