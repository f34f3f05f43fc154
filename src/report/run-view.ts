import type { Json } from "../base/index.ts";
import type { Estimate } from "./format.ts";
import type { FrontPoint } from "./front.ts";
import type { RunReport } from "./run-report.ts";
import type { TaskMatrix } from "./task-matrix.ts";
import type { TracePair } from "./trace-view.ts";

/** What a run was asked to do. */
interface Asked {
  /** How the user named the seed. */
  readonly seedLabel: string;
  /** The dataset's `dataset.yaml`, as seen from the project. */
  readonly datasetFile: string;
  /** What the dataset says of itself; undefined where it is gone. */
  readonly purpose: string | undefined;
  /** Number of tasks by split, as the dataset has them; where it is gone, as far as they were measured. */
  readonly tasks: Readonly<Record<"train" | "validation" | "test", number>>;
  /** Limits by their name: rollouts, tokens, usd, minutes. */
  readonly budget: Readonly<Record<string, number>>;
  readonly taskModel: string;
  readonly reflectionModel: string;
  /** In universal time, "2026-03-14T09:26:53.589Z". */
  readonly started: string;
  /** When its status changed for the last time. */
  readonly updated: string;
}

/** How good a candidate looked on validation when the run had spent so many rollouts. */
interface ProgressPoint extends Estimate {
  readonly rollouts: number;
  readonly candidate: number;
}

export type LineageFate = "seed" | "incumbent" | "accepted" | "rejected" | "refused" | "open";

/** A child, or an idea that was refused before it became one, with the reason of its fate. */
export interface LineageNode {
  /** Counted from 1; undefined for the seed. */
  readonly iteration: number | undefined;
  readonly rollouts: number;
  /** Position in the pool, where it got there. */
  readonly candidate: number | undefined;
  readonly genome: string | undefined;
  /** Positions in the pool. */
  readonly parents: readonly number[];
  readonly origin: string;
  readonly hypothesis: string;
  /** `incumbent`: it joined the pool and took the incumbent's place; `accepted`: it only joined. */
  readonly fate: LineageFate;
  /** One or two sentences. */
  readonly reason: string;
}

/** One time that the sealed test of the run's dataset was opened in this store, by this run or otherwise. */
interface OpeningRow {
  readonly at: string;
  readonly purpose: string;
  readonly genomes: readonly string[];
}

/** What it takes to get the same run again. */
interface Reproduction {
  readonly command: string;
  /** Everything the run depends on, as the journal recorded it when it began. */
  readonly identity: Json;
}

/**
 * Everything there is to show of a run, as plain data that JSON can write: what JSON, Markdown, HTML and the dashboard all show.
 * Texts that came from models, tasks or people are as they were, cut where they are long; whoever shows them makes them harmless.
 */
export interface RunView extends RunReport {
  /** The verdict in one sentence, with difference, interval, p and n. */
  readonly sentence: string;
  readonly asked: Asked;
  /** What the sealed test said of the finalist, whether or not it won; undefined while it was not opened, or where the seed is the finalist. */
  readonly finalistTest: Estimate | undefined;
  readonly progress: {
    /** Each candidate when it joined the pool, the seed first. */
    readonly joined: readonly ProgressPoint[];
    /** The incumbent whenever it, or what is known of it, changed. */
    readonly incumbents: readonly ProgressPoint[];
  };
  /** One a candidate, in their order. */
  readonly front: readonly FrontPoint[];
  /** In the order in which they were decided, the seed first. */
  readonly lineage: readonly LineageNode[];
  readonly matrix: TaskMatrix;
  /** Seed (a) and finalist (b) on tasks that tell something. */
  readonly traces: readonly TracePair[];
  readonly openings: readonly OpeningRow[];
  readonly reproduction: Reproduction;
  /** What the reader should know of this view: that the run is still going, that something is gone. */
  readonly notes: readonly string[];
}
