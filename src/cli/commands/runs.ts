import type { Command } from "commander";
import type { CommandContext } from "../io.ts";
import { oneOf, wholeNumber, withWorkbench } from "../with-workbench.ts";

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
        else context.print(door.renderRun(report));
      });
    });

  program
    .command("report")
    .description("write the report of a run")
    .argument("<run>", "name of the run")
    .option("--md <file>", "write Markdown to this file")
    .option("-o, --output <file>", "write to this file; .md, .json or .txt decides the form")
    .option("--json", "print as JSON")
    .action(async (run: string, flags: { readonly md?: string; readonly output?: string; readonly json?: boolean }) => {
      await withWorkbench(context, (workbench, door) => {
        const report = door.reportRun(workbench, run);
        const written = [
          flags.md === undefined ? [] : [[flags.md, "md"] as const],
          flags.output === undefined ? [] : [[flags.output, "auto"] as const],
        ]
          .flat()
          .map(([file, form]) => door.writeReport(workbench, report, file, form));
        for (const file of written) context.note(`wrote ${file}`);
        if (flags.json === true) context.printJson(door.runReportJson(report));
        else if (written.length === 0) context.print(door.renderRun(report));
      });
    });
}
