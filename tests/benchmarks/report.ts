import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseJson } from "../../src/base/index.ts";
import { readRun } from "../../src/evolve/index.ts";
import { runPage } from "../../src/report/index.ts";
import { openWorkbench, viewRun, type Workbench } from "../../src/workbench/index.ts";
import { makeRun } from "../report/made-run.ts";
import { median } from "./desk-evolve.ts";

const rounds = 5;
const sizes = [
  { tasks: 50, candidates: 20 },
  { tasks: 500, candidates: 200 },
] as const;
const program = resolve(import.meta.dirname, "../../src/main.ts");

interface Project {
  readonly tasks: number;
  readonly candidates: number;
  readonly folder: string;
  readonly run: string;
  readonly bytes: number;
}

/** What is timed, in turns; answers seconds of processor time. `program` is a process of its own, from the command line to the file. */
const steps = {
  read: (project) => secondsIn(project, ({ run }, workbench) => readRun(workbench.store, run, workbench.clock)),
  page: (project) => secondsIn(project, async ({ run }, workbench) => runPage(await viewRun(workbench, run))),
  program: ({ run, folder }) => writeByProgram(folder, run).seconds,
} as const satisfies Readonly<Record<string, (project: Project) => number | Promise<number>>>;
type Step = keyof typeof steps;

/** The HTML report of a run of 500 tasks and 200 candidates, as a ratio to reading its journal, and against a run with a hundredth of the cells. */
export async function reportBenchmark(): Promise<string> {
  const projects = sizes.map(makeProject);
  try {
    const times = projects.map((): Record<Step, number[]> => ({ read: [], page: [], program: [] }));
    for (let round = 0; round < rounds; round++) {
      for (const [index, project] of projects.entries()) {
        for (const step of Object.keys(steps) as Step[]) times[index]?.[step].push(await steps[step](project));
      }
    }
    return page(
      projects,
      times.map((own) => mapValues(own, median)),
    );
  } finally {
    for (const { folder } of projects) rmSync(folder, { recursive: true, force: true });
  }
}

/** The project is opened anew, as a program that is started does. */
async function secondsIn(project: Project, work: (project: Project, workbench: Workbench) => unknown): Promise<number> {
  const before = process.cpuUsage();
  const workbench = opened(project.folder);
  await work(project, workbench);
  workbench.close();
  return secondsOf(process.cpuUsage(before));
}

function secondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

function page(projects: readonly Project[], times: readonly Readonly<Record<Step, number>>[]): string {
  const rows = projects.map(({ tasks, candidates, bytes }, index) => {
    const { read = 0, page: whole = 0, program: all = 0 } = times[index] ?? {};
    const cells = [`${(bytes / 1e6).toFixed(2)} MB`, `${all.toFixed(2)} s`, (whole / read).toFixed(1)];
    return `| ${tasks} × ${candidates} | ${cells.join(" | ")} |`;
  });
  const [small, large] = times;
  const growth = (step: Step): string => ((large?.[step] ?? 0) / (small?.[step] ?? 1)).toFixed(1);
  return [
    "# The report of a large run",
    "The HTML report of a made run whose every candidate was measured on every validation task and kept all its rollouts, as `allele report RUN --html FILE` writes it: a process of its own, from the command line to the file. Processor time: what it takes in all, on however many cores, and however busy the machine is.",
    [
      "| tasks × candidates | page (target: under 2 MB at 500 × 200) | the command (target: at most 3 s at 500 × 200) | view and page, against reading the journal alone |",
      "| --- | --- | --- | --- |",
      ...rows,
    ].join("\n"),
    `With a hundred times the cells view and page take ${growth("page")} times as long, reading the journal ${growth("read")} times, the command ${growth("program")} times (most of a short one is the start of the program). Medians of ${rounds} rounds in turns, the project opened anew each time. The program had been started before, so that Node reads back what it compiled then.`,
  ].join("\n\n");
}

function makeProject(size: (typeof sizes)[number]): Project {
  const folder = mkdtempSync(join(tmpdir(), "allele-report-"));
  const workbench = opened(folder);
  const run = makeRun(workbench, { ...size, everyRollout: true });
  workbench.close();
  return { ...size, folder, run, bytes: writeByProgram(folder, run).bytes };
}

/** Has the process tell at its end what it took. */
const tellUsage =
  "data:text/javascript,process.on('exit',()=>process.stderr.write(JSON.stringify(process.cpuUsage())))";

function writeByProgram(folder: string, run: string): { readonly bytes: number; readonly seconds: number } {
  const file = join(folder, "report.html");
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", tellUsage, program, "report", run, "--html", file],
    { cwd: folder, encoding: "utf8" },
  );
  const told = /\{"user":.*\}$/.exec(stderr)?.[0];
  if (status !== 0 || told === undefined) throw new Error(`allele report ended with ${status}: ${stderr}`);
  return { bytes: statSync(file).size, seconds: secondsOf(parseJson(told) as unknown as NodeJS.CpuUsage) };
}

function opened(folder: string): Workbench {
  return openWorkbench({ cwd: folder, environment: {}, log: () => {} });
}

function mapValues<Key extends string, Value, Result>(
  record: Readonly<Record<Key, Value>>,
  change: (value: Value) => Result,
): Record<Key, Result> {
  return Object.fromEntries(
    Object.entries<Value>(record).map(([key, value]) => [key, change(value)] as const),
  ) as Record<Key, Result>;
}
