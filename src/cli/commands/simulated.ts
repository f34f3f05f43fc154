import type { Command } from "commander";
import type { CommandContext } from "../io.ts";
import { realNumber, wholeNumber } from "../with-workbench.ts";

interface ServeFlags {
  readonly port: number;
  readonly latency: number;
  readonly concurrency?: number;
  readonly faultRate: number;
  readonly seed: number;
}

export function registerSimulated(program: Command, context: CommandContext): void {
  const simulated = program.command("sim").description("the simulated model");

  simulated
    .command("serve")
    .description("serve the simulated model as an OpenAI-compatible endpoint on this machine")
    .option("--port <port>", "port on 127.0.0.1; 0 takes a free one", wholeNumber("--port", 0, 65_535), 8333)
    .option("--latency <ms>", "milliseconds added to each call", realNumber("--latency", 0), 0)
    .option("--concurrency <count>", "calls worked on at once; others wait", wholeNumber("--concurrency", 1))
    .option(
      "--fault-rate <share>",
      "share of calls that fail (429, 500, cut connection)",
      realNumber("--fault-rate", 0, 1),
      0,
    )
    .option("--seed <number>", "seed of the model and of the faults", wholeNumber("--seed", 0), 0)
    .action(async (flags: ServeFlags) => {
      const { serveSimulated } = await import("../../workbench/index.ts");
      await serveSimulated({
        ...flags,
        signal: context.io.signal,
        onListening: (url) => context.print(`listening on ${url}`),
      });
    });
}
