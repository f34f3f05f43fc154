import type { Command } from "commander";
import { AlleleError } from "../../base/index.ts";
import { EXIT, type CommandContext } from "../io.ts";
import { oneOf, realNumber, wholeNumber, withWorkbench } from "../with-workbench.ts";

interface RateFlags {
  readonly good?: boolean;
  readonly bad?: boolean;
  readonly score?: number;
  readonly answer?: string;
  readonly comment?: string;
  readonly author?: string;
  readonly repeat?: number;
  readonly dataset?: string;
  readonly json?: boolean;
}

interface FilterFlags {
  readonly dataset?: string;
  readonly run?: string;
  readonly disagreements?: boolean;
  readonly json?: boolean;
}

export function registerLabels(program: Command, context: CommandContext): void {
  program
    .command("rate")
    .description("say how good an answer was, what would have been right, or a comment; nothing is run")
    .argument("<run>", "run (its winner), RUN#candidate, or anything that names a genome")
    .argument("<task>", "id of the task")
    .option("--good", "the answer is right: score 1")
    .option("--bad", "the answer is wrong: score 0")
    .option("--score <score>", "anything between, from 0 to 1", realNumber("--score", 0, 1))
    .option("--answer <text>", "the answer that would have been right; `labels export` makes a check of it")
    .option("--comment <text>", "anything else")
    .option("--author <name>", "who says so (default: the user)")
    .option("--repeat <number>", "which repeat of the task (default: the newest rollout)", wholeNumber("--repeat", 0))
    .option("-d, --dataset <dataset>", "dataset of the task, where no run is named")
    .option("--json", "print what was kept as JSON")
    .action(async (genome: string, task: string, flags: RateFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const { answer, comment, author, repeat, dataset } = flags;
        const opinion = { score: scoreOf(flags), answer, comment, author };
        const rating = await door.rateRollout(workbench, { genome, task, repeat, dataset }, opinion);
        if (flags.json === true) context.printJson(rating);
        else context.print(door.renderRating(rating));
      });
    });

  const labels = program.command("labels").description("what people said of answers, and how judges compare with it");

  labels
    .command("list")
    .description("rated rollouts, the last one spoken of first")
    .option("-d, --dataset <name>", "only those of this dataset")
    .option("-r, --run <run>", "only what candidates of this run did")
    .option("--disagreements", "only where people disagree with the checks or with each other")
    .option("--json", "print as JSON")
    .action(async ({ json, ...filter }: FilterFlags) => {
      await withWorkbench(context, (workbench, door) => {
        const rows = door.listLabels(workbench, filter);
        if (json === true) context.printJson(rows);
        else context.print(door.renderLabels(rows, context.width));
      });
    });

  labels
    .command("export")
    .description("labelled answers as checks: lines of a tasks.jsonl")
    .argument("<dataset>", "dataset folder or name")
    .option("-o, --output <file>", "write to this file instead of stdout")
    .option(
      "--check <type>",
      "equals, contains or token_f1",
      oneOf("--check", ["equals", "contains", "token_f1"] as const),
      "equals",
    )
    .action(
      async (
        reference: string,
        flags: { readonly output?: string; readonly check: "equals" | "contains" | "token_f1" },
      ) => {
        await withWorkbench(context, async (workbench, door) => {
          const exported = await door.exportLabels(workbench, reference, { check: flags.check });
          if (flags.output === undefined) context.print(exported.lines.join("\n"));
          else context.note(`wrote ${door.saveLabels(workbench, exported, flags.output)}`);
          context.note(door.renderLabelExport(exported));
          if (exported.lines.length === 0) context.exit(EXIT.cannotTell);
        });
      },
    )
    .addHelpText("after", "\nExit code: 0 written, 3 people do not agree on a single task.");

  labels
    .command("calibrate")
    .description(
      "how far judges agree with people: kappa, kindness, drift, length; with --pairs also whether the order moves them",
    )
    .option("-d, --dataset <dataset>", "only answers of this dataset")
    .option("-r, --run <run>", "only what candidates of this run did")
    .option(
      "--pairs <count>",
      "ask models.judge about so many pairs of rated answers, in both orders",
      wholeNumber("--pairs", 1),
    )
    .option("--json", "print as JSON")
    .addHelpText("after", "\nExit code: 0 every judge agrees with people more than chance does, 3 one is not shown to.")
    .action(async ({ json, pairs: most, ...filter }: FilterFlags & { readonly pairs?: number }) => {
      if (most !== undefined && filter.dataset === undefined) {
        throw new AlleleError({
          code: "bad-option",
          message: "--pairs needs --dataset",
          hint: "Tasks hold what was asked.",
        });
      }
      await withWorkbench(context, async (workbench, door) => {
        const rows = door.calibrateJudges(workbench, filter);
        const pairs =
          most === undefined || filter.dataset === undefined
            ? undefined
            : await door.calibratePairs(workbench, { dataset: filter.dataset, most, signal: context.io.signal });
        if (json === true) context.printJson({ judges: rows, pairs: pairs ?? null });
        else context.print(door.renderCalibration(rows, pairs, context.width));
        if (rows.length === 0 || rows.some(({ kappa, interval }) => kappa === null || interval[0] <= 0)) {
          context.exit(EXIT.cannotTell);
        }
      });
    });
}

function scoreOf({ good, bad, score }: RateFlags): number | undefined {
  const given = [good === true ? 1 : undefined, bad === true ? 0 : undefined, score].filter((one) => one !== undefined);
  if (given.length <= 1) return given[0];
  throw new AlleleError({
    code: "bad-option",
    message: "--good, --bad and --score say the same thing in different words",
    hint: "Give one of them.",
  });
}
