import type { ContentHash, Random } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import { mean, pairedComparison, scoreInterval } from "../statistics/index.ts";
import type { Outcome, TestScore } from "./outcome.ts";
import type { Scores } from "./state.ts";

/**
 * Decides between seed and finalist on the tasks that both were scored on. The finalist wins only when it is proven better. Tasks of one
 * family count as one observation, since a change that helps one of them helps its like.
 */
export function judge(inputs: {
  readonly seed: ContentHash;
  readonly finalist: ContentHash;
  /** By genome and task. */
  readonly scores: Readonly<Record<ContentHash, Scores>>;
  readonly tasks: readonly Pick<Task, "id" | "family">[];
  readonly random: Random;
}): Outcome {
  const { seed, finalist, scores, tasks, random } = inputs;
  const rowOf = (genome: ContentHash): (number | null)[] => tasks.map(({ id }) => scores[genome]?.[id] ?? null);
  const [before, after] = [rowOf(seed), rowOf(finalist)];
  const tested = { seedTest: testScore(before), finalistTest: testScore(after) };
  if (finalist === seed)
    return { winner: seed, finalist, ...tested, difference: 0, interval: [0, 0], p: 1, verdict: "same" };
  const pairs = before.flatMap((score, i) => {
    const other = after[i] ?? null;
    return score === null || other === null ? [] : [{ score, other, family: tasks[i]?.family }];
  });
  const { difference, interval, p, verdict } = pairedComparison(
    pairs.map(({ score }) => score),
    pairs.map(({ other }) => other),
    random,
    pairs.map(({ family }) => family),
  );
  return { winner: verdict === "better" ? finalist : seed, finalist, ...tested, difference, interval, p, verdict };
}

function testScore(row: readonly (number | null)[]): TestScore | undefined {
  const scores = row.filter((score) => score !== null);
  return scores.length === 0 ? undefined : { n: scores.length, score: mean(scores), interval: scoreInterval(scores) };
}
