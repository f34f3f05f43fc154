import type { Command } from "commander";
import { AlleleError } from "../../base/index.ts";
import type { CommandContext } from "../io.ts";
import { withWorkbench } from "../with-workbench.ts";

interface JsonFlag {
  readonly json?: boolean;
}

export function registerProfile(program: Command, context: CommandContext): void {
  const profile = program.command("profile").description("live configurations");

  profile
    .command("list")
    .description("what every profile points at")
    .option("--json", "print as JSON")
    .action(async (flags: JsonFlag) => {
      await withWorkbench(context, (workbench, door) => {
        const rows = door.profileRows(workbench);
        if (flags.json === true) context.printJson(rows);
        else context.print(door.renderProfiles(rows, context.width));
      });
    });

  profile
    .command("show")
    .description("the genome that is live")
    .argument("<profile>", "PROFILE or PROFILE@channel")
    .option("--json", "print as JSON")
    .action(async (reference: string, flags: JsonFlag) => {
      await withWorkbench(context, (workbench, door) => {
        if (flags.json === true) context.printJson(door.genomeJson(workbench, door.profileReference(reference)));
        else context.print(door.renderGenome(workbench, door.profileReference(reference)));
      });
    });

  profile
    .command("history")
    .description("every promotion and rollback, newest first")
    .argument("<profile>", "PROFILE or PROFILE@channel")
    .option("--json", "print as JSON")
    .action(async (name: string, flags: JsonFlag) => {
      await withWorkbench(context, (workbench, door) => {
        const rows = door.profileHistoryRows(workbench, name);
        if (flags.json === true) context.printJson(rows);
        else context.print(door.renderProfileHistory(rows, context.width));
      });
    });

  profile
    .command("rollback")
    .description("point a channel back at what was live before")
    .argument("<profile>", "PROFILE@channel; PROFILE alone where it has one channel")
    .option("--reason <text>", "kept in the history", "")
    .option("--json", "print as JSON")
    .action(async (reference: string, flags: JsonFlag & { readonly reason: string }) => {
      await withWorkbench(context, (workbench, door) => {
        const record = door.rollbackProfile(workbench, reference, flags.reason);
        if (flags.json === true) context.printJson(record);
        else context.print(door.renderProfileHistory([record]));
      });
    });

  profile
    .command("canary")
    .description("a challenger beside what is live (promote --canary, --shadow): how both do; accept it or drop it")
    .argument("<profile>", "PROFILE@channel; PROFILE alone means the channel where something is tried")
    .option("--accept", "point the channel at the challenger")
    .option("--drop", "end it; what was live goes on")
    .option("--reason <text>", "kept in the history", "")
    .option("--json", "print as JSON")
    .addHelpText("after", "\nExit code: 0; with --accept 2 when people rated the challenger worse.")
    .action(async (reference: string, { accept, drop, reason, json }: CanaryFlags) => {
      if (accept === true && drop === true) {
        throw new AlleleError({ code: "bad-option", message: "--accept and --drop are opposites", hint: "Give one." });
      }
      await withWorkbench(context, (workbench, door) => {
        const ended =
          accept === true
            ? door.acceptTrial(workbench, reference, reason)
            : drop === true
              ? door.endTrial(workbench, reference, reason)
              : undefined;
        const view = ended ?? door.viewTrial(workbench, reference);
        if (json === true) context.printJson(view);
        else if ("arms" in view) context.print(door.renderTrial(view, context.width));
        else context.print(door.renderProfileHistory([view], context.width));
      });
    });
}

interface CanaryFlags extends JsonFlag {
  readonly accept?: boolean;
  readonly drop?: boolean;
  readonly reason: string;
}
