import type { Command } from "commander";
import { AlleleError } from "../../base/index.ts";
import { EXIT, type CommandContext } from "../io.ts";
import { startProgress } from "../progress.ts";
import { oneOf, wholeNumber, withWorkbench } from "../with-workbench.ts";

interface JsonFlag {
  readonly json?: boolean;
}

interface CreateFlags {
  readonly describe?: string;
  readonly system?: string;
  readonly dataset?: string;
}

interface LogFlags extends JsonFlag {
  readonly scores?: boolean;
  readonly run?: boolean;
  readonly dataset?: string;
  readonly split?: "train" | "validation" | "test";
  readonly concurrency?: number;
  readonly html?: string;
}

export function registerGenome(program: Command, context: CommandContext): void {
  const genome = program.command("genome").description("versions of an agent and their lineage");

  genome
    .command("show")
    .description("print a genome")
    .argument("<genome>", "anything that names a genome")
    .option("--json", "print as JSON")
    .option("-o, --output <file>", "write it as a genome file (comments of an existing file are kept)")
    .action(async (reference: string, flags: JsonFlag & { readonly output?: string }) => {
      await withWorkbench(context, (workbench, door) => {
        if (flags.output !== undefined) context.note(`wrote ${door.saveGenome(workbench, reference, flags.output)}`);
        else if (flags.json === true) context.printJson(door.genomeJson(workbench, reference));
        else context.print(door.renderGenome(workbench, reference));
      });
    });

  genome
    .command("diff")
    .description("gene by gene, from A to B")
    .argument("<a>", "anything that names a genome")
    .argument("<b>", "anything that names a genome")
    .option("--json", "print as JSON")
    .action(async (a: string, b: string, flags: JsonFlag) => {
      await withWorkbench(context, (workbench, door) => {
        if (flags.json === true) context.printJson(door.genomeDiff(workbench, a, b));
        else context.print(door.renderGenomeDiff(workbench, a, b));
      });
    });

  genome
    .command("log")
    .description("a genome and its ancestors, newest first; with --scores how they did on the same tasks, oldest first")
    .argument("<genome>", "anything that names a genome")
    .option("--scores", "what is known of their scores: gains over the first, paired, with intervals")
    .option("--run", "with --scores: measure what is missing")
    .option("-d, --dataset <dataset>", "with --scores: dataset folder or name (default: the one of its run)")
    .option(
      "-s, --split <split>",
      "with --scores: train, validation or test (with --run, opening test is recorded; default: validation)",
      oneOf("--split", ["train", "validation", "test"] as const),
    )
    .option("-c, --concurrency <count>", "with --run: rollouts at once", wholeNumber("--concurrency", 1, 1024))
    .option("--html <file>", "with --scores: write one HTML file that opens from disk")
    .option("--json", "print as JSON")
    .action(async (reference: string, flags: LogFlags) => {
      if (flags.scores === true) return logWithScores(context, reference, flags);
      refuseScoreOptions(flags);
      await withWorkbench(context, (workbench, door) => {
        const rows = door.genomeLog(workbench, reference);
        if (flags.json === true) context.printJson(rows);
        else context.print(door.renderGenomeLog(rows, context.width));
      });
    });

  genome
    .command("tree")
    .description("the candidates of a run as a tree")
    .argument("<run>", "name of the run")
    .option("--json", "print as JSON")
    .action(async (run: string, flags: JsonFlag) => {
      await withWorkbench(context, (workbench, door) => {
        if (flags.json === true) context.printJson(door.reportRun(workbench, run).candidates);
        else context.print(door.renderTree(door.reportRun(workbench, run), context.width));
      });
    });

  genome
    .command("create")
    .description(
      "write a first genome: from a description (the reflection model is asked once) or around a prompt you have",
    )
    .argument("<name>", "kebab-case name; the file is NAME.yaml in the folder of genomes")
    .option("--describe <text>", "what the agent is for and what a good answer is")
    .option("--system <file>", "a system prompt or skill file to begin with, taken as it is; no model is asked")
    .option(
      "-d, --dataset <dataset>",
      "add the tools of this dataset; the model sees them and up to three training inputs",
    )
    .option("--json", "print what was written as JSON")
    .action(async (name: string, flags: JsonFlag & CreateFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const created = await door.createGenome(workbench, { name, ...flags, signal: context.io.signal });
        if (flags.json === true) context.printJson(door.createdJson(created));
        else context.note(door.renderCreated(created, flags.dataset));
      });
    });

  genome
    .command("validate")
    .description("check a genome file; with a dataset also its tool names")
    .argument("<genome...>", "genome files or names")
    .option("-d, --dataset <dataset>", "check tool names against this dataset")
    .action(async (references: readonly string[], flags: { readonly dataset?: string }) => {
      await withWorkbench(context, async (workbench, door) => {
        for (const reference of references) {
          context.print(await door.validateGenome(workbench, reference, flags.dataset));
        }
        context.exit(EXIT.yes);
      });
    });
}

async function logWithScores(context: CommandContext, genome: string, flags: LogFlags): Promise<void> {
  const { json, html, split = "validation", ...options } = flags;
  await withWorkbench(context, async (workbench, door) => {
    const progress = startProgress(context);
    try {
      const { signal } = context.io;
      const view = await door.versionTrend(workbench, { ...options, genome, split, signal, onLive: progress.show });
      progress.done();
      if (html !== undefined) context.note(`wrote ${door.writeVersionTrend(workbench, view, html)}`);
      if (json === true) context.printJson(door.versionTrendJson(view));
      else context.print(door.renderVersionTrend(view, context.width));
    } finally {
      progress.done();
    }
  });
}

const plainOptions = new Set(["scores", "json"]);

function refuseScoreOptions(flags: LogFlags): void {
  const option = Object.keys(flags).find((name) => !plainOptions.has(name));
  if (option === undefined) return;
  throw new AlleleError({
    code: "bad-option",
    message: `--${option} is for scores`,
    hint: "Add --scores.",
  });
}
