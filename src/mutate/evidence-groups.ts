import type { Example } from "./brief-evidence.ts";

/** Most examples, and most of their text in characters, that one call reads well. */
const mostExamples = 40;
const mostText = 40_000;

/**
 * Examples in as few groups as one call each can read, failures spread evenly; one group when all fit. A batch that does not fit
 * is read in at least √n / 2 groups, so that each group stays small (after Combee, arXiv 2604.04247, which takes √n).
 */
export function evidenceGroups(examples: readonly Example[]): readonly (readonly Example[])[] {
  const size = examples.reduce((sum, { text }) => sum + text.length, 0);
  if (examples.length <= mostExamples && size <= mostText) return [examples];
  const needed = Math.max(examples.length / mostExamples, size / mostText, Math.sqrt(examples.length) / 2);
  const count = Math.ceil(needed);
  return Array.from({ length: count }, (_, group) => examples.filter((_example, i) => i % count === group));
}
