import type { SimulatedParameters } from "../parameters.ts";
import type { HabitName } from "../skills/habit-name.ts";

/** What speaks for and against the right behaviour; both at least 0. */
export interface Heed {
  readonly pro: number;
  readonly contra: number;
}

export type Heeds = ReadonlyMap<HabitName, Heed>;

export const noHeed: Heed = { pro: 0, contra: 0 };

/** Adds a lesson: further ones on the same side close ever less of the gap to 1. */
export function withLesson({ pro, contra }: Heed, strength: number): Heed {
  return strength >= 0
    ? { pro: 1 - (1 - pro) * (1 - Math.min(1, strength)), contra }
    : { pro, contra: 1 - (1 - contra) * (1 - Math.min(1, -strength)) };
}

/** In [-1, 1]: what is left when contradicting lessons have cancelled each other. */
export function balance({ pro, contra }: Heed): number {
  return (pro - contra) * (1 - 0.5 * Math.min(pro, contra));
}

/** In [0, 1]: how much the lessons contradict each other. */
export function discord({ pro, contra }: Heed): number {
  return Math.min(pro, contra);
}

export interface PromptSize {
  readonly words: number;
  /** Words in sentences that have nothing to do with the work. */
  readonly irrelevant: number;
  /** Sentences that ask for or deny something. */
  readonly instructions: number;
}

/** In (0, 1]: the share of a lesson's strength that the prompt as a whole leaves it. */
export function attentionLeft(size: PromptSize, attention: SimulatedParameters["attention"]): number {
  const beyond = Math.max(0, size.irrelevant - attention.irrelevanceAllowance);
  const relevant = size.words - size.irrelevant + attention.irrelevanceAllowance;
  const irrelevance = 1 - (attention.irrelevanceLoss * beyond) / Math.max(1, beyond + relevant);
  const crowd = 1 / (1 + (size.instructions / attention.halfInstructions) ** 2);
  const length = 1 / (1 + (size.words / attention.halfWords) ** 2);
  return irrelevance * crowd * length;
}

/** In (0, 1]: weight of a place in the prompt, in [0, 1]; the middle counts least. */
export function placeWeight(place: number, attention: SimulatedParameters["attention"]): number {
  return 1 - attention.middleLoss * 4 * place * (1 - place);
}
