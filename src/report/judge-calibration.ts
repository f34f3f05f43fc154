import { formatDifference, formatInterval, formatScore } from "./format.ts";

/** How far a judge agrees with people on whether answers are good. */
export interface JudgeCalibration {
  /** Identity of the judge model. */
  readonly judge: string;
  /** Version of how it is asked. */
  readonly version: string;
  readonly rubric: string;
  /** Answers that both judged. */
  readonly n: number;
  /** Share of answers that both call good or both call bad. */
  readonly observed: number;
  /** Cohen's, with its 95 % interval; null where both always say the same one thing, or nothing was rated. */
  readonly kappa: number | null;
  readonly interval: readonly [number, number];
  /** Mean of judge minus people: above 0 it is too kind. */
  readonly bias: number;
  /** Kappa of the later half of the verdicts minus that of the earlier, with a 95 % interval; null with fewer than 20 or without a kappa. */
  readonly drift: { readonly difference: number; readonly interval: readonly [number, number] } | null;
  /** Correlation of the judge's error with the length of the answer, with its 95 % interval; null with fewer than 8 answers. */
  readonly length: { readonly correlation: number; readonly interval: readonly [number, number] } | null;
}

/** A model that had a say in scores, and how far it agrees with people; nothing where nobody rated what it judged. */
export interface JudgedBy {
  /** Its identity. */
  readonly model: string;
  readonly calibrations: readonly JudgeCalibration[];
}

/** What a reader of a judge's score has to know of the judge. */
export function calibrationSentence(judge: string, calibrations: readonly JudgeCalibration[]): string {
  const own = calibrations.filter((row) => row.judge === judge && row.n > 0);
  if (own.length === 0) {
    return `Scores come from the judge ${judge}, and no answer it judged was rated by a person: how far it can be trusted is not known (allele rate, allele labels calibrate).`;
  }
  const parts = own.map(({ kappa, interval, observed, n }) =>
    kappa === null
      ? `the same as people on ${percent(observed)} of ${n} rated answers (no kappa: all were called alike)`
      : `kappa ${kappa.toFixed(2)} ${formatInterval(interval, (end) => end.toFixed(2))} with people on ${n} rated answers`,
  );
  return `Scores come from the judge ${judge}: ${parts.join("; ")}.`;
}

/** What is remarkable about a judge, in sentences. */
export function calibrationWarnings({ kappa, interval, bias, drift, length, n }: JudgeCalibration): readonly string[] {
  return [
    ...(n < 30 ? [`only ${n} answers: rate more`] : []),
    ...(kappa !== null && interval[0] <= 0 ? ["not shown to agree with people more than chance does"] : []),
    ...(Math.abs(bias) >= 0.1
      ? [`${bias > 0 ? "kinder" : "harder"} than people by ${formatScore(Math.abs(bias))}`]
      : []),
    ...(drift !== null && excludesZero(drift.interval)
      ? [`kappa moved by ${formatDifference(drift.difference)} from the earlier to the later half`]
      : []),
    ...(length !== null && excludesZero(length.interval)
      ? [`favours ${length.correlation > 0 ? "long" : "short"} answers (r = ${length.correlation.toFixed(2)})`]
      : []),
  ];
}

function excludesZero([low, high]: readonly [number, number]): boolean {
  return low > 0 || high < 0;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
