import { contentHash, type ContentHash } from "../base/index.ts";
import { judgeChecksIn, SCORER_VERSION, taskHash, type Task } from "../dataset/index.ts";
import type { Limits } from "../runtime/index.ts";
import { JUDGE_VERSION } from "./judge.ts";
import type { RolloutKey } from "./rollout.ts";

/** Changes whenever the same genome may act differently on the same task: with the bridge, the agent loop or its wordings. */
const agentVersion = "1";

export interface KeyParts {
  /** Version of the tool module; absent without tools. */
  readonly tools: string | undefined;
  readonly limits: Limits;
  readonly model: string;
  /** Identity of the judge model; counts for tasks with a judge check alone. */
  readonly judge: string;
  readonly seed: number;
}

/** Makes the keys of rollouts; a task is hashed once, however often it is asked for. */
export function makeRolloutKeys(parts: KeyParts): {
  keyOf(genome: ContentHash, task: Task, repeat: number): RolloutKey;
  /** The sampling seed: the same for every genome, so that genomes are compared on equal draws. Below 2 to the power of 31. */
  seedOf(task: Task, repeat: number): number;
} {
  const surroundings = { tools: parts.tools, limits: parts.limits };
  const judgedScorer = `${SCORER_VERSION} judge ${JUDGE_VERSION} ${parts.judge}`;
  const hashes = new WeakMap<Task, ContentHash>();
  const hashOf = (task: Task): ContentHash => {
    const hash = hashes.get(task) ?? contentHash({ task: taskHash(task), agent: agentVersion, ...surroundings });
    hashes.set(task, hash);
    return hash;
  };
  return {
    keyOf: (genome, task, repeat) => ({
      genome,
      task: hashOf(task),
      split: task.split,
      repeat,
      model: parts.seed === 0 ? parts.model : `${parts.model} seed ${parts.seed}`,
      scorer: judgeChecksIn(task.checks).length === 0 ? SCORER_VERSION : judgedScorer,
    }),
    seedOf: (task, repeat) => {
      const digits = contentHash({ seed: parts.seed, task: hashOf(task), repeat }).slice("s256:".length);
      return Number.parseInt(digits.slice(0, 8), 16) >>> 1;
    },
  };
}
