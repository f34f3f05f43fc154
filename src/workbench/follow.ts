import type { RunEvent } from "../evolve/index.ts";
import { fitWords, formatInterval, formatScore, shortId } from "../report/index.ts";
import { scoreInterval } from "../statistics/index.ts";

interface Child {
  readonly genome: string;
  readonly origin: string;
  readonly scores: readonly number[];
}

/** Columns of an origin or a hypothesis. */
const LONGEST = 70;

const noChild: Child = { genome: "", origin: "", scores: [] };

/** Tells a person what a run does: one line for the seed, one for every child that was measured on validation, one for each test. */
export function makeFollower(onEvent: (line: string) => void): (event: RunEvent) => void {
  let iteration = 0;
  let child = noChild;
  let again: number | undefined;
  const tell = (what: string, scores: readonly number[], more = ""): void =>
    onEvent(`${what}  ${scoreText(scores)}${more === "" ? "" : `  ${fitWords(more, LONGEST)}`}`);

  return (event) => {
    switch (event.type) {
      case "iteration-started":
        iteration = event.iteration + 1;
        child = noChild;
        again = undefined;
        break;
      case "member-chosen":
        again = event.candidate;
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
        if (event.purpose === "validation" && again !== undefined)
          tell(`iteration ${iteration}  candidate #${again} on more tasks`, scores);
        // A parent or incumbent may be measured beside it.
        if (event.purpose === "validation" && event.genome === child.genome)
          child = { ...child, scores: [...child.scores, ...scores] };
        break;
      }
      case "candidate-accepted":
        if (event.candidate > 0 && child.scores.length === 0) {
          const name = event.head ? `head is now #${event.candidate}` : `candidate #${event.candidate}`;
          onEvent(`iteration ${iteration}  ${name}, ahead on its screen  ${fitWords(child.origin, LONGEST)}`);
        } else if (event.candidate > 0)
          tell(`iteration ${iteration}  candidate #${event.candidate}`, child.scores, child.origin);
        break;
      case "head-checked":
        onEvent(`iteration ${iteration}  ${checkText(event)}`);
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

function checkText({
  head,
  checkpoint,
  before,
  after,
  tasks,
  standing,
}: Extract<RunEvent, { type: "head-checked" }>): string {
  const scores = `${formatScore(after / tasks)} beside ${formatScore(before / tasks)} n=${tasks}`;
  const ending = { ahead: "holds", open: "cannot be told yet", behind: `is given up, back to #${checkpoint}` }[
    standing
  ];
  return `head #${head} checked against #${checkpoint}: ${scores}, ${ending}`;
}

function scoreText(scores: readonly number[]): string {
  if (scores.length === 0) return "no scores";
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return `${formatScore(mean)} ${formatInterval(scoreInterval(scores))} n=${scores.length}`;
}

function originText(origin: string, genes: number): string {
  return genes > 2 && origin !== "merge" ? `${genes} genes: ${origin}` : origin;
}
