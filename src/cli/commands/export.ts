import type { Command } from "commander";
import { EXIT, type CommandContext } from "../io.ts";
import { oneOf, realNumber, wholeNumber, withWorkbench } from "../with-workbench.ts";

const SPLITS = ["train", "validation", "test"] as const;
type Split = (typeof SPLITS)[number];

const splitOption = [
  "-s, --split <split>",
  "train, validation or test, repeatable (default: train and validation; test is never taken unless named)",
  (text: string, earlier: readonly Split[] = []): readonly Split[] => [...earlier, oneOf("--split", SPLITS)(text)],
] as const;

interface TrainingFlags {
  readonly format: "sft" | "dpo" | "dpo-openai";
  readonly output?: string;
  readonly dataset?: string;
  readonly split?: readonly Split[];
  readonly leastScore: number;
  readonly margin: number;
  readonly perTask: number;
  readonly longest: number;
  readonly by?: "checks" | "people";
  readonly prompt?: string;
}

export function registerExport(program: Command, context: CommandContext): void {
  const command = program.command("export").description("what was measured, for other tools");

  command
    .command("training")
    .description(
      "training data from rollouts and ratings: whole solved conversations, or preference pairs; runs nothing",
    )
    .argument("<sources...>", "runs (all their candidates) and anything else that names a genome")
    .requiredOption(
      "-f, --format <format>",
      "sft (messages), dpo (prompt, chosen, rejected) or dpo-openai (input, preferred_output, non_preferred_output)",
      oneOf("--format", ["sft", "dpo", "dpo-openai"] as const),
    )
    .option("-o, --output <file>", "write to this file, and what the data are to FILE.about.json; else to stdout")
    .option("-d, --dataset <dataset>", "dataset of the tasks (default: the run's)")
    .option(...splitOption)
    .option(
      "--least-score <score>",
      "sft: score of a rollout that may be learned from",
      realNumber("--least-score", 0, 1),
      1,
    )
    .option(
      "--margin <difference>",
      "dpo: by how much the chosen answer scores higher",
      realNumber("--margin", 0.01, 1),
      0.5,
    )
    .option("--per-task <count>", "examples or pairs of a task at most", wholeNumber("--per-task", 1), 1)
    .option("--longest <characters>", "leave longer lines out", wholeNumber("--longest", 100), 200_000)
    .option(
      "--by <whom>",
      "whose word counts, checks or people (default: people where they rated a rollout, else checks)",
      oneOf("--by", ["checks", "people"] as const),
    )
    .option(
      "--prompt <genome>",
      "give every line the prompt of this genome (default: the one the answer was given under)",
    )
    .addHelpText("after", "\nExit code: 0 written, 3 nothing was good enough, or different enough, to be written.")
    .action(async (sources: readonly string[], { split, output, ...flags }: TrainingFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const made = await door.exportTraining(workbench, { ...flags, sources, splits: split });
        if (made.lines.length === 0) context.exit(EXIT.cannotTell);
        else if (output === undefined) context.print(made.lines.join("\n"));
        else context.note(`wrote ${door.saveTraining(workbench, made, output).join(" and ")}`);
        context.note(door.renderTraining(made));
      });
    });

  command
    .command("agent")
    .description("an agent, and the tasks it is for, in the form of another tool; says what cannot be carried over")
    .argument("<genome>", "anything that names a genome")
    .requiredOption(
      "-f, --format <format>",
      "promptfoo (configuration with tests), openai-evals (samples and registry), gepa (candidate) or ax (optimized program)",
      oneOf("--format", ["promptfoo", "openai-evals", "gepa", "ax"] as const),
    )
    .requiredOption("-o, --output <folder>", "folder to write into")
    .option("-d, --dataset <dataset>", "whose tasks and tools (default: those it comes from)")
    .option(...splitOption)
    .action(async (genome: string, { split, output, ...flags }: AgentFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const made = await door.exportAgent(workbench, { ...flags, genome, splits: split });
        context.note(`wrote ${door.saveAgentExport(workbench, made, output).join(" and ")}`);
        context.note(made.notes.join("\n"));
      });
    });

  command
    .command("mlflow")
    .description("a run into an MLflow tracking server: parameters, figures, how validation rose; no prompts")
    .argument("<run>", "name of the run; the same run fills the same MLflow run again")
    .option("--to <address>", "the server (default: MLFLOW_TRACKING_URI); credentials come from MLflow's own variables")
    .option("--experiment <name>", "name of the experiment, made where there is none", "allele")
    .option("--json", "print the ids as JSON")
    .action(async (run: string, { to, experiment, json }: TrackingFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const tracked = await door.trackRun(workbench, { run, server: to, experiment });
        if (json === true) context.printJson(tracked);
        else context.print(door.renderTracked(tracked));
      });
    });
}

interface TrackingFlags {
  readonly to?: string;
  readonly experiment: string;
  readonly json?: boolean;
}

interface AgentFlags {
  readonly format: "promptfoo" | "openai-evals" | "gepa" | "ax";
  readonly output: string;
  readonly dataset?: string;
  readonly split?: readonly Split[];
}
