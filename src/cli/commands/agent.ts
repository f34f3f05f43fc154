import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import type { LiveSession, Session } from "../../live/index.ts";
import type { PreparedSession, Workbench } from "../../workbench/index.ts";
import { AlleleError } from "../../base/index.ts";
import { describeFailure } from "../failure.ts";
import { EXIT, type CommandContext } from "../io.ts";
import { oneOf, realNumber, withWorkbench, type Door } from "../with-workbench.ts";

interface AgentFlags {
  readonly profile: string;
  readonly dataset?: string;
  readonly session?: string;
  readonly json?: boolean;
}

export function registerAgent(program: Command, context: CommandContext): void {
  const agent = program.command("agent").description("the live agent");

  agent
    .command("run")
    .description("answer one question with what is live")
    .requiredOption("-p, --profile <profile>", "PROFILE or PROFILE@channel; any other genome reference works too")
    .option("-d, --dataset <dataset>", "whose tools and world to use (default: the one it was promoted on)")
    .option(...sessionOption)
    .option("--json", "print answer, steps and usage as JSON")
    .argument("<question...>", "what to ask")
    .action(async (question: readonly string[], flags: AgentFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const { session, prepared } = await open(workbench, door, flags);
        try {
          const trace = await session.ask(question.join(" "), { signal: context.io.signal });
          const { session: name, arm } = prepared.trial ?? {};
          if (flags.json === true) context.printJson({ genome: session.genome, session: name, arm, ...trace });
          else context.print(trace.answer);
          context.note(door.usageLine(session.genome, trace));
          tellArm(context, door, prepared);
          if (trace.answer === "") context.exit(EXIT.cannotTell);
        } finally {
          await session.finish();
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
    .option(...sessionOption)
    .action(async (flags: AgentFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        const { stdin, stderr, signal } = context.io;
        const { session, prepared } = await open(workbench, door, flags);
        const terminal = createInterface({ input: stdin, output: stderr, prompt: "you> " });
        const stop = (): void => terminal.close();
        signal.addEventListener("abort", stop);
        context.note(`Talking to ${flags.profile} (${session.genome}). An empty line or Ctrl-D ends the session.`);
        tellArm(context, door, prepared);
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
          await session.finish();
          session.close();
        }
      });
    });

  agent
    .command("rate")
    .description(
      "say how good a session was that was kept while a challenger is tried; the last word of an author stands",
    )
    .argument("<session>", "name of the session, as agent run and agent chat say it")
    .option("--good", "it was right: score 1")
    .option("--bad", "it was wrong: score 0")
    .option("--score <score>", "anything between, from 0 to 1", realNumber("--score", 0, 1))
    .option("--comment <text>", "anything else")
    .option("--author <name>", "who says so (default: the user)")
    .option(
      "--arm <arm>",
      "of a shadow's session: whose answers, incumbent or challenger (default: those that were given)",
      oneOf("--arm", ["incumbent", "challenger"] as const),
    )
    .option("--json", "print what was kept as JSON")
    .action(async (session: string, { good, bad, score, json, ...rest }: RateFlags) => {
      const given = [good === true ? 1 : undefined, bad === true ? 0 : undefined, score].filter(
        (one) => one !== undefined,
      );
      const [only, ...others] = given;
      if (only === undefined || others.length > 0) {
        throw new AlleleError({
          code: "bad-option",
          message: "a rating is one of --good, --bad and --score",
          hint: "Give one of them.",
        });
      }
      await withWorkbench(context, (workbench, door) => {
        const rating = door.rateSession(workbench, session, { ...rest, score: only });
        if (json === true) context.printJson(rating);
        else context.print(door.renderSessionRating(rating));
      });
    });
}

const sessionOption = [
  "--session <name>",
  "a name for the session, such as that of the person who asks: while a challenger is tried, one name is always answered by the same one",
] as const;

interface RateFlags {
  readonly good?: boolean;
  readonly bad?: boolean;
  readonly score?: number;
  readonly comment?: string;
  readonly author?: string;
  readonly arm?: "incumbent" | "challenger";
  readonly json?: boolean;
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

async function open(
  workbench: Workbench,
  door: Door,
  { profile, dataset, session }: AgentFlags,
): Promise<{ readonly session: LiveSession; readonly prepared: PreparedSession }> {
  const { openSession } = await import("../../live/index.ts");
  const prepared = await door.prepareSession(workbench, profile, { dataset, session });
  return { session: openSession(prepared), prepared };
}

function tellArm(context: CommandContext, door: Door, prepared: PreparedSession): void {
  const line = door.sessionLine(prepared);
  if (line !== undefined) context.note(line);
}
