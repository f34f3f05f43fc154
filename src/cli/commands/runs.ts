import type { Command } from "commander";
import type { CommandContext } from "../io.ts";
import { withWorkbench } from "../with-workbench.ts";

export function registerRuns(program: Command, context: CommandContext): void {
  program
    .command("runs")
    .description("list all runs, newest first")
    .option("--json", "print the list as JSON")
    .action(async (flags: { readonly json?: boolean }) => {
      await withWorkbench(context, (workbench, door) => {
        const rows = door.listRuns(workbench);
        if (flags.json === true) context.printJson(rows);
        else context.print(door.renderRuns(rows));
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
