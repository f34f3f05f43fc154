import { existsSync, renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { readText, tryParseJson } from "../../../src/base/index.ts";

const file = resolve(import.meta.dirname, "../../../docs/benchmarks/real-models.json");

export interface Sizes {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Rollouts of each search, the sealed test left out. */
  readonly search: number;
}

/** One search against the plain prompt, on the same sealed test tasks. */
export interface Arm {
  readonly score: number;
  readonly difference: number;
  readonly interval: readonly [number, number];
  readonly verdict: string;
  /** Rollouts of the search that were paid. */
  readonly rollouts: number;
  /** Share of the test tasks that got the answer it gives most. */
  readonly mostGiven: number;
  /** The last commit that changed `src` when the arm was run; absent for the first ones, which did not note it. */
  readonly commit?: string;
}

/** Another search; where the evolved agent was at hand, how far that one was ahead of it, pair by pair. */
export interface Control extends Arm {
  readonly evolvedAhead?: { readonly difference: number; readonly interval: readonly [number, number] };
}

export interface Evolved extends Arm {
  readonly promoted: boolean;
  /** Test included. */
  readonly tokens: number;
  readonly seconds: number;
  /** New values in words; of examples only their number, since they belong to others. */
  readonly changed: Readonly<Record<string, string>>;
  /** How many children each made, and how many of them the finalist descends from; those of a search by head note how many joined instead. */
  readonly operators: readonly {
    readonly operator: string;
    readonly children: number;
    readonly ancestors?: number;
    readonly joined?: number;
  }[];
}

/** What a study of one task found; arms that were not run yet are missing. */
export interface Found {
  readonly task: string;
  readonly seed: number;
  readonly sizes: Sizes;
  /** Sealed test tasks. */
  readonly n: number;
  readonly plain: { readonly score: number; readonly mostGiven: number };
  /** What always giving the commonest right answer of the test scores; absent where the answers are no closed set. */
  readonly mostFrequent?: number;
  readonly evolved?: Evolved;
  /** What earlier commits came to. */
  readonly earlier?: readonly Evolved[];
  readonly random?: Control;
  readonly gepa?: Control;
}

/** A run that was killed and resumed beside one that was not. */
export interface Killed {
  readonly task: string;
  readonly rollouts: number;
  /** Rollouts that were kept when the process was killed. */
  readonly killedAfter: number;
  readonly events: number;
  readonly same: boolean;
}

interface Kept {
  readonly studies: readonly Found[];
  readonly killed?: Killed;
}

export type ArmName = "evolved" | "random" | "gepa";

/** Every study there is, in the order in which they were begun; the page is made from it, and the study goes on from it. */
export function allFound(): Kept {
  return existsSync(file) ? (tryParseJson(readText(file)) as unknown as Kept) : { studies: [] };
}

/** The study of a task with these seed and sizes, if it was begun. */
export function foundOf(task: string, seed: number, sizes: Sizes): Found | undefined {
  return allFound().studies.find((one) => isSame(one, { task, seed, sizes }));
}

/** Takes the place of what was known of the same study. */
export function keepFound(found: Found): void {
  const all = allFound();
  const place = all.studies.findIndex((one) => isSame(one, found));
  write({ ...all, studies: place === -1 ? [...all.studies, found] : all.studies.with(place, found) });
}

export function keepKilled(killed: Killed): void {
  write({ ...allFound(), killed });
}

function write(kept: Kept): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

type Key = Pick<Found, "task" | "seed" | "sizes">;

function isSame(a: Key, b: Key): boolean {
  return a.task === b.task && a.seed === b.seed && JSON.stringify(a.sizes) === JSON.stringify(b.sizes);
}
