import { clippedText } from "../base/index.ts";
import type { Attempt, RaceRecord } from "../evolve/index.ts";
import { formatScore, type LineageFate, type LineageNode } from "../report/index.ts";

/** The attempts of a run as the nodes of its lineage, each with the reason of its fate in words. */
export function lineageOf(attempts: readonly Attempt[]): readonly LineageNode[] {
  return attempts.map((attempt) => ({
    iteration: attempt.iteration === undefined ? undefined : attempt.iteration + 1,
    rollouts: attempt.rollouts,
    candidate: attempt.fate.kind === "accepted" ? attempt.fate.candidate : attempt.fate.kind === "seed" ? 0 : undefined,
    genome: attempt.genome,
    parents: attempt.parents,
    origin: clippedText(attempt.origin, 200),
    hypothesis: clippedText(attempt.hypothesis, 600),
    fate: fateOf(attempt),
    reason: reasonOf(attempt),
  }));
}

function fateOf({ fate, races }: Attempt): LineageFate {
  return fate.kind === "accepted" && races.some(({ committed }) => committed) ? "incumbent" : fate.kind;
}

const where = { screen: "screening tasks", race: "validation tasks" } as const;

function reasonOf({ fate, races }: Attempt): string {
  switch (fate.kind) {
    case "seed":
      return "What the run started from.";
    case "open":
      return "Not decided when the journal ends.";
    case "refused":
      return clippedText(`Refused before it cost a rollout (${fate.reason}): ${fate.detail}.`, 400);
    case "rejected":
      return `Not ahead of its parent: ${change(fate.before, fate.after)} on ${fate.tasks} ${where[fate.stage]}.`;
    case "accepted": {
      const joined = `Ahead of its parent: ${change(fate.before, fate.after)} on ${fate.tasks} ${where[fate.stage]}.`;
      return [joined, ...races.map(raceSentence)].join(" ");
    }
  }
}

function raceSentence({ incumbent, pairs, wealth, alpha, committed }: RaceRecord): string {
  const evidence = `evidence ${wealth.toFixed(1)} after ${pairs} pairs, ${(1 / alpha).toFixed(0)} needed`;
  return committed
    ? `Proven better than the incumbent #${incumbent} (${evidence}) and took its place.`
    : `Not proven better than the incumbent #${incumbent} (${evidence}).`;
}

function change(before: number, after: number): string {
  return `${formatScore(before)} to ${formatScore(after)}`;
}
