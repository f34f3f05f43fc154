import type { Command } from "commander";
import type { CommandContext } from "../io.ts";
import { wholeNumber, withWorkbench } from "../with-workbench.ts";

export function registerServe(program: Command, context: CommandContext): void {
  program
    .command("serve")
    .description("serve the dashboard: runs live, reports, genomes, datasets, profiles, chat (docs/dashboard.md)")
    .option("--port <port>", "port; 0 takes a free one", wholeNumber("--port", 0, 65_535), 8335)
    .option(
      "--host <address>",
      "address to listen on; others than this machine's can be reached from outside and need the token that is printed",
      "127.0.0.1",
    )
    .action(async (flags: { readonly port: number; readonly host: string }) => {
      await withWorkbench(context, async (workbench) => {
        const { faces, signal } = context.io;
        if (faces === undefined) throw new Error("this program brings no dashboard");
        context.whenInterrupted("Ending: runs that were started in the dashboard are interrupted and can be resumed.");
        await faces.serveDashboard(workbench, {
          ...flags,
          signal,
          onListening: (url) => context.print(`listening on ${url}`),
          onNote: (line) => context.note(line),
        });
      });
    });
}
