import type { Command } from "commander";
import type { Holes } from "../../replay/index.ts";
import type { CommandContext } from "../io.ts";
import { collect, oneOf, realNumber, wholeNumber, withWorkbench } from "../with-workbench.ts";

interface ReplayFlags {
  readonly form?: string;
  readonly table?: string;
  readonly holes?: Holes;
  readonly rule?: readonly string[];
  readonly seeds?: number;
  readonly seed?: number;
  readonly arms?: number;
  readonly incumbent?: string;
  readonly block?: number;
  readonly heldOut?: number;
  readonly budget?: number;
  readonly alpha?: number;
  readonly least?: number;
  readonly json?: boolean;
}

export function registerReplay(program: Command, context: CommandContext): void {
  program
    .command("replay")
    .description("play promotion and picking rules on recorded behaviour (docs/replay.md); runs no model")
    .argument("<files...>", "recorded results: CSV or JSONL with arm, item, score, and cost where it is known")
    .option("--form <form>", "form of the files: rows, capo, slab, gepa-prompts or scaffolds (default: rows)")
    .option("--table <name>", "only the tables whose name begins so")
    .option(
      "--holes <what>",
      "where an arm has no result on an item: refuse, or leave out such items or arms (default: refuse)",
      oneOf("--holes", ["refuse", "items", "arms"] as const),
    )
    .option("--rule <rule>", "fixed-n, halving, promise or gate; may be given again (default: all of them)", collect)
    .option("--seeds <count>", "games on each table (default: 200)", wholeNumber("--seeds", 1))
    .option("--seed <number>", "seed of the games (default: 1)", wholeNumber("--seed", 0))
    .option("--arms <count>", "arms of a game, drawn by chance (default: all)", wholeNumber("--arms", 2))
    .option("--incumbent <arm>", "the arm in use (default: one by chance in each game)")
    .option("--block <items>", "items that are revealed together (default: 1)", wholeNumber("--block", 1))
    .option(
      "--held-out <share>",
      "share of the items that are never revealed and say what an arm is worth (default: 0, all say it)",
      realNumber("--held-out", 0, 0.9),
    )
    .option("--budget <results>", "most results a game may reveal (default: a third)", wholeNumber("--budget", 1))
    .option("--alpha <share>", "of the gate: most false promotions (default: 0.05)", realNumber("--alpha", 1e-6, 0.5))
    .option(
      "--least <points>",
      "of promise: ends where less than this is expected to be gained (default: 0.0003)",
      realNumber("--least", 0, 1),
    )
    .option("--json", "print as JSON")
    .action(async (files: readonly string[], { rule, seeds, json, ...flags }: ReplayFlags) => {
      await withWorkbench(context, (_workbench, door) => {
        const replayed = door.replayRecorded(context.io.cwd, { ...flags, files, rules: rule, games: seeds });
        if (json === true) context.printJson(door.replayJson(replayed));
        else context.print(door.renderReplay(replayed, context.width));
      });
    });
}
