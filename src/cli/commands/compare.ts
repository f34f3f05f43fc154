import type { Command } from "commander";
import { AlleleError } from "../../base/index.ts";
import { EXIT, type CommandContext } from "../io.ts";
import { startProgress } from "../progress.ts";
import { collect, oneOf, realNumber, wholeNumber, withWorkbench } from "../with-workbench.ts";

interface CompareFlags {
  readonly dataset?: string;
  readonly split: "train" | "validation" | "test";
  readonly repeats: number;
  readonly concurrency?: number;
  readonly plan?: boolean;
  readonly effect?: number;
  readonly power?: number;
  readonly traces?: boolean;
  readonly task?: readonly string[];
  readonly html?: string;
  readonly md?: string;
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
    .description("is B better than A? paired, with interval and test; several B are corrected for their number")
    .argument("<a>", "what is in use: anything that names a genome")
    .argument("<b...>", "what wants its place, one or more")
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
    .option("--traces", "show what both did on tasks that flipped, and where they part")
    .option("--task <id>", "show what both did on this task, repeatable", collect)
    .option("--html <file>", "write one HTML file that opens from disk")
    .option("--md <file>", "write Markdown to this file")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nExit code: 0 better, 3 cannot tell or the same, 4 worse, 5 not one task could be scored on both sides; of several B the best answer counts; with --plan 0.",
    )
    .action(async (a: string, bs: readonly string[], flags: CompareFlags) => {
      if (flags.plan === true) return plan(context, a, bs, flags);
      refusePlanOptions(flags);
      await withWorkbench(context, async (workbench, door) => {
        const progress = startProgress(context);
        try {
          const result = await door.compareSeveral(workbench, {
            ...flags,
            a,
            bs,
            tasks: flags.task,
            signal: context.io.signal,
            onLive: progress.show,
          });
          progress.done();
          for (const form of ["html", "md"] as const) {
            const file = flags[form];
            if (file !== undefined) context.note(`wrote ${door.writeComparison(workbench, result, file, form)}`);
          }
          if (flags.json === true) context.printJson(door.comparisonViewJson(result));
          else context.print(door.renderComparisonView(result, context.width));
          context.exit(exitOf(result.challenges.map(({ comparison }) => comparison)));
        } finally {
          progress.done();
        }
      });
    });
}

/** Of several challengers the best answer counts: 0 as soon as one is better, 4 when all are worse. */
function exitOf(answers: readonly { readonly n: number; readonly verdict: keyof typeof verdictExit }[]): number {
  if (answers.every(({ n }) => n === 0)) return EXIT.outside;
  if (answers.some(({ verdict }) => verdict === "better")) return EXIT.yes;
  return answers.every(({ verdict }) => verdict === "worse") ? EXIT.worse : EXIT.cannotTell;
}

async function plan(context: CommandContext, a: string, bs: readonly string[], flags: CompareFlags): Promise<void> {
  const [b = "", ...others] = bs;
  if (others.length > 0) {
    throw new AlleleError({
      code: "bad-option",
      message: "--plan takes two genomes",
      hint: "Plan for one B at a time.",
    });
  }
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
