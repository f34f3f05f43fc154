import { Command, CommanderError } from "commander";
import { plainText } from "../base/index.ts";
import { registerAgent } from "./commands/agent.ts";
import { registerCompare } from "./commands/compare.ts";
import { registerDataset } from "./commands/dataset.ts";
import { registerEval } from "./commands/eval.ts";
import { registerEvaluate } from "./commands/evaluate.ts";
import { registerEvolve } from "./commands/evolve.ts";
import { registerExport } from "./commands/export.ts";
import { registerGenome } from "./commands/genome.ts";
import { registerLabels } from "./commands/labels.ts";
import { registerModels } from "./commands/models.ts";
import { registerProfile } from "./commands/profile.ts";
import { registerPromote } from "./commands/promote.ts";
import { registerReplay } from "./commands/replay.ts";
import { registerRuns } from "./commands/runs.ts";
import { registerServe } from "./commands/serve.ts";
import { registerSetUp } from "./commands/set-up.ts";
import { registerSteer } from "./commands/steer.ts";
import { registerSimulated } from "./commands/simulated.ts";
import { describeFailure, exitCodeOf } from "./failure.ts";
import { EXIT, makeContext, type CommandContext, type Io } from "./io.ts";
import { VERSION } from "./version.ts";

/** All commands, in the order in which `--help` shows them. */
const registrations: readonly ((program: Command, context: CommandContext) => void)[] = [
  registerSetUp,
  registerEvaluate,
  registerEvolve,
  registerSteer,
  registerRuns,
  registerCompare,
  registerGenome,
  registerDataset,
  registerReplay,
  registerLabels,
  registerExport,
  registerPromote,
  registerProfile,
  registerAgent,
  registerServe,
  registerEval,
  registerSimulated,
  registerModels,
];

/** The command tree with its help texts; documentation is written from it. */
export function buildProgram(context: CommandContext): Command {
  const program = new Command("allele")
    .description("Evolves agents and proves the gain.")
    .version(VERSION, "--version", "print the version")
    .option("--debug", "show stacks of errors")
    .showHelpAfterError("(see --help)")
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.io.stdout.write(text),
      writeErr: (text) => context.io.stderr.write(text),
    });
  for (const register of registrations) register(program, context);
  inherit(program);
  return program;
}

/** Runs one command line and answers the exit code. Never throws. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.yes;
  const program = buildProgram(makeContext(io, (code) => (exitCode = code)));
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.yes : EXIT.badInput;
    io.stderr.write(`${plainText(describeFailure(error, argv.includes("--debug")))}\n`);
    return exitCodeOf(error);
  }
}

/** Commander copies these settings only to commands made with `.command()` after they were set; groups need them too. */
function inherit(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inherit(child);
  }
}
