import type { Clock } from "../base/index.ts";
import type { Purpose, RunEvent } from "../evolve/index.ts";
import { formatScore, shortId } from "../report/index.ts";

/** Tells a person what a run does: a line for what is worth keeping, a passing one for how far a batch is. */
export function makeFollower(options: {
  readonly clock: Clock;
  readonly onEvent: (line: string) => void;
  readonly onProgress?: ((line: string) => void) | undefined;
}): (event: RunEvent) => void {
  const start = options.clock.now();
  const sums = { done: 0, total: 0, score: 0, scored: 0, rollouts: 0 };
  let purpose: Purpose = "seed";
  let iteration = 0;
  let idea = "";
  return (event) => {
    switch (event.type) {
      case "batch-started":
        purpose = event.purpose;
        Object.assign(sums, { done: 0, total: event.tasks, score: 0, scored: 0 });
        break;
      case "rollout-finished": {
        sums.done += 1;
        if (!event.reused) sums.rollouts += 1;
        if (event.score !== undefined) {
          sums.scored += 1;
          sums.score += event.score;
        }
        const seconds = Math.max(0.001, (options.clock.now() - start) / 1000);
        const mean = sums.scored === 0 ? "" : `  score ${formatScore(sums.score / sums.scored)}`;
        options.onProgress?.(
          `iteration ${iteration}  ${purpose} ${sums.done}/${sums.total}${mean}  ${(sums.rollouts / seconds).toFixed(1)} rollouts/s`,
        );
        break;
      }
      case "iteration-started":
        iteration = event.iteration + 1;
        break;
      case "child-proposed":
        idea = `${event.origin}: ${event.hypothesis}`;
        break;
      case "rollouts-scored": {
        const scores = event.scores.filter((score) => score !== null);
        const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
        if (event.purpose === "seed")
          options.onEvent(`seed ${shortId(event.genome)}  validation ${formatScore(mean)} n=${scores.length}`);
        if (event.purpose === "validation") {
          options.onEvent(`#${iteration}  validation ${formatScore(mean)} n=${scores.length}  ${shorten(idea)}`);
        }
        if (event.purpose === "test")
          options.onEvent(`sealed test of ${shortId(event.genome)}: ${formatScore(mean)} n=${scores.length}`);
        break;
      }
      case "run-stopped":
        options.onEvent(`search ended after ${iteration} iterations: ${event.reason}`);
        break;
      default:
        break;
    }
  };
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= 90 ? line : `${line.slice(0, 87)}...`;
}
