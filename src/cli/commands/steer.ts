import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { AlleleError } from "../../base/index.ts";
import type { Workbench } from "../../workbench/index.ts";
import type { CommandContext } from "../io.ts";
import { withWorkbench, type Door } from "../with-workbench.ts";

interface SteerFlags {
  readonly veto?: string;
  readonly edit?: string;
  readonly pin?: string;
  readonly unpin?: string;
  readonly hypothesis?: string;
  readonly child?: string;
  readonly gene?: string;
  readonly value?: string;
  readonly file?: string;
  readonly json?: boolean;
}

type Steered = ReturnType<Door["vetoChild"]>;
type Action = (workbench: Workbench, door: Door) => Steered | Promise<Steered>;

export function registerSteer(program: Command, context: CommandContext): void {
  program
    .command("steer")
    .description("take part in a run that is going on or interrupted; without an option, list what there is to steer")
    .argument("<run>", "name of the run")
    .option("--veto <child>", "keep a child out of the pool, or take a candidate out of use")
    .option("--edit <child>", "measure a child with another value of one gene; with --gene and --value or --file")
    .option("--pin <candidate>", "keep a candidate among the parents and in the last race")
    .option("--unpin <candidate>", "treat it as any other again")
    .option(
      "--hypothesis <text>",
      "what you think is wrong with a gene; the next reflection starts from it; with --gene",
    )
    .option("--child <genome>", "measure a genome of your own as any other child")
    .option("--gene <gene>", "the gene that is meant")
    .option("--value <text>", "its new value: text, rules a line each, a typed value as JSON; - reads stdin")
    .option("--file <file>", "read the new value from a file; - reads stdin")
    .option("--json", "print as JSON")
    .addHelpText(
      "after",
      "\nA child is named by the beginning of its hash, a candidate also by its number (3 or #3). A running process takes the command between two iterations; an interrupted run takes it after its first iteration when it is resumed.",
    )
    .action(async (run: string, flags: SteerFlags) => {
      const action = actionOf(run, flags, context);
      await withWorkbench(context, async (workbench, door) => {
        if (action === undefined) {
          const view = door.viewSteering(workbench, run);
          if (flags.json === true) context.printJson(view);
          else context.print(door.renderSteering(view));
          return;
        }
        const steered = await action(workbench, door);
        if (flags.json === true) context.printJson(steered);
        else context.note(sentences(steered));
      });
    });
}

/** What the options ask for, if anything. Throws `bad-option` for several wishes at once, or half a wish. */
function actionOf(run: string, flags: SteerFlags, context: CommandContext): Action | undefined {
  const { veto, edit, pin, unpin, hypothesis, child, gene } = flags;
  const asked = Object.entries({ veto, edit, pin, unpin, hypothesis, child }).filter(([, word]) => word !== undefined);
  if (asked.length > 1) throw badOption(`one thing at a time, not ${asked.map(([name]) => `--${name}`).join(" and ")}`);
  if ((edit ?? hypothesis) !== undefined && gene === undefined)
    throw badOption("--gene is missing: which one is meant?");
  if (veto !== undefined) return (workbench, door) => door.vetoChild(workbench, run, veto);
  if (pin !== undefined) return (workbench, door) => door.pinCandidate(workbench, run, pin);
  if (unpin !== undefined) return (workbench, door) => door.unpinCandidate(workbench, run, unpin);
  if (child !== undefined) return (workbench, door) => door.addChild(workbench, run, child);
  if (hypothesis !== undefined) return (workbench, door) => door.addHypothesis(workbench, run, gene ?? "", hypothesis);
  if (edit === undefined) return undefined;
  return async (workbench, door) =>
    door.editChild(workbench, run, edit, gene ?? "", await valueOf(flags, context, workbench, door));
}

async function valueOf(
  { value, file }: SteerFlags,
  { io }: CommandContext,
  workbench: Workbench,
  door: Door,
): Promise<string> {
  if ((value === undefined) === (file === undefined)) throw badOption("give either --value or --file");
  if (value === "-" || file === "-") return (await text(io.stdin)).replace(/\r?\n$/, "");
  return value ?? door.readValueFile(workbench, file ?? "");
}

function sentences({ effect, worked_on, run }: Steered): string {
  const when = worked_on
    ? "The run takes this when it writes its next iteration."
    : `Nobody works on the run now. It takes this after its first iteration when it goes on: allele resume ${run}`;
  return `${effect}\n${when}`;
}

function badOption(message: string): AlleleError {
  return new AlleleError({ code: "bad-option", message, hint: "See allele steer --help." });
}
