import type { Random } from "../base/index.ts";
import type { ScoreMatrix, ScoreRow } from "./score-matrix.ts";
import { inTurn } from "./strata.ts";

/** A score from here on is a pass. */
const PASSED = 1 - 1e-9;

/**
 * At most `count` tasks that a good child does not break, spread over the strata: those that the candidates passed whenever they were
 * measured on them, and at least one was. Which ones is decided by the seed of `random`.
 */
export function chooseAnchors(
  scores: ScoreMatrix,
  count: number,
  random: Random,
  strata: readonly string[] = [],
): readonly number[] {
  const width = Math.max(0, ...scores.map((row) => row.length));
  const safe = Array.from({ length: width }, (_, task) => task).filter((task) => {
    const known = scores.map((row) => row[task] ?? null).filter((score) => score !== null);
    return known.length > 0 && known.every((score) => score >= PASSED);
  });
  return inTurn(safe, strata, random).slice(0, count);
}

/** The anchors on which a child scored lower than its parent by more than `tolerance`; where one of them was not measured nothing is broken. */
export function brokenAnchors(
  anchors: readonly number[],
  parent: ScoreRow,
  child: ScoreRow,
  tolerance = 0,
): readonly number[] {
  return anchors.filter((task) => {
    const before = parent[task] ?? null;
    const after = child[task] ?? null;
    return before !== null && after !== null && before - after > tolerance + 1e-9;
  });
}
