import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunReport } from "../../src/report/index.ts";
import { continueRun, openWorkbench, startRun } from "../../src/workbench/index.ts";

const seeds = Array.from({ length: 10 }, (_, seed) => seed);
const rollouts = 2000;

/** Ten whole runs of the desk seed on the simulated model: what the sealed test says of each. */
export async function deskEvolve(): Promise<string> {
  const rows: RunReport[] = [];
  for (const seed of seeds) rows.push(await evolveOnce({ genome: "desk-seed", dataset: "desk", rollouts, seed }));
  const gains = rows.map((report) => report.comparison?.difference ?? 0);
  const above = gains.filter((gain) => gain >= 0.2).length;
  const worse = rows.filter((report) => report.comparison?.verdict === "worse").length;
  const shipped = rows.filter((report) => report.comparison?.verdict === "better").length;
  return [
    "# Evolution on desk",
    `\`evolve -g desk-seed -d desk --rollouts ${rollouts}\` with random seeds 0 to 9 on the simulated model (seed 0). The sealed test has 160 tasks; seed and finalist are measured on the same ones.`,
    "| seed | test of the seed | test of the finalist | difference, 95 % interval | p | verdict | candidates | iterations |\n| --- | --- | --- | --- | --- | --- | --- | --- |",
  ]
    .join("\n\n")
    .concat("\n")
    .concat(rows.map(rowOf).join("\n"))
    .concat(
      `\n\nGain of at least 0.20 in ${above} of ${rows.length} runs (target: nine of ten). Median gain ${median(gains).toFixed(3)}. ` +
        `Proven better and promotable: ${shipped}. Worse than the seed: ${worse}; nothing but "better" passes the gate, so nothing worse was promoted.\n`,
    );
}

function rowOf(report: RunReport): string {
  const { comparison, seed, candidates } = report;
  if (comparison === undefined) return `| ${report.seedNumber} | no verdict |`;
  const [low, high] = comparison.interval;
  return `| ${report.seedNumber} | ${seed.test?.score.toFixed(3)} | ${comparison.b.score.toFixed(3)} | ${comparison.difference.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}] | ${comparison.p.toFixed(5)} | ${comparison.verdict} | ${candidates.length} | ${report.iterations} |`;
}

/** One run in a folder of its own. */
export async function evolveOnce(request: {
  readonly genome: string;
  readonly dataset: string;
  readonly rollouts: number;
  readonly seed: number;
}): Promise<RunReport> {
  const folder = mkdtempSync(join(tmpdir(), "allele-bench-"));
  const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
  try {
    const run = await startRun(workbench, { ...request, name: "bench" });
    return await continueRun(workbench, run, {});
  } finally {
    workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}
