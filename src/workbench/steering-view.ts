import {
  historyOf,
  readRun,
  readSteering,
  type Attempt,
  type RunResult,
  type SteeringCommand,
  type SteeringState,
} from "../evolve/index.ts";
import type { ContentHash } from "../base/index.ts";
import type { GenomeDiff } from "../genome/index.ts";
import {
  fitWords,
  formatScore,
  formatTime,
  renderText,
  shortId,
  type Block,
  type SteeringRow,
} from "../report/index.ts";
import { diffFromParent, editableGenes } from "./steering-child.ts";
import { lineageOf } from "./lineage.ts";
import { runOf } from "./run-options.ts";
import { pendingOf } from "./steering.ts";
import { isWorkedOn } from "./run-status.ts";
import type { Workbench } from "./workbench.ts";

/** What there is to steer in a run: the `--json` shape of `steer`. */
export interface SteeringView {
  readonly run: string;
  readonly status: string;
  readonly worked_on: boolean;
  /** Whether commands are still taken. */
  readonly searching: boolean;
  /** Position in the pool. */
  readonly incumbent: number;
  readonly pending: readonly {
    readonly genome: string;
    /** Counted from 1. */
    readonly iteration: number;
    readonly origin: string;
    readonly hypothesis: string;
    readonly changed: readonly string[];
    readonly parents: readonly number[];
    readonly vetoed: boolean;
    /** What makes it of its first parent. */
    readonly diff: GenomeDiff | undefined;
  }[];
  /** The genes that the run may change. */
  readonly genes: readonly string[];
  readonly pool: readonly {
    readonly candidate: number;
    readonly genome: string;
    readonly n: number;
    readonly score: number;
    readonly origin: string;
    readonly pinned: boolean;
    readonly vetoed: boolean;
    /** What was said of it and is not taken yet. */
    readonly waiting: readonly ("veto" | "pin" | "unpin")[];
  }[];
  readonly said: readonly SteeringRow[];
}

/** What is being measured, who is in the pool, and what people have said. Reads the store only. Throws `unknown-run`. */
export function viewSteering(workbench: Workbench, run: string): SteeringView {
  const { options } = runOf(workbench, run);
  const { store, clock } = workbench;
  const seed = store.genomes.get(options.seedGenome as ContentHash);
  const result = readRun(store, run, clock);
  const state = readSteering(store, run, clock);
  const waiting = store.steering
    .list(run)
    .filter(({ position }) => !state.taken.has(position))
    .map(({ command }) => command as unknown as SteeringCommand);
  const isVetoed = (genome: string): boolean => state.barred.some((barred) => barred === genome);
  return {
    run,
    status: result.status,
    worked_on: isWorkedOn(workbench, run),
    searching: isSearching(result),
    incumbent: state.incumbent,
    pending: pendingOf(workbench, result).map(({ id, genome, iteration, origin, hypothesis, changed, parents }) => ({
      genome: id,
      iteration: iteration + 1,
      origin,
      hypothesis,
      changed,
      parents,
      vetoed: isVetoed(id) || isSaid(workbench, run, id),
      diff: diffFromParent(workbench, result, parents, genome),
    })),
    genes: seed === undefined ? [] : editableGenes(seed).map(({ gene }) => gene),
    pool: result.candidates.map(({ index, genome, origin, validation }) => ({
      candidate: index,
      genome,
      ...validation,
      origin,
      pinned: state.pinned.includes(index),
      vetoed: isVetoed(genome),
      waiting: isSearching(result) ? waiting.flatMap((command) => kindFor(command, index, genome)) : [],
    })),
    said: steeringRows(workbench, run, result, state),
  };
}

function kindFor(command: SteeringCommand, index: number, genome: string): readonly ("veto" | "pin" | "unpin")[] {
  if (command.kind === "veto") return command.genome === genome ? ["veto"] : [];
  if (command.kind !== "pin" && command.kind !== "unpin") return [];
  return command.candidate === index ? [command.kind] : [];
}

/** Changes whenever what there is to steer may have changed. Costs little: the journal grows only where what is being measured changes. */
export function steeringVersion({ store }: Workbench, run: string): string {
  const measured = store.underWay.list(run).map(({ iteration, at }) => `${iteration}@${at}`);
  return [store.runs.get(run)?.status, store.steering.list(run).length, ...measured].join(" ");
}

/** What people said to a run, each with what came of it. */
export function steeringRows(
  { store, clock }: Workbench,
  run: string,
  result: RunResult,
  state: SteeringState = readSteering(store, run, clock),
): readonly SteeringRow[] {
  const commands = store.steering.list(run);
  if (commands.length === 0) return [];
  const { attempts } = historyOf(store.events.list(run));
  return commands.map(({ position, at, command }) => {
    const said = command as unknown as SteeringCommand;
    return { at: formatTime(at), said: commandText(said), outcome: outcomeOf(said, position, attempts, result, state) };
  });
}

export function renderSteering(view: SteeringView): string {
  const marks = (row: { readonly pinned?: boolean; readonly vetoed: boolean }, more: string): string =>
    [more, row.pinned === true ? "pinned" : "", row.vetoed ? "vetoed" : ""].filter((mark) => mark !== "").join(", ");
  const blocks: Block[] = [
    { kind: "paragraph", text: situation(view) },
    { kind: "heading", text: "Being measured" },
    view.pending.length === 0
      ? { kind: "paragraph", text: "Nothing at the moment." }
      : {
          kind: "table",
          head: ["child", "iteration", "from", "changes", "idea", ""],
          rows: view.pending.map((row) => [
            shortId(row.genome),
            row.iteration,
            row.parents.map((index) => `#${index}`).join(", "),
            row.changed.join(", "),
            shorten(row.hypothesis),
            marks(row, ""),
          ]),
          right: [1],
        },
    { kind: "heading", text: "Pool" },
    {
      kind: "table",
      head: ["#", "genome", "validation", "made by", ""],
      rows: view.pool.map((row) => [
        row.candidate,
        shortId(row.genome),
        `${formatScore(row.score)} n=${row.n}`,
        shorten(row.origin),
        marks(row, row.candidate === view.incumbent ? "incumbent" : ""),
      ]),
      right: [0],
    },
    ...(view.said.length === 0 ? [] : [{ kind: "heading", text: "What people said" } as const, saidList(view.said)]),
  ];
  return renderText(`Run ${view.run} (${view.status})`, blocks);
}

function saidList(said: readonly SteeringRow[]): Block {
  return { kind: "list", items: said.map((row) => `${row.at}: ${row.said} (${row.outcome})`) };
}

function situation({ run, searching, worked_on }: SteeringView): string {
  if (!searching) return "The search has ended: there is nothing left to steer.";
  return worked_on
    ? "It is running. Commands are taken when the next iteration is written."
    : `Nobody works on it. Commands are taken after the first iteration when it goes on: allele resume ${run}`;
}

function isSearching({ status, stop }: RunResult): boolean {
  return status !== "finished" && stop === undefined;
}

/** Whether a veto was said that the run has not taken yet. */
function isSaid({ store }: Workbench, run: string, genome: string): boolean {
  return store.steering.list(run).some(({ command }) => {
    const said = command as unknown as SteeringCommand;
    return (said.kind === "veto" && said.genome === genome) || (said.kind === "edit" && said.of === genome);
  });
}

function commandText(command: SteeringCommand): string {
  switch (command.kind) {
    case "veto":
      return `veto of ${shortId(command.genome)}`;
    case "pin":
    case "unpin":
      return `${command.kind} of #${command.candidate}`;
    case "hypothesis":
      return `hypothesis on ${command.gene}: ${shorten(command.text)}`;
    case "edit":
      return `${command.gene} of ${shortId(command.of)} edited: ${shortId(command.genome)}`;
    case "child":
      return `own child ${shortId(command.genome)}`;
  }
}

function outcomeOf(
  command: SteeringCommand,
  position: number,
  attempts: readonly Attempt[],
  result: RunResult,
  state: SteeringState,
): string {
  const taken = state.taken.get(position);
  if (taken === undefined) return isSearching(result) ? "Not taken yet." : "Never taken: the search had ended.";
  const after = `Taken after iteration ${taken.after + 1}.`;
  switch (command.kind) {
    case "pin":
    case "unpin":
      return after;
    case "veto":
      return `${after} ${vetoOutcome(attempts.find(({ genome }) => genome === command.genome))}`;
    default: {
      const own = attempts.filter(({ iteration }) => iteration === taken.due);
      const turn = `Its turn ${state.iterations > (taken.due ?? 0) ? "was" : "is"} iteration ${(taken.due ?? 0) + 1}.`;
      if (own.length > 0)
        return `${turn} ${lineageOf(own)
          .map(({ reason }) => reason)
          .join(" ")}`;
      if (state.iterations > (taken.due ?? 0)) return `${turn} Nothing was measured.`;
      return isSearching(result) ? turn : `${turn} It did not come: the search ended before.`;
    }
  }
}

function vetoOutcome(attempt: Attempt | undefined): string {
  switch (attempt?.fate.kind) {
    case undefined:
      return "The run has not met it since.";
    case "accepted":
      return `Candidate #${attempt.fate.candidate} is out of use.`;
    case "rejected":
      return "It left its race by itself.";
    default:
      return "It did not join the pool.";
  }
}

function shorten(text: string): string {
  return fitWords(text, 60);
}
