import type { Command } from "commander";
import { EXIT, type CommandContext } from "../io.ts";
import { withWorkbench } from "../with-workbench.ts";

export function registerSetUp(program: Command, context: CommandContext): void {
  program
    .command("init")
    .description("write a starter allele.yaml, genome and dataset")
    .argument("[dir]", "folder to write into", ".")
    .action(async (folder: string) => {
      const { initialize } = await import("../../workbench/index.ts");
      for (const line of initialize(context.io.cwd, folder)) context.note(line);
    });

  program
    .command("doctor")
    .description("check configuration, model, database; say what to do")
    .option("--json", "print as JSON")
    .action(async (flags: { readonly json?: boolean }) => {
      await withWorkbench(context, async (workbench, door) => {
        const findings = await door.examine(workbench, context.io.signal);
        if (flags.json === true) context.printJson(findings);
        else context.print(door.renderFindings(findings, context.width));
        if (findings.some((finding) => !finding.well)) context.exit(EXIT.outside);
      });
    });
}
