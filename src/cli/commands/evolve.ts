import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import type { Workbench } from "../../workbench/index.ts";
import { EXIT, type CommandContext } from "../io.ts";
import { startProgress } from "../progress.ts";
import { realNumber, wholeNumber, withWorkbench, type Door } from "../with-workbench.ts";
import { verdictExit } from "./compare.ts";

interface EvolveFlags {
  readonly genome: string;
  readonly dataset: string;
  readonly rollouts?: number;
  readonly usd?: number;
  readonly tokens?: number;
  readonly minutes?: number;
  readonly concurrency?: number;
  readonly seed: number;
  readonly name?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function registerEvolve(program: Command, context: CommandContext): void {
  program
    .command("evolve")
    .description("run an optimization: mutate, evaluate, select, and judge the winner on the sealed test")
    .requiredOption("-g, --genome <genome>", "the seed: genome file or name, run, hash, PROFILE or PROFILE@channel")
    .requiredOption("-d, --dataset <dataset>", "dataset folder or name")
    .option(
      "--rollouts <count>",
      "budget in rollouts, validation and sealed test included",
      wholeNumber("--rollouts", 1),
    )
    .option("--usd <dollars>", "budget in money, task and reflection together", realNumber("--usd", 0))
    .option("--tokens <count>", "budget in tokens, task and reflection together", wholeNumber("--tokens", 1))
    .option("--minutes <minutes>", "budget in wall-clock minutes", realNumber("--minutes", 0))
    .option(
      "-c, --concurrency <count>",
      "rollouts at once; does not change the result",
      wholeNumber("--concurrency", 1),
    )
    .option("--seed <number>", "seed of all chance", wholeNumber("--seed", 0), 0)
    .option("--name <name>", "name of the run")
    .option("--dry-run", "say what the budget buys and stop")
    .option("-y, --yes", "do not ask before spending")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nExit code: 0 better, 3 cannot tell (the seed is kept), 4 worse (the seed is kept), 130 interrupted.",
    )
    .action(async (flags: EvolveFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const plan = await door.planEvolution(workbench, flags);
        if (flags.dryRun === true) {
          if (flags.json === true) context.printJson(plan.json);
          else context.print(plan.text);
          return;
        }
        context.note(plan.text);
        if (flags.yes !== true && !plan.simulated && !(await confirmed(context))) {
          context.note("Nothing was started.");
          return;
        }
        const run = await door.startRun(workbench, flags);
        await follow(context, workbench, door, run, flags);
      });
    });

  program
    .command("resume")
    .description("continue a run exactly where it was")
    .argument("<run>", "name of the run")
    .option(
      "-c, --concurrency <count>",
      "rollouts at once; does not change the result",
      wholeNumber("--concurrency", 1),
    )
    .option("--json", "print the result as JSON")
    .action(async (run: string, flags: { readonly concurrency?: number; readonly json?: boolean }) => {
      await withWorkbench(context, async (workbench, door) => follow(context, workbench, door, run, flags));
    });

  program
    .command("stop")
    .description("ask a run to stop cleanly; what it found is judged and kept")
    .argument("<run>", "name of the run")
    .action(async (run: string) => {
      await withWorkbench(context, (workbench, door) => {
        door.requestStop(workbench, run);
        context.note(`Run ${run} will stop at its next step and open the sealed test.`);
      });
    });
}

async function follow(
  context: CommandContext,
  workbench: Workbench,
  door: Door,
  run: string,
  flags: { readonly concurrency?: number; readonly json?: boolean },
): Promise<void> {
  const progress = startProgress(context);
  try {
    const report = await door.continueRun(workbench, run, {
      concurrency: flags.concurrency,
      signal: context.io.signal,
      onProgress: progress.update,
      onEvent: (line) => {
        progress.done();
        context.note(line);
      },
    });
    progress.done();
    if (flags.json === true) context.printJson(door.runReportJson(report));
    else context.print(door.renderRunSummary(report));
    if (report.status === "interrupted") {
      context.note(`Interrupted. Everything paid for is kept. Continue with: allele resume ${run}`);
      context.exit(EXIT.interrupted);
      return;
    }
    if (flags.json !== true) context.note(door.nextSteps(report));
    context.exit(report.comparison === undefined ? EXIT.outside : verdictExit[report.comparison.verdict]);
  } finally {
    progress.done();
  }
}

async function confirmed(context: CommandContext): Promise<boolean> {
  const { stdin, stderr } = context.io;
  if ((stdin as { isTTY?: boolean }).isTTY !== true) return true;
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await terminal.question("Start? [y/N] ", { signal: context.io.signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
