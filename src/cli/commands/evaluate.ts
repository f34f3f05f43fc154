import type { Command } from "commander";
import { EXIT, type CommandContext } from "../io.ts";
import { startProgress } from "../progress.ts";
import { contentOption, otlpOption, telemetryOf, type TelemetryFlags } from "../telemetry-option.ts";
import { oneOf, wholeNumber, withWorkbench } from "../with-workbench.ts";

interface EvaluateFlags extends TelemetryFlags {
  readonly genome: string;
  readonly dataset: string;
  readonly split: "train" | "validation" | "test";
  readonly limit?: number;
  readonly repeats: number;
  readonly concurrency?: number;
  readonly json?: boolean;
}

export function registerEvaluate(program: Command, context: CommandContext): void {
  program
    .command("evaluate")
    .description("score one genome on a batch of tasks")
    .requiredOption("-g, --genome <genome>", "genome file or name, run, candidate, hash, PROFILE or PROFILE@channel")
    .requiredOption("-d, --dataset <dataset>", "dataset folder or name")
    .option(
      "-s, --split <split>",
      "train, validation or test (opening test is recorded)",
      oneOf("--split", ["train", "validation", "test"] as const),
      "validation",
    )
    .option("-n, --limit <tasks>", "only the first N tasks of the split", wholeNumber("--limit", 1))
    .option("-r, --repeats <count>", "how often each task is run", wholeNumber("--repeats", 1), 1)
    .option("-c, --concurrency <count>", "rollouts at once", wholeNumber("--concurrency", 1, 1024))
    .option(...otlpOption)
    .option(...contentOption)
    .option("--json", "print the result as JSON")
    .action(async (flags: EvaluateFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const progress = startProgress(context);
        try {
          const result = await door.evaluateGenome(workbench, {
            ...flags,
            telemetry: telemetryOf(flags),
            signal: context.io.signal,
            onLive: progress.show,
          });
          progress.done();
          if (flags.json === true) context.printJson(door.evaluationJson(result));
          else context.print(door.renderEvaluation(result, context.width));
          if (result.n === 0) context.exit(EXIT.outside);
        } finally {
          progress.done();
        }
      });
    });
}
