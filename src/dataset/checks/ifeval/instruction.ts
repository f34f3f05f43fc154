import { z } from "zod";

/** One checkable instruction of IFEval: the arguments it takes, whether a text follows it, and what is said when it does not. */
export interface Instruction<Arguments = never> {
  readonly arguments: z.ZodType<Arguments>;
  follows(text: string, given: Arguments): boolean;
  /** What the text should be, to be read after "The answer should". */
  demand(given: Arguments): string;
}

/** Ties the types of an instruction's arguments together, and forgets them. */
export function instruction<Arguments>(one: Instruction<Arguments>): Instruction {
  return one as unknown as Instruction;
}

export const none = z.strictObject({});
export const count = z.int().min(0);
/** How IFEval compares a count: "at least" that many, or "less than". */
export const relation = z.enum(["at least", "less than"]);

export function compares(found: number, how: z.output<typeof relation>, wanted: number): boolean {
  return how === "at least" ? found >= wanted : found < wanted;
}

/** Matches of a pattern, counted as Python's `findall` counts them. */
export function countOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
