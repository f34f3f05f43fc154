import { createInterface } from "node:readline";
import type { Command } from "commander";
import type { Workbench } from "../../workbench/index.ts";
import { EXIT, type CommandContext } from "../io.ts";
import { startProgress } from "../progress.ts";
import { contentOption, otlpOption, telemetryOf, type TelemetryFlags } from "../telemetry-option.ts";
import { oneOf, positiveNumber, wholeNumber, withWorkbench, type Door } from "../with-workbench.ts";
import { verdictExit } from "./compare.ts";

interface EvolveFlags extends TelemetryFlags {
  readonly genome?: string;
  readonly describe?: string;
  readonly dataset: string;
  readonly rollouts?: number;
  readonly usd?: number;
  readonly tokens?: number;
  readonly minutes?: number;
  readonly concurrency?: number;
  readonly seed: number;
  readonly lanes?: number;
  readonly name?: string;
  readonly proposer?: "files" | "none";
  readonly dryRun?: boolean;
  readonly headroom?: number | true;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function registerEvolve(program: Command, context: CommandContext): void {
  program
    .command("evolve")
    .description("run an optimization: mutate, evaluate, select, and judge the winner on the sealed test")
    .option("-g, --genome <genome>", "the seed: genome file or name, run, hash, PROFILE or PROFILE@channel")
    .option("--describe <text>", "instead of a seed, what the agent is for: the reflection model writes the seed")
    .requiredOption("-d, --dataset <dataset>", "dataset folder or name")
    .option(
      "--rollouts <count>",
      "budget in rollouts, validation and sealed test included",
      wholeNumber("--rollouts", 1),
    )
    .option("--usd <dollars>", "budget in money, task and reflection together", positiveNumber("--usd"))
    .option("--tokens <count>", "budget in tokens, task and reflection together", wholeNumber("--tokens", 1))
    .option("--minutes <minutes>", "budget in wall-clock minutes", positiveNumber("--minutes"))
    .option(
      "-c, --concurrency <count>",
      "rollouts at once; does not change the result",
      wholeNumber("--concurrency", 1, 1024),
    )
    .option("--seed <number>", "seed of all chance", wholeNumber("--seed", 0), 0)
    .option(
      "--lanes <count>",
      "iterations under way at once (default: search.lanes); part of the run, unlike --concurrency",
      wholeNumber("--lanes", 1, 64),
    )
    .option("--name <name>", "name of the run")
    .option(
      "--proposer <who>",
      "files: a person or an agent proposes (docs/proposer.md); none: only what asks no model; default: the reflection model",
      oneOf("--proposer", ["files", "none"]),
    )
    .option(...otlpOption)
    .option(...contentOption)
    .option("--dry-run", "say what the budget buys and stop")
    .option(
      "--headroom [rollouts]",
      "instead of the run, ask whether it is worth starting: a run in small, with so many rollouts of search (default: 400)",
      wholeNumber("--headroom", 50),
    )
    .option("-y, --yes", "do not ask before spending")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nExit code: 0 better, 3 cannot tell (the seed is kept), 4 worse (the seed is kept), 5 the outside failed, 130 interrupted. With --headroom: 0 worth running, 3 not, or cannot tell.",
    )
    .action(async (flags: EvolveFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const plan = await door.planEvolution(workbench, flags);
        if (flags.dryRun === true) {
          if (flags.json === true) context.printJson(plan.json);
          else context.print(door.renderPlan(plan, context.width));
          return;
        }
        context.note(door.renderPlan(plan, context.width));
        if (flags.yes !== true && !plan.simulated && !(await confirmed(context))) {
          context.note("Nothing was started.");
          context.exit(EXIT.cannotTell);
          return;
        }
        if (flags.headroom !== undefined) {
          await pretest(context, workbench, door, {
            ...flags,
            headroom: flags.headroom === true ? undefined : flags.headroom,
          });
          return;
        }
        const run = await door.startRun(workbench, { ...flags, telemetry: telemetryOf(flags) }, context.io.signal);
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
      wholeNumber("--concurrency", 1, 1024),
    )
    .option(...otlpOption)
    .option(...contentOption)
    .option("--json", "print the result as JSON")
    .action(async (run: string, flags: FollowFlags) => {
      await withWorkbench(context, async (workbench, door) => follow(context, workbench, door, run, flags));
    });

  program
    .command("stop")
    .description("ask a run to stop cleanly; what it found is judged and kept")
    .argument("<run>", "name of the run")
    .action(async (run: string) => {
      await withWorkbench(context, (workbench, door) => {
        const isWorkedOn = door.requestStop(workbench, run);
        context.note(
          isWorkedOn
            ? `Run ${run} will stop at its next step and open the sealed test.`
            : `Nobody works on run ${run}. It will open the sealed test at once when you resume it: allele resume ${run}`,
        );
      });
    });
}

/** Is the run worth starting? */
async function pretest(
  context: CommandContext,
  workbench: Workbench,
  door: Door,
  flags: Omit<EvolveFlags, "headroom"> & { readonly headroom: number | undefined },
): Promise<void> {
  const progress = startProgress(context);
  try {
    const found = await door.testHeadroom(workbench, {
      ...flags,
      telemetry: telemetryOf(flags),
      signal: context.io.signal,
      onLive: progress.show,
    });
    progress.done();
    if (flags.json === true) context.printJson(door.headroomJson(found));
    else context.print(door.renderHeadroom(found, context.width));
    if (found.small.status === "interrupted") context.exit(EXIT.interrupted);
    else if (found.verdict !== "yes") context.exit(EXIT.cannotTell);
  } finally {
    progress.done();
  }
}

interface FollowFlags extends TelemetryFlags {
  readonly concurrency?: number;
  readonly json?: boolean;
}

async function follow(
  context: CommandContext,
  workbench: Workbench,
  door: Door,
  run: string,
  flags: FollowFlags,
): Promise<void> {
  const progress = startProgress(context);
  context.whenInterrupted(
    `Stopping. What was paid for is kept; go on with: allele resume ${run}. Ctrl-C again ends at once.`,
  );
  try {
    const report = await door.continueRun(workbench, run, {
      concurrency: flags.concurrency,
      telemetry: telemetryOf(flags),
      signal: context.io.signal,
      onLive: progress.show,
      onEvent: (line) => context.note(line),
    });
    progress.done();
    if (flags.json === true) context.printJson(door.runReportJson(report));
    else context.print(door.renderRunSummary(report, context.width));
    if (report.status === "interrupted") {
      context.note(`Interrupted. Everything paid for is kept. Continue with: allele resume ${run}`);
      context.exit(EXIT.interrupted);
      return;
    }
    if (flags.json !== true) context.note(door.nextSteps(workbench, report));
    context.exit(report.comparison === undefined ? EXIT.outside : verdictExit[report.comparison.verdict]);
  } finally {
    progress.done();
  }
}

/** Asks a person; where there is none, as in scripts, the command itself is the word. Ctrl-C and the end of the input mean no. */
async function confirmed(context: CommandContext): Promise<boolean> {
  const { stdin, stderr, signal } = context.io;
  if ((stdin as { isTTY?: boolean }).isTTY !== true) return true;
  const terminal = createInterface({ input: stdin, output: stderr });
  const stop = (): void => terminal.close();
  signal.addEventListener("abort", stop);
  try {
    const answer = await new Promise<string>((resolve) => {
      terminal.once("close", () => resolve(""));
      terminal.question("Start? [y/N] ", resolve);
    });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    signal.removeEventListener("abort", stop);
    terminal.close();
  }
}
