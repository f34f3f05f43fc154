import type { ContentHash } from "../base/index.ts";
import type { JudgeVerdict } from "../evaluate/index.ts";
import { readRun } from "../evolve/index.ts";
import { mean } from "../statistics/index.ts";
import type { RatingRecord } from "../store/index.ts";
import { hasStore } from "./paths.ts";
import { runOf } from "./run-options.ts";
import type { Workbench } from "./workbench.ts";

/** From this score on an answer counts as good, by people, checks and judges alike. */
export const GOOD = 0.5;

/** Who disagrees: people with the checks, people with each other about how good it was, or about what is right. */
type Disagreement = "checks" | "people" | "answers";

/** A rollout that people spoke about. */
export interface RatedRollout {
  readonly rollout: ContentHash;
  readonly dataset: string;
  readonly task: string;
  readonly split: string;
  readonly repeat: number;
  readonly genome: ContentHash;
  /** When it was run. */
  readonly at: number;
  /** What the checks gave it. */
  readonly score: number;
  readonly verdicts: readonly JudgeVerdict[];
  /** Mean over authors of the last score of each; null where nobody gave one. */
  readonly human: number | null;
  /** Authors who gave a score. */
  readonly raters: number;
  /** Answers that authors say are right, each once. */
  readonly answers: readonly string[];
  readonly disagreements: readonly Disagreement[];
  /** Everything that was said, oldest first. */
  readonly ratings: readonly RatingRecord[];
}

export interface LabelFilter {
  /** Name of the dataset. */
  readonly dataset?: string | undefined;
  /** Only what candidates of this run did. */
  readonly run?: string | undefined;
  readonly disagreements?: boolean | undefined;
}

/** The rollouts that people rated, commented or labelled; the one that was spoken of last comes first. Throws `unknown-run`. */
export function listLabels(workbench: Workbench, filter: LabelFilter = {}): readonly RatedRollout[] {
  if (!hasStore(workbench)) return [];
  const { store } = workbench;
  const ofRun = filter.run === undefined ? undefined : candidatesOf(workbench, filter.run);
  const dataset = ofRun?.dataset ?? filter.dataset;
  const ratings = store.ratings.list(dataset === undefined ? undefined : { dataset });
  return [...Map.groupBy(ratings, ({ rollout }) => rollout)]
    .map(([key, group]) => ratedOf(workbench, key, group))
    .filter((row) => row !== undefined)
    .filter(({ genome }) => ofRun === undefined || ofRun.genomes.has(genome))
    .filter(({ disagreements }) => filter.disagreements !== true || disagreements.length > 0)
    .toSorted((a, b) => (b.ratings.at(-1)?.index ?? 0) - (a.ratings.at(-1)?.index ?? 0));
}

function candidatesOf(workbench: Workbench, run: string): { dataset: string; genomes: ReadonlySet<string> } {
  const { options } = runOf(workbench, run);
  const { candidates } = readRun(workbench.store, run, workbench.clock);
  return { dataset: options.datasetName, genomes: new Set(candidates.map(({ genome }) => genome)) };
}

function ratedOf({ store }: Workbench, key: ContentHash, ratings: readonly RatingRecord[]): RatedRollout | undefined {
  const record = store.rollouts.get(key);
  if (record === undefined) return undefined;
  const { score, verdicts = [] } = record.rollout as unknown as {
    readonly score: number;
    readonly verdicts?: readonly JudgeVerdict[];
  };
  const scores = lastOfEach(ratings, (rating) => rating.score);
  const answers = distinctAnswers(lastOfEach(ratings, (rating) => rating.answer));
  const human = scores.length === 0 ? null : mean(scores);
  const disagreements: Disagreement[] = [];
  if (human !== null && human >= GOOD !== score >= GOOD) disagreements.push("checks");
  if (scores.some((one) => one >= GOOD) && scores.some((one) => one < GOOD)) disagreements.push("people");
  if (answers.length > 1) disagreements.push("answers");
  return {
    rollout: key,
    dataset: ratings[0]?.dataset ?? "",
    task: record.task,
    split: record.split,
    repeat: record.repeat,
    genome: record.genome,
    at: record.at,
    score,
    verdicts,
    human,
    raters: scores.length,
    answers,
    disagreements,
    ratings,
  };
}

/** What every author said last, of those who said anything. */
function lastOfEach<T>(ratings: readonly RatingRecord[], pick: (rating: RatingRecord) => T | undefined): readonly T[] {
  const byAuthor = Map.groupBy(ratings, ({ author }) => author);
  return [...byAuthor.values()].flatMap((own) => {
    const last = own.map(pick).findLast((value) => value !== undefined);
    return last === undefined ? [] : [last];
  });
}

/** Answers that differ only in case and spacing are one. */
export function distinctAnswers(answers: readonly string[]): readonly string[] {
  const plain = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();
  return [...new Map(answers.map((answer) => [plain(answer), answer.trim()])).values()];
}
