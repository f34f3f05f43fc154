import type { Clock } from "../base/index.ts";
import type { Purpose, RunEvent } from "../evolve/index.ts";
import { formatInterval, formatScore, shortId } from "../report/index.ts";
import { scoreInterval } from "../statistics/index.ts";

export interface FollowOptions {
  readonly clock: Clock;
  /** A line worth keeping. */
  readonly onEvent: (line: string) => void;
  /** A passing line: how far the batch under way is. */
  readonly onProgress?: ((line: string) => void) | undefined;
}

interface Child {
  readonly genome: string;
  readonly origin: string;
  readonly scores: readonly number[];
}

const noChild: Child = { genome: "", origin: "", scores: [] };

/** Tells a person what a run does: one line for the seed, one for every child that was measured on validation, one for each test. */
export function makeFollower({ clock, onEvent, onProgress }: FollowOptions): (event: RunEvent) => void {
  const batch = makeBatchLine(clock);
  let iteration = 0;
  let child = noChild;
  const tell = (what: string, scores: readonly number[], more = ""): void =>
    onEvent(`${what}  ${scoreText(scores)}${more === "" ? "" : `  ${shorten(more)}`}`);

  return (event) => {
    switch (event.type) {
      case "batch-started":
        batch.start(event.purpose, event.tasks);
        break;
      case "rollout-finished":
        onProgress?.(`iteration ${iteration}  ${batch.finished(event.score, event.reused)}`);
        break;
      case "iteration-started":
        iteration = event.iteration + 1;
        child = noChild;
        break;
      case "child-proposed":
        child = {
          genome: event.genome,
          origin: originText(event.origin, Object.keys(event.changes).length),
          scores: [],
        };
        break;
      case "rollouts-scored": {
        const scores = event.scores.filter((score) => score !== null);
        if (event.purpose === "seed") tell(`seed ${shortId(event.genome)}  validation`, scores);
        if (event.purpose === "test") tell(`sealed test of ${shortId(event.genome)}`, scores);
        // A parent or incumbent may be measured beside it.
        if (event.purpose === "validation" && event.genome === child.genome)
          child = { ...child, scores: [...child.scores, ...scores] };
        break;
      }
      case "candidate-accepted":
        if (event.candidate > 0)
          tell(`iteration ${iteration}  candidate #${event.candidate}`, child.scores, child.origin);
        break;
      case "incumbent-raced":
        if (event.committed)
          onEvent(`candidate #${event.challenger} is proven better than #${event.incumbent} on ${event.pairs} tasks`);
        break;
      case "child-rejected":
        if (child.scores.length > 0)
          tell(`iteration ${iteration}  not ahead of its parent`, child.scores, child.origin);
        break;
      case "run-stopped":
        onEvent(`search ended after ${iteration} iterations: ${event.reason}`);
        break;
      default:
        break;
    }
  };
}

/** Counts the rollouts of a batch. */
function makeBatchLine(clock: Clock): {
  readonly start: (purpose: Purpose, tasks: number) => void;
  readonly finished: (score: number | undefined, reused: boolean) => string;
} {
  const began = clock.now();
  let purpose: Purpose = "seed";
  let total = 0;
  let done = 0;
  let paid = 0;
  let sum = 0;
  let scored = 0;
  return {
    start: (next, tasks) => {
      purpose = next;
      total = tasks;
      done = sum = scored = 0;
    },
    finished: (score, reused) => {
      done += 1;
      if (!reused) paid += 1;
      if (score !== undefined) {
        scored += 1;
        sum += score;
      }
      const seconds = Math.max(0.001, (clock.now() - began) / 1000);
      const mean = scored === 0 ? "" : `  score ${formatScore(sum / scored)}`;
      return `${purpose} ${done}/${total}${mean}  ${(paid / seconds).toFixed(1)} rollouts/s`;
    },
  };
}

function scoreText(scores: readonly number[]): string {
  if (scores.length === 0) return "no scores";
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return `${formatScore(mean)} ${formatInterval(scoreInterval(scores))} n=${scores.length}`;
}

function originText(origin: string, genes: number): string {
  return genes > 2 && origin !== "merge" ? `${genes} genes: ${origin}` : origin;
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= 70 ? line : `${line.slice(0, 67)}...`;
}
