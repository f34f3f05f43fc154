/** What a planted landscape looks like. Effects work on the probit of a task's chance of success. */
export interface LandscapeOptions {
  /** Parts of the genome, and how many of them matter (in each way of working). */
  readonly parts: number;
  readonly relevant: number;
  /** The parts as one text gene, or as a gene each. */
  readonly form: "one-text" | "typed";
  /** True score of the seed genome without its defects, and what the best genome scores above it. Reach 0: nothing matters. */
  readonly seedScore: number;
  readonly reach: number;
  /** Standard deviation of the tasks' difficulty. */
  readonly spread: number;
  /** Chance that a relevant part matters to a given task. */
  readonly relevance: number;
  /** Share of the reach that comes only when the first two relevant parts are both right (on the probit scale). */
  readonly interaction: number;
  /** Checks of a task; the score is the share that passes. 1: right or wrong. */
  readonly checks: number;
  /** Correlation, between two genomes of equal worth, of what is chance in a task's result. */
  readonly sharedNoise: number;
  /** Chance that a failed task names a cause, and that the cause named is a part drawn at random. */
  readonly informative: number;
  readonly misled: number;
  /** What each of two structural defects of the seed costs: the answer stands before the reasoning; the rule on units is wrong. 0: no defects. */
  readonly defect: number;
  /** A second way of working, worse by `valley` until its own parts are right; the first one then reaches only `peak` of the reach. */
  readonly basin: { readonly valley: number; readonly peak: number } | undefined;
  readonly tasks: { readonly train: number; readonly validation: number; readonly test: number };
}

/** What comes of an edit. What is neither right nor wrong is useless. */
export interface OperatorRates {
  /** When the feedback names the part. */
  readonly right: number;
  readonly wrong: number;
  /** Chance of being right when no feedback names a part and one is picked blindly. */
  readonly blindRight: number;
  /** In one text: chance that another part that was right is lost in the rewriting. */
  readonly lost: number;
  /** Chance that the proposal has the words of an earlier one. */
  readonly repeated: number;
  /** Chance that an edit of the rule on units mends it: for reflection on feedback that never names it, and for a list of hypotheses. */
  readonly unitsByReflection: number;
  readonly unitsByHypothesis: number;
  /** Chance that a restart gets a part right. */
  readonly restartRight: number;
}

export const standardLandscape: LandscapeOptions = {
  parts: 20,
  relevant: 6,
  form: "one-text",
  seedScore: 0.4,
  reach: 0.45,
  spread: 0.7,
  relevance: 0.6,
  interaction: 0.15,
  checks: 1,
  sharedNoise: 0.67,
  informative: 0.7,
  misled: 0.15,
  defect: 0,
  basin: undefined,
  tasks: { train: 100, validation: 150, test: 150 },
};

export const standardRates: OperatorRates = {
  right: 0.45,
  wrong: 0.15,
  blindRight: 0.25,
  lost: 0.05,
  repeated: 0.05,
  unitsByReflection: 0.02,
  unitsByHypothesis: 0.25,
  restartRight: 0.5,
};

/** How much each benchmark runs; `LANDSCAPE_SEEDS` cuts the number of seeds for a quick look. */
export function seedsOf(count: number): readonly number[] {
  const wanted = Number(process.env["LANDSCAPE_SEEDS"] ?? count);
  return Array.from({ length: Math.min(count, wanted) }, (_, seed) => seed);
}
