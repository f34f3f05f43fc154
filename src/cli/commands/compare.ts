import type { Command } from "commander";
import { AlleleError } from "../../base/index.ts";
import { EXIT, type CommandContext } from "../io.ts";
import { startProgress } from "../progress.ts";
import { oneOf, realNumber, wholeNumber, withWorkbench } from "../with-workbench.ts";

interface CompareFlags {
  readonly dataset?: string;
  readonly split: "train" | "validation" | "test";
  readonly repeats: number;
  readonly concurrency?: number;
  readonly plan?: boolean;
  readonly effect?: number;
  readonly power?: number;
  readonly json?: boolean;
}

/** The exit code that answers "is B better than A?". */
export const verdictExit = {
  better: EXIT.yes,
  same: EXIT.cannotTell,
  "cannot-tell": EXIT.cannotTell,
  worse: EXIT.worse,
} as const;

export function registerCompare(program: Command, context: CommandContext): void {
  program
    .command("compare")
    .description("is B better than A? paired, with interval and test")
    .argument("<a>", "what is in use: anything that names a genome")
    .argument("<b>", "what wants its place")
    .option("-d, --dataset <dataset>", "dataset folder or name (default: the one of the run that A or B comes from)")
    .option(
      "-s, --split <split>",
      "train, validation or test (opening test is recorded)",
      oneOf("--split", ["train", "validation", "test"] as const),
      "validation",
    )
    .option("-r, --repeats <count>", "how often each task is run", wholeNumber("--repeats", 1), 1)
    .option("-c, --concurrency <count>", "rollouts at once", wholeNumber("--concurrency", 1, 1024))
    .option("--plan", "run nothing; say how many tasks or repeats a difference of a wanted size needs")
    .option(
      "--effect <difference>",
      "with --plan: the difference that must not be missed (default: 0.05)",
      realNumber("--effect", 0.005, 1),
    )
    .option(
      "--power <probability>",
      "with --plan: how surely it shall be found (default: 0.8)",
      realNumber("--power", 0.05, 0.999),
    )
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nExit code: 0 better, 3 cannot tell or the same, 4 worse, 5 not one task could be scored on both sides; with --plan 0.",
    )
    .action(async (a: string, b: string, flags: CompareFlags) => {
      if (flags.plan === true) return plan(context, a, b, flags);
      refusePlanOptions(flags);
      await withWorkbench(context, async (workbench, door) => {
        const progress = startProgress(context);
        try {
          const result = await door.compareGenomes(workbench, {
            ...flags,
            a,
            b,
            signal: context.io.signal,
            onLive: progress.show,
          });
          progress.done();
          if (flags.json === true) context.printJson(door.comparisonResultJson(result));
          else context.print(door.renderComparison(result));
          const { n, verdict } = result.comparison;
          context.exit(n === 0 ? EXIT.outside : verdictExit[verdict]);
        } finally {
          progress.done();
        }
      });
    });
}

async function plan(context: CommandContext, a: string, b: string, flags: CompareFlags): Promise<void> {
  await withWorkbench(context, async (workbench, door) => {
    const { dataset, split, effect = 0.05, power = 0.8 } = flags;
    const result = await door.planComparison(workbench, { a, b, dataset, split, effect, power });
    if (flags.json === true) context.printJson(door.comparisonPlanJson(result));
    else context.print(door.renderComparisonPlan(result));
  });
}

function refusePlanOptions({ effect, power }: CompareFlags): void {
  if (effect === undefined && power === undefined) return;
  throw new AlleleError({
    code: "bad-option",
    message: `${effect === undefined ? "--power" : "--effect"} is for planning`,
    hint: "Add --plan.",
  });
}
