import type { ContentHash } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import type { Engine } from "./engine.ts";
import { measure } from "./measure.ts";
import type { Scores } from "./state.ts";

/** Scores by task; null where the outside failed. */
export type Row = readonly (number | null)[];

/** Scores of a candidate on validation tasks in their order; known ones cost nothing. */
export async function validate(
  engine: Engine,
  genome: ContentHash,
  tasks: readonly Task[],
  known: Scores,
): Promise<{ readonly scores: Row; readonly complete: boolean }> {
  const isNew = tasks.some(({ id }) => typeof known[id] !== "number");
  if (!isNew) return { scores: tasks.map(({ id }) => known[id] ?? null), complete: true };
  const { rollouts, complete } = await measure(engine, { genome, tasks, purpose: "validation", known });
  return { scores: rollouts.map((rollout) => (rollout.state === "scored" ? rollout.score : null)), complete };
}
