import type { Command } from "commander";
import { EXIT, type CommandContext } from "../io.ts";
import { startProgress } from "../progress.ts";
import { realNumber, withWorkbench } from "../with-workbench.ts";

interface PromoteFlags {
  readonly profile: string;
  readonly channel?: string;
  readonly against?: string;
  readonly dataset?: string;
  readonly approve?: boolean;
  readonly dryRun?: boolean;
  readonly canary?: number;
  readonly shadow?: boolean;
  readonly json?: boolean;
}

export function registerPromote(program: Command, context: CommandContext): void {
  program
    .command("promote")
    .description("check the gates on the sealed test; when they pass, point a profile at the genome")
    .argument("<genome>", "run (its winner) or anything that names a genome")
    .requiredOption("-p, --profile <profile>", "the live configuration: PROFILE or PROFILE@channel")
    .option("-C, --channel <channel>", "dev, staging or prod (default: dev)")
    .option("--against <genome>", "what it must beat (default: what is live there, else the run's seed)")
    .option("-d, --dataset <dataset>", "dataset folder or name (default: the run's)")
    .option("--approve", "give the approval that the channel prod asks for")
    .option(
      "--canary <share>",
      "have it answer this share of new sessions beside what is live",
      realNumber("--canary", 0, 1),
    )
    .option("--shadow", "have it work on every session too, answering nobody and changing nothing")
    .option("--dry-run", "check the gates, change nothing")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nExit code: 0 promoted or tried (with --dry-run: all gates passed), 3 a gate refused, 4 worse.",
    )
    .action(async (reference: string, flags: PromoteFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const progress = startProgress(context);
        try {
          const result = await door.promoteGenome(workbench, {
            ...flags,
            genome: reference,
            signal: context.io.signal,
            onLive: progress.show,
          });
          progress.done();
          if (flags.json === true) context.printJson(door.promotionJson(result));
          else context.print(door.renderPromotion(result, context.width));
          context.exit(result.passed ? EXIT.yes : result.verdict === "worse" ? EXIT.worse : EXIT.cannotTell);
        } finally {
          progress.done();
        }
      });
    });
}
