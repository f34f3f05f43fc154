import { existsSync, readFileSync } from "node:fs";
import { AlleleError, parseJson, writeTextAtomic, type Clock, type Json } from "../base/index.ts";
import type { RunEvent } from "../evolve/index.ts";
import type { LiveRun } from "../report/index.ts";
import { makeFollower } from "./follow.ts";
import { followLive, journalOf, liveFacts } from "./live-run.ts";
import { liveFile } from "./paths.ts";
import type { RunOptions } from "./run-options.ts";
import type { Workbench } from "./workbench.ts";

/** Where a run stands, as whoever works on it told the last time. */
export interface Pulse {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly live: LiveRun;
  /** What was worth telling in this sitting, the newest last. */
  readonly told: readonly { readonly at: number; readonly line: string }[];
}

/** Milliseconds between two writes, and lines that are kept. */
const pause = 100;
const mostLines = 40;
const mostHistory = 400;

export interface Heartbeat {
  readonly hear: (event: RunEvent) => void;
  /** Takes a line that no event is behind, such as what the run waits for. */
  readonly tell: (line: string) => void;
  /** Writes what is left to be said. */
  readonly end: () => void;
}

/** Tells other processes where a run stands: a small file beside the store, replaced at most ten times a second, however much happens. */
export function startHeartbeat(workbench: Workbench, run: string, options: RunOptions): Heartbeat {
  const live = followLive(liveFacts(workbench, run, options), journalOf(workbench, run));
  let told: Pulse["told"] = [];
  const tell = (line: string): void => {
    told = [...told, { at: workbench.clock.now(), line }].slice(-mostLines);
  };
  const follow = makeFollower(tell);
  const { beat, end } = pulse(workbench.clock, (at) => {
    const view = live.view();
    const thinned = { ...view, history: thin(view.history) };
    const text = JSON.stringify({ at, live: thinned, told } satisfies Pulse);
    writeTextAtomic(liveFile(workbench, run), text, { durable: false });
  });
  return {
    hear: (event) => {
      live.hear(event);
      follow(event);
      beat();
    },
    tell: (line) => {
      tell(line);
      beat();
    },
    end,
  };
}

/** Writes at once, or a little later together with what comes until then. */
function pulse(clock: Clock, write: (at: number) => void): { readonly beat: () => void; readonly end: () => void } {
  let last = 0;
  let waiting: NodeJS.Timeout | undefined;
  const now = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    last = clock.now();
    write(last);
  };
  return {
    beat: () => {
      // A process that is busy never comes to its timers: the clock is asked as well.
      if (clock.now() - last >= pause) now();
      else waiting ??= setTimeout(now, pause).unref();
    },
    end: now,
  };
}

/** The last of a run's heartbeats; undefined where there is none, or one of another version. */
export function readPulse(workbench: Workbench, run: string): Pulse | undefined {
  const file = liveFile(workbench, run);
  if (!existsSync(file)) return undefined;
  try {
    const read = parseJson(readFileSync(file, "utf8")) as unknown as Pulse & Json;
    return typeof read.at === "number" && typeof read.live === "object" && Array.isArray(read.told) ? read : undefined;
  } catch (error) {
    if (error instanceof AlleleError || error instanceof SyntaxError || (error as { code?: string }).code === "ENOENT")
      return undefined;
    throw error;
  }
}

/** At most `mostHistory` points, evenly taken, the last one among them. */
function thin(values: readonly number[]): readonly number[] {
  if (values.length <= mostHistory) return values;
  const step = (values.length - 1) / (mostHistory - 1);
  return Array.from({ length: mostHistory }, (_, index) => values[Math.round(index * step)] ?? 0);
}
