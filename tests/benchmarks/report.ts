import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPage } from "../../src/report/index.ts";
import { openWorkbench, viewRun } from "../../src/workbench/index.ts";
import { makeRun } from "../report/made-run.ts";
import { median } from "./desk-evolve.ts";

const rounds = 5;
const sizes = [
  { tasks: 50, candidates: 20 },
  { tasks: 500, candidates: 200 },
] as const;

/** The HTML report of a run of 500 tasks and 200 candidates against one of 50 and 20: a hundred times the cells. Processor time, in turns. */
export async function reportBenchmark(): Promise<string> {
  const projects = sizes.map((size) => {
    const folder = mkdtempSync(join(tmpdir(), "allele-report-"));
    const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
    return { ...size, folder, workbench, run: makeRun(workbench, size), times: [] as number[], bytes: 0 };
  });
  for (let round = 0; round < rounds; round++) {
    for (const project of projects) {
      const before = process.cpuUsage();
      const page = runPage(await viewRun(project.workbench, project.run));
      const { user, system } = process.cpuUsage(before);
      project.times.push((user + system) / 1e6);
      project.bytes = Buffer.byteLength(page);
    }
  }
  for (const { workbench, folder } of projects) {
    workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const [small, large] = projects.map(({ times }) => median(times));
  const rows = projects.map(
    ({ tasks, candidates, bytes, times }) =>
      `| ${tasks} × ${candidates} | ${(bytes / 1e6).toFixed(2)} MB | ${median(times).toFixed(2)} s |`,
  );
  return [
    "# The report of a large run",
    "View and HTML page of a made run, from the store to the text, without starting the program.",
    `| tasks × candidates | page (target: under 2 MB at 500 × 200) | processor time (target: at most 3 s at 500 × 200) |\n| --- | --- | --- |\n${rows.join("\n")}`,
    `A hundred times the cells take ${((large ?? 0) / (small ?? 1)).toFixed(1)} times as long: medians of ${rounds} rounds, in turns, in one process.`,
  ].join("\n\n");
}
