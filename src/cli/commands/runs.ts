import type { Command } from "commander";
import type { CommandContext } from "../io.ts";
import { collect, oneOf, wholeNumber, withWorkbench } from "../with-workbench.ts";

const STATUSES = ["running", "interrupted", "finished", "failed"] as const;
const VERDICTS = ["better", "worse", "same", "cannot-tell"] as const;
const ORDERS = ["started", "gain", "rollouts", "usd", "name"] as const;

interface RunsFlags {
  readonly status?: (typeof STATUSES)[number];
  readonly verdict?: (typeof VERDICTS)[number];
  readonly dataset?: string;
  readonly genome?: string;
  readonly sort: (typeof ORDERS)[number];
  readonly limit: number;
  readonly json?: boolean;
}

export function registerRuns(program: Command, context: CommandContext): void {
  program
    .command("runs")
    .description("list runs, newest first")
    .option("-s, --status <status>", "only running, interrupted, finished or failed ones", oneOf("--status", STATUSES))
    .option("-v, --verdict <verdict>", "only those with this verdict", oneOf("--verdict", VERDICTS))
    .option("-d, --dataset <name>", "only those on this dataset")
    .option(
      "-g, --genome <genome>",
      "only those that began with it or chose it; by a name, all of that name and their trend",
    )
    .option("--sort <order>", `by ${ORDERS.join(", ")}`, oneOf("--sort", ORDERS), "started")
    .option("-n, --limit <count>", "how many; 0 for all", wholeNumber("--limit", 0), 20)
    .option("--json", "print the list as JSON")
    .action(async ({ json, sort, limit, ...filter }: RunsFlags) => {
      await withWorkbench(context, (workbench, door) => {
        const rows = door.listRuns(workbench, { ...filter, order: sort, limit: limit === 0 ? undefined : limit });
        const count = door.countRuns(workbench, filter);
        if (json === true) context.printJson(rows);
        else if (count === 0 && door.countRuns(workbench) > 0) context.note("No run is like that. All: allele runs");
        else context.print(door.renderRuns(rows, context.width));
        if (filter.genome !== undefined && json !== true) context.note(door.renderTrend(rows));
        if (rows.length < count) context.note(`${rows.length} of ${count} runs; all: --limit 0`);
      });
    });

  program
    .command("show")
    .description("what a run did: verdict, candidates, changes")
    .argument("<run>", "name of the run")
    .option("--json", "print as JSON")
    .action(async (run: string, flags: { readonly json?: boolean }) => {
      await withWorkbench(context, (workbench, door) => {
        const report = door.reportRun(workbench, run);
        if (flags.json === true) context.printJson(door.runReportJson(report));
        else context.print(door.renderRun(report, context.width));
      });
    });

  program
    .command("report")
    .description("write the report of a run: one page for the browser, Markdown, JSON, CSV, JUnit, a comment")
    .argument("<run>", "name of the run")
    .option("--html <file>", "write one HTML file that opens from disk and needs no network")
    .option("--md <file>", "write Markdown to this file")
    .option("--junit <file>", "write the sealed test as JUnit XML: failed where the finalist broke a task")
    .option("--pr-comment <file>", "write a short Markdown comment for a pull request")
    .option(
      "-o, --output <file>",
      "write to this file, repeatable; .html, .md, .json, .csv (tasks x candidates), .candidates.csv, .xml (JUnit) or .txt decides the form",
      collect,
    )
    .option(
      "--task <id>",
      "show the traces of this task, repeatable (default: tasks that were broken or fixed)",
      collect,
    )
    .option("--json", "print as JSON")
    .action(async (run: string, flags: ReportFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const view = await door.viewRun(workbench, run, { tasks: flags.task });
        const named = formFlags.flatMap(([flag, form]) => {
          const file = flags[flag];
          return file === undefined ? [] : [[file, form] as const];
        });
        const files = [...named, ...(flags.output ?? []).map((file) => [file, undefined] as const)];
        for (const [file, form] of files) context.note(`wrote ${door.writeReport(workbench, view, file, form)}`);
        if (flags.json === true) context.printJson(door.runViewJson(view));
        else if (files.length === 0) context.print(door.renderRun(view, context.width));
      });
    });
}

interface ReportFlags {
  readonly html?: string;
  readonly md?: string;
  readonly junit?: string;
  readonly prComment?: string;
  readonly output?: readonly string[];
  readonly task?: readonly string[];
  readonly json?: boolean;
}

const formFlags = [
  ["html", "html"],
  ["md", "markdown"],
  ["junit", "junit"],
  ["prComment", "pr-comment"],
] as const;
