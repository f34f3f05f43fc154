import { AlleleError, type ContentHash } from "../base/index.ts";
import type { RatingRecord, StoredRollout } from "../store/index.ts";
import { resolveDataset, resolveGenome, type NamedGenome } from "./references.ts";
import { runOf } from "./run-options.ts";
import type { Workbench } from "./workbench.ts";

/** What a person says of a rollout; at least one of score, answer and comment. */
export interface Opinion {
  /** In [0, 1]. */
  readonly score?: number | undefined;
  /** The answer that would have been right. */
  readonly answer?: string | undefined;
  readonly comment?: string | undefined;
  /** Who says so; by default the user that the environment names. */
  readonly author?: string | undefined;
}

/** A rollout, by what ran and on which task. */
export interface RolloutReference {
  /** A run (its winner), RUN#candidate, or anything else that names a genome. */
  readonly genome: string;
  readonly task: string;
  readonly repeat?: number | undefined;
  /** Needed where `genome` does not come from a run. */
  readonly dataset?: string | undefined;
}

/**
 * Keeps what a person says of a rollout. Nothing is overwritten: the last word of an author about a rollout stands. Throws
 * `empty-rating`, `bad-rating`, `unknown-rollout`, `dataset-needed`, and what naming a genome throws.
 */
export async function rateRollout(
  workbench: Workbench,
  reference: RolloutReference,
  opinion: Opinion,
): Promise<RatingRecord> {
  const named = resolveGenome(workbench, reference.genome);
  const dataset = await datasetName(workbench, named, reference.dataset);
  const { key } = findRollout(workbench, named, reference);
  return rateByKey(workbench, key, dataset, opinion);
}

/** As rateRollout, for a rollout whose key is at hand. Throws `empty-rating`, `bad-rating`, `unknown-rollout`. */
export function rateByKey(
  { store, clock, environment }: Workbench,
  rollout: ContentHash,
  dataset: string,
  { score, answer, comment = "", author }: Opinion,
): RatingRecord {
  if (score === undefined && answer === undefined && comment.trim() === "") {
    throw new AlleleError({
      code: "empty-rating",
      message: "a rating says how good the answer was, what would have been right, or something about it",
      hint: "Give --good, --bad or --score, --answer, or --comment.",
    });
  }
  if (score !== undefined && !(score >= 0 && score <= 1)) {
    throw new AlleleError({
      code: "bad-rating",
      message: `${score} is not a score from 0 to 1`,
      hint: "0 is wrong, 1 is right.",
    });
  }
  if (store.rollouts.get(rollout) === undefined) throw unknownRollout(`no rollout ${rollout} is in the store`);
  const known = author ?? environment["USER"] ?? environment["LOGNAME"] ?? environment["USERNAME"] ?? "somebody";
  return store.ratings.append({ rollout, dataset, author: known, score, answer, comment, at: clock.now() });
}

/** The newest rollout of a genome on a task. Throws `unknown-rollout`. */
function findRollout(
  { store }: Workbench,
  { id, label }: NamedGenome,
  { task, repeat }: RolloutReference,
): StoredRollout {
  const found = store.rollouts
    .listByTask(task, id)
    .findLast((rollout) => repeat === undefined || rollout.repeat === repeat);
  if (found !== undefined) return found;
  const which = repeat === undefined ? "" : ` (repeat ${repeat})`;
  throw unknownRollout(`${label} has not been run on the task "${task}"${which}`);
}

async function datasetName(workbench: Workbench, named: NamedGenome, asked: string | undefined): Promise<string> {
  if (asked !== undefined) return (await resolveDataset(workbench, asked)).name;
  if (named.run !== undefined) return runOf(workbench, named.run).options.datasetName;
  throw new AlleleError({
    code: "dataset-needed",
    message: `${named.label} does not say which dataset the task is of`,
    hint: "Name it with --dataset, or name a run.",
  });
}

function unknownRollout(message: string): AlleleError {
  return new AlleleError({
    code: "unknown-rollout",
    message,
    hint: "Only what was run and scored can be rated: name a run or RUN#candidate and a task of its dataset.",
  });
}
