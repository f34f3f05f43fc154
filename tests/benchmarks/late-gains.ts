import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalEvent } from "../../src/evolve/index.ts";
import { continueRun, openWorkbench, startRun, type Workbench } from "../../src/workbench/index.ts";
import { mean } from "./desk-laboratory.ts";
import { margin, mistakes } from "./mistakes.ts";

/** A child that was measured, and what it is truly worth. */
interface Measured {
  readonly operator: string;
  readonly iteration: number;
  /** Whether it passed its screen, or its race where it was judged by itself. */
  readonly accepted: boolean;
  /** Expected mistakes, parent minus child. */
  readonly gain: number;
}

interface Path {
  readonly children: readonly Measured[];
  /** Expected mistakes of checkpoint and head at each check, and what the check made of them. */
  readonly checks: readonly string[];
}

const phases = [
  ["iterations 0 to 29", 0, 30],
  ["iterations 30 to 69", 30, 70],
  ["from iteration 70 on", 70, Number.POSITIVE_INFINITY],
] as const;

/**
 * Runs the desk seed and holds what the search believed against what the simulated model is inclined to: the same sum of mistakes that
 * `operator-gains` counts, without the luck of single tasks.
 */
async function pathOf(seed: number): Promise<Path> {
  const folder = mkdtempSync(join(tmpdir(), "allele-late-gains-"));
  const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
  try {
    const run = await startRun(workbench, { genome: "desk-seed", dataset: "desk", rollouts: 2000, seed, name: "late" });
    await continueRun(workbench, run, {});
    return read(workbench);
  } finally {
    workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function read({ store }: Workbench): Path {
  const worth = (id: string | undefined): number => {
    const genome = id === undefined ? undefined : store.genomes.get(id as Parameters<typeof store.genomes.get>[0]);
    if (genome === undefined) throw new Error(`no genome ${id}`);
    return mistakes(genome);
  };
  const pool: string[] = [];
  const children: Measured[] = [];
  const checks: string[] = [];
  let [iteration, operator] = [0, ""];
  let child: Extract<JournalEvent, { type: "child-proposed" }> | undefined;
  const judged = (accepted: boolean): void => {
    if (child === undefined) return;
    const gain = worth(pool[child.parents[0] ?? 0]) - worth(child.genome);
    children.push({ operator, iteration, accepted, gain });
  };
  for (const { event: json } of store.events.list("late")) {
    const event = json as unknown as JournalEvent;
    if (event.type === "run-started") pool.push(event.genome);
    if (event.type === "iteration-started") iteration = event.iteration;
    if (event.type === "gene-chosen") operator = event.operator;
    if (event.type === "child-proposed") child = event;
    if (event.type === "child-rejected") judged(false);
    if (event.type === "candidate-accepted" && child !== undefined) {
      judged(true);
      pool[event.candidate] = child.genome;
    }
    if (event.type === "head-checked") {
      const [from, to] = [worth(pool[event.checkpoint]), worth(pool[event.head])];
      checks.push(`${iteration}: ${from.toFixed(1)} to ${to.toFixed(1)}, ${event.standing}`);
    }
  }
  return { children, checks };
}

function rowOf(operator: string, children: readonly Measured[]): string {
  const share = (holds: (gain: number) => boolean): string =>
    `${((100 * children.filter(({ gain }) => holds(gain)).length) / children.length).toFixed(0)} %`;
  const gainOf = (accepted: boolean): string => {
    const some = children.filter((one) => one.accepted === accepted).map(({ gain }) => gain);
    return some.length === 0 ? "-" : `${mean(some).toFixed(3)} (n ${some.length})`;
  };
  const all = mean(children.map(({ gain }) => gain)).toFixed(3);
  return `| ${[operator, all, gainOf(true), gainOf(false), share((gain) => gain > margin), share((gain) => gain < -margin)].join(" | ")} |`;
}

if (import.meta.main) {
  const [from = "10", to = "16"] = process.argv.slice(2);
  const all: Measured[] = [];
  for (let seed = Number(from); seed < Number(to); seed++) {
    const { children, checks } = await pathOf(seed);
    all.push(...children);
    console.log(`seed ${seed}: ${checks.join("; ")}`);
  }
  for (const [phase, first, end] of phases) {
    console.log(`\n${phase}\n\n| operator | mistakes mended | of the accepted | of the rejected | better | worse |`);
    console.log("| --- | --- | --- | --- | --- | --- |");
    const some = all.filter(({ iteration }) => iteration >= first && iteration < end);
    const byOperator = [...Map.groupBy(some, ({ operator }) => operator)];
    for (const [operator, children] of byOperator.toSorted((a, b) => b[1].length - a[1].length))
      console.log(rowOf(operator, children));
  }
}
