import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { canonicalJson, readText, writeTextAtomic } from "../../../src/base/index.ts";
import { reflectionShare } from "../reflection-share.ts";
import { arenas, type Arena } from "./arena.ts";
import { clockTable, clockVerdict } from "./clock-table.ts";
import { bench, installPeers, type Installed } from "./install.ts";
import { conditions, measure, nameOf, type Trial } from "./measure.ts";
import { alleleInLanes, missing, optimizers, type Optimizer } from "./optimizers.ts";
import { page } from "./page.ts";
import { plantedExaminer } from "./planted-search.ts";
import { planted } from "./planted-stage.ts";
import { conditionsOf, isMeasured, openResults } from "./results.ts";
import { scoresTable, scoresVerdict, type Row } from "./scores-table.ts";
import { openExaminer } from "./sealed.ts";

const usage = `npm run bench:peers -- [options]
  --only NAMES     search anew only with these (${optimizers.map(({ name }) => name).join(", ")}); of all others the kept results are shown
  --tasks NAMES    search on ${arenas.map(({ name }) => name).join(", ")}; default all; of the others the kept results are shown
  --seeds N        default 10
  --budgets LIST   rollouts of a search; default 1000,2000
  --share N        situations for the share of useful edits by form of request; default 900, 0 shows what is kept
  --clock-seeds N  seeds of the wall-clock comparison; default 3, 0 shows what is kept
  --no-page        print only
`;

const { values: flags } = parseArgs({
  options: {
    only: { type: "string" },
    tasks: { type: "string", default: arenas.map(({ name }) => name).join(",") },
    seeds: { type: "string", default: "10" },
    budgets: { type: "string", default: "1000,2000" },
    share: { type: "string", default: "900" },
    "clock-seeds": { type: "string", default: "3" },
    "no-page": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

/** Of the page; others are only printed where they are asked for. */
const budgets: readonly number[] = [1000, 2000];

/** 200 ms for a task of one call, 2 s for a reflection. */
const latency = { task: 200, reflection: 2000 } as const;
const clock = { budget: 2000, workers: 32, targets: [0.5, 0.55, 0.6], arena: "planted" } as const;

const results = openResults(join(bench, "results"));
mkdirSync(join(bench, "results"), { recursive: true });
const only = flags.only?.split(",");
const installed = flags.help ? undefined : installPeers();

async function main(): Promise<number> {
  if (installed === undefined) {
    process.stdout.write(usage);
    return 0;
  }
  const parts: string[] = [];
  const asked = { tasks: flags.tasks.split(","), budgets: flags.budgets.split(",").map(Number) };
  for (const arena of arenas)
    for (const budget of new Set([...budgets, ...asked.budgets])) {
      const isAsked = asked.tasks.includes(arena.name) && asked.budgets.includes(budget);
      if (!isAsked && !budgets.includes(budget)) continue;
      const seeds = isAsked ? Number(flags.seeds) : 10;
      const rows = await compare(optimizersFor(arena), { seeds, isAsked }, (optimizer, seed) => ({
        arena,
        optimizer,
        version: versionOf(optimizer),
        budget,
        seed,
        concurrency: 8,
      }));
      const told = rows.some((row) => row.results.some(isMeasured))
        ? `${scoresTable(rows)}\n\n${scoresVerdict(rows)}`.trim()
        : `Not measured yet: \`npm run bench:peers -- --tasks ${arena.name} --budgets ${budget}\`.`;
      parts.push(`### ${arena.name}, ${budget} rollouts\n\n${told}`);
    }
  const timed = await wallClock(Number(flags["clock-seeds"]));
  const shares = await usefulShares(Number(flags.share));
  const text = page({ installed, comparisons: parts, timed, shares, latency, ...clock });
  process.stdout.write(text);
  if (!flags["no-page"]) writeFileSync(resolve(import.meta.dirname, "../../../docs/benchmarks/peers.md"), text);
  return 0;
}

/** Where there are only text genes, all genes are no row of their own. */
function optimizersFor({ textOnly, everything }: Arena): readonly Optimizer[] {
  const same = canonicalJson(textOnly.genes) === canonicalJson(everything.genes);
  return same ? optimizers.filter(({ genes }) => genes === "textOnly") : optimizers;
}

async function wallClock(seeds: number): Promise<string> {
  const arena = arenas.find(({ name }) => name === clock.arena);
  if (arena === undefined) throw new Error(`no arena ${clock.arena}`);
  const timed = [...alleleInLanes, ...optimizers.filter(({ needs }) => needs !== undefined)];
  const rows = await compare(timed, { seeds: Math.max(3, seeds), isAsked: seeds > 0 }, (optimizer, seed) => ({
    arena,
    optimizer,
    version: versionOf(optimizer),
    budget: clock.budget,
    seed,
    concurrency: clock.workers,
    latency,
  }));
  return `${clockTable(rows, clock)}\n\n${clockVerdict(rows, clock.targets)}`.trim();
}

/** Measured anew when the model, the drivers or Allele's own requests have changed; as kept where only some may run. */
async function usefulShares(count: number): Promise<string | undefined> {
  const file = join(bench, "results/share.md");
  const kept = existsSync(file) ? readText(file) : "";
  const [conditions, ...text] = kept.split("\n");
  if (count > 0 && only === undefined) {
    const code = ["src/providers/simulated", "src/mutate", "tests/benchmarks/peers/drivers", "datasets/desk"];
    const now = conditionsOf(code, { count, installed });
    if (now !== conditions) {
      const measured = await reflectionShare(count);
      writeTextAtomic(file, `${now}\n${measured}`);
      return measured;
    }
  }
  return kept === "" ? undefined : text.join("\n").trim();
}

/** A row for each optimizer; the results of all that may not search now are those that are kept. */
async function compare(
  list: readonly Optimizer[],
  { seeds, isAsked }: { readonly seeds: number; readonly isAsked: boolean },
  trialOf: (optimizer: Optimizer, seed: number) => Trial,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const optimizer of list) {
    const trials = Array.from({ length: seeds }, (_, seed) => trialOf(optimizer, seed));
    const reason = missing(optimizer, installed ?? {});
    const mayRun = isAsked && (only === undefined || only.includes(optimizer.name)) && reason === undefined;
    if (mayRun) for (const trial of trials) await run(trial);
    const found = trials.map((trial) => results.get(nameOf(trial)));
    const { title } = optimizer;
    const now = new Set(trials.map(conditions));
    const stale = found.some((result) => result !== undefined && !now.has(result.conditions));
    rows.push({ title, version: versionOf(optimizer), results: found, missing: reason, stale });
  }
  return rows;
}

async function run(trial: Trial): Promise<void> {
  const { arena, seed } = trial;
  const examiner = arena.dataset === planted ? plantedExaminer(seed) : await openExaminer(arena.dataset);
  try {
    const { failure, test, rollouts, seconds } = await measure(trial, examiner, results);
    const score = test.length === 0 ? "" : (test.reduce((sum, value) => sum + value, 0) / test.length).toFixed(3);
    process.stderr.write(`${nameOf(trial)}  ${failure ?? `${score}  ${rollouts} rollouts  ${seconds.toFixed(1)} s`}\n`);
  } finally {
    examiner.close();
  }
}

function versionOf({ needs }: Optimizer): string {
  if (needs === undefined) return "this";
  const found: Installed | undefined = installed?.[needs];
  return found !== undefined && "version" in found ? found.version : "";
}

process.exitCode = await main();
