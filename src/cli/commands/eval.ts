import type { Command } from "commander";
import type { CommandContext } from "../io.ts";
import { wholeNumber, withWorkbench } from "../with-workbench.ts";

interface ServeFlags {
  readonly genome: string;
  readonly dataset: string;
  readonly port: number;
  readonly host: string;
  readonly concurrency?: number;
  readonly log?: string;
  readonly budget?: number;
  readonly allowTest?: boolean;
}

const local = ["127.0.0.1", "localhost", "::1"];

export function registerEval(program: Command, context: CommandContext): void {
  const group = program.command("eval").description("evaluation for programs outside Allele");

  group
    .command("serve")
    .description("serve evaluation over HTTP: candidate and task ids in, scores and feedback out (docs/eval-server.md)")
    .requiredOption("-g, --genome <genome>", "genome that gives what a candidate leaves out")
    .requiredOption("-d, --dataset <dataset>", "dataset folder or name")
    .option("--port <port>", "port; 0 takes a free one", wholeNumber("--port", 0, 65_535), 8334)
    .option(
      "--host <address>",
      "address to listen on; others than the default can be reached from outside",
      "127.0.0.1",
    )
    .option("-c, --concurrency <count>", "rollouts at once", wholeNumber("--concurrency", 1, 1024))
    .option("--budget <rollouts>", "refuse further evaluations after so many rollouts", wholeNumber("--budget", 1))
    .option("--log <file>", "append a line of JSON for each rollout and candidate")
    .option("--allow-test", "let the sealed test split be opened; every opening is recorded")
    .action(async (flags: ServeFlags) => {
      await withWorkbench(context, async (workbench, door) => {
        if (!local.includes(flags.host)) context.note(`warning: whoever reaches ${flags.host} can spend your rollouts`);
        await door.serveEvaluation(workbench, {
          ...flags,
          allowTest: flags.allowTest === true,
          signal: context.io.signal,
          onListening: (url) => context.print(`listening on ${url}`),
        });
      });
    });
}
