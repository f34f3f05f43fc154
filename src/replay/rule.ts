/** A game as a rule sees it. The incumbent, what is in use, is arm 0. */
export interface OpenGame {
  /** Arms 0 to arms - 1. */
  readonly arms: number;
  /** Blocks of items 0 to blocks - 1, the same items for every arm. */
  readonly blocks: number;
  /** The most blocks of one arm that may be revealed, all arms together. */
  readonly budget: number;
  /** Mean score in [0, 1] of an arm on a block. What was revealed before costs nothing. */
  readonly reveal: (arm: number, block: number) => number;
}

/** What a rule takes; the incumbent itself where it promotes nothing. */
export interface Choice {
  readonly arm: number;
  /** Its probability that this arm is better than the incumbent, if it has one. */
  readonly confidence?: number | undefined;
}

/** Picks an arm, or promotes one over the incumbent. Must depend on nothing but what it reveals. */
export type Rule = (game: OpenGame) => Choice;
