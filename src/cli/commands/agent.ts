import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import type { Session } from "../../live/index.ts";
import type { Workbench } from "../../workbench/index.ts";
import { AlleleError } from "../../base/index.ts";
import { describeFailure } from "../failure.ts";
import { EXIT, type CommandContext } from "../io.ts";
import { withWorkbench, type Door } from "../with-workbench.ts";

interface AgentFlags {
  readonly profile: string;
  readonly dataset?: string;
  readonly json?: boolean;
}

export function registerAgent(program: Command, context: CommandContext): void {
  const agent = program.command("agent").description("the live agent");

  agent
    .command("run")
    .description("answer one question with what is live")
    .requiredOption("-p, --profile <profile>", "PROFILE or PROFILE@channel; any other genome reference works too")
    .option("-d, --dataset <dataset>", "whose tools and world to use (default: the one it was promoted on)")
    .option("--json", "print answer, steps and usage as JSON")
    .argument("<question...>", "what to ask")
    .action(async (question: readonly string[], flags: AgentFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const session = await openSession(workbench, door, flags);
        try {
          const trace = await session.ask(question.join(" "), { signal: context.io.signal });
          if (flags.json === true) context.printJson({ genome: session.genome, ...trace });
          else context.print(trace.answer);
          context.note(door.usageLine(session.genome, trace));
          if (trace.answer === "") context.exit(EXIT.cannotTell);
        } finally {
          session.close();
        }
      });
    })
    .addHelpText(
      "after",
      "\nExit code: 0 answered, 3 a limit was reached before there was an answer, 5 the model failed.",
    );

  agent
    .command("chat")
    .description("talk to what is live; each new session reads the profile again")
    .requiredOption("-p, --profile <profile>", "PROFILE or PROFILE@channel; any other genome reference works too")
    .option("-d, --dataset <dataset>", "whose tools and world to use (default: the one it was promoted on)")
    .action(async (flags: AgentFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const { stdin, stderr, signal } = context.io;
        const session = await openSession(workbench, door, flags);
        const terminal = createInterface({ input: stdin, output: stderr, prompt: "you> " });
        const stop = (): void => terminal.close();
        signal.addEventListener("abort", stop);
        context.note(`Talking to ${flags.profile} (${session.genome}). An empty line or Ctrl-D ends the session.`);
        try {
          terminal.prompt();
          for await (const line of terminal) {
            if (line.trim() === "") break;
            await takeTurn(context, door, session, line);
            terminal.prompt();
          }
        } finally {
          signal.removeEventListener("abort", stop);
          terminal.close();
          session.close();
        }
      });
    });
}

/** A call that failed outside ends the turn, not the conversation; the exit code tells of it. */
async function takeTurn(context: CommandContext, door: Door, session: Session, line: string): Promise<void> {
  try {
    const trace = await session.ask(line, { signal: context.io.signal });
    context.print(trace.answer);
    context.note(door.usageLine(session.genome, trace));
  } catch (error) {
    if (!(error instanceof AlleleError && error.kind === "outside")) throw error;
    context.note(describeFailure(error, false));
    context.exit(EXIT.outside);
  }
}

async function openSession(workbench: Workbench, door: Door, flags: AgentFlags): Promise<Session> {
  const { startSession } = await import("../../live/index.ts");
  return startSession(await door.sessionParts(workbench, flags.profile, flags.dataset));
}
