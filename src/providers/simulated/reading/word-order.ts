import { wordClass, wordClasses, type WordClass } from "./word-classes.ts";

/**
 * Ten times the natural logarithm of how much likelier one kind of word is followed by another in English prose than chance
 * would have it; rows: the first kind, columns: the second, both in the order of `wordClasses`. Counted in 2,588 sentences
 * (41,311 pairs) by tests/benchmarks/fit-word-order.ts.
 */
const table: readonly string[] = [
  "-58 -63 9 3 -22 -14 -2 -14 14 -20 6 -9 8 -3 -50 6 -9 -1",
  "-52 -9 -2 -2 -6 -16 -7 10 4 -14 -11 9 0 -9 1 -4 5 5",
  "-60 -40 -63 2 -46 -42 -36 -38 -54 -56 -45 -38 -56 -4 -12 7 -7 9",
  "5 -8 -8 -1 17 -22 -5 -29 -1 0 -25 -18 -20 -12 -18 -3 -5 4",
  "-33 -49 13 17 -30 -26 -29 -33 1 -40 -29 -22 1 -18 13 -7 -5 -1",
  "-16 -45 5 2 -26 -22 -9 -18 -2 18 -9 -18 -4 -14 -4 11 -4 -5",
  "-3 -14 13 6 -11 2 -12 -1 6 -22 -19 -38 3 -5 5 -9 -4 -1",
  "-47 -41 4 -6 -33 -13 0 -36 3 -5 3 8 13 7 -6 4 1 1",
  "-13 -14 4 9 -13 -17 -21 -24 -23 18 11 -18 10 -11 -22 0 -10 -3",
  "-17 -30 4 -1 -40 15 3 -43 -1 -9 -39 17 -5 14 -10 -4 19 -1",
  "-15 -24 -1 1 -29 -25 -2 -32 -7 9 -6 32 18 -17 -8 7 -23 -13",
  "-16 -21 3 -3 -22 1 7 -25 0 -7 -21 -14 -32 -5 -28 15 11 -5",
  "3 -4 -10 -3 -24 5 2 -3 -7 13 17 -12 -34 15 -35 8 9 -10",
  "9 2 -7 9 -5 14 -5 -21 -6 11 -9 -21 -5 -17 -35 5 9 -10",
  "1 0 -21 -24 2 -10 -1 0 -1 -7 -6 -6 -18 -14 17 -10 -18 3",
  "3 1 1 1 5 9 9 0 4 1 -5 -22 10 3 -9 -10 -4 -10",
  "5 6 0 -5 -35 13 12 3 -8 -12 -7 -27 0 -2 -6 -6 -14 -7",
  "6 8 -11 -8 5 -4 2 4 -8 -1 2 -22 -13 -2 3 -3 -8 -2",
];

const weights = table.map((row) => row.split(" ").map((cell) => Number(cell) / 10));

/** The kinds of the words and marks of a lower-case sentence, between two edges. */
export function classesOf(text: string): readonly WordClass[] {
  const tokens = text.replace(/[.!?"')]+\s*$/, "").match(/[a-z]+(?:['_-][a-z0-9]+)*|\d[\d.,:-]*|[,;:()–—]/g) ?? [];
  return ["edge", ...tokens.map((token) => (/^[,;:()–—]$/.test(token) ? "pause" : wordClass(token))), "edge"];
}

/** Mean over neighbours of the logarithm of how much likelier they are together than apart: above 0 for prose, below for shuffled words. */
export function orderOf(text: string): number {
  const kinds = classesOf(text).map((kind) => wordClasses.indexOf(kind));
  const pairs = kinds.slice(1).map((to, index) => weights[kinds[index] ?? 0]?.[to] ?? 0);
  return pairs.reduce((sum, weight) => sum + weight, 0) / Math.max(1, pairs.length);
}
