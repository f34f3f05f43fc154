import type { HabitName } from "./skills/habit-name.ts";

/** How often a habit bites, and what can mend it. */
export interface HabitParameters {
  /** Probability that it bites at one site for a prompt that says nothing about it. */
  readonly plain: number;
  /** When everything that can mend it is in place. */
  readonly mended: number;
  /** When the prompt demands the mistake. */
  readonly worst: number;
  /** Shares of the way from `plain` to `mended` that each channel can go alone (they add up, to 1 at most); `together`: both, at the weaker one's strength. */
  readonly words: number;
  readonly tools: number;
  readonly demos: number;
  readonly plan: number;
  readonly together: number;
  /** The two channels that only work together. */
  readonly pair: "words+plan" | "tools+plan" | "words+tools" | undefined;
}

/** Every figure of the simulated model. docs/simulated-model.md says what each stands for and what it was fitted to. */
export interface SimulatedParameters {
  readonly habits: Readonly<Record<HabitName, HabitParameters>>;
  readonly attention: {
    /** Loss of weight in the middle of a prompt against its ends. */
    readonly middleLoss: number;
    /** Largest loss of weight by text that has nothing to do with the work. */
    readonly irrelevanceLoss: number;
    /** Words that have nothing to do with the work and do no harm. */
    readonly irrelevanceAllowance: number;
    /** Number of instructions at which each is followed half as much. */
    readonly halfInstructions: number;
    /** Number of words of system prompt at which each instruction is followed half as much. */
    readonly halfWords: number;
    /** Share of the losses by irrelevance and length that reaches the descriptions of tools. */
    readonly toolShare: number;
  };
  readonly draws: {
    /** Correlation of two prompts' luck at the same site. */
    readonly item: number;
    /** Part of it that is common to the whole request. */
    readonly request: number;
    /** Share of the rest that two prompts have in common as long as they say the same about the habit. */
    readonly bearing: number;
    /** At temperature 1, share of what is then left that changes with every sample. */
    readonly sample: number;
    /** Rise of the normal deviate of every habit's probability per unit of temperature. */
    readonly temperatureSlip: number;
  };
  readonly reflection: {
    /** Chance of an edit that mends what was diagnosed, when the gene can mend it. What is neither useful nor harmful is useless. */
    readonly useful: number;
    /** Chance of a harmful edit of a gene that teaches nothing yet. */
    readonly harmful: number;
    /** What each lesson that the gene teaches already adds to it: there is more to spoil. */
    readonly harmfulPerLesson: number;
    readonly mostHarmful: number;
    /** Factor on `useful` for a diagnosis that the gene can hardly mend; what is lost becomes useless. */
    readonly outOfReach: number;
    /** Chance that the true cause is missed where the feedback has several readings. */
    readonly misread: number;
    /** Chance of each further suspected habit to be treated by a useful edit as well. */
    readonly breadth: number;
    /** Most habits that one edit treats. */
    readonly most: number;
  };
}

const none = { words: 0, tools: 0, demos: 0, plan: 0, together: 0, pair: undefined };

function habit(
  plain: number,
  mended: number,
  worst: number,
  channels: Partial<Omit<HabitParameters, "plain" | "mended" | "worst">>,
): HabitParameters {
  return { plain, mended, worst, ...none, ...channels };
}

export const defaultParameters: SimulatedParameters = {
  habits: {
    "search-instead-of-lookup": habit(0.4, 0.01, 0.8, { tools: 0.8, words: 0.2, demos: 0.15 }),
    "lookup-instead-of-search": habit(0.35, 0.01, 0.8, { tools: 0.8, words: 0.2, demos: 0.1 }),
    "issues-instead-of-quotes": habit(0.3, 0.01, 0.8, { tools: 0.65, words: 0.35, demos: 0.15 }),
    "quotes-instead-of-issues": habit(0.25, 0.01, 0.8, { tools: 0.65, words: 0.35, demos: 0.15 }),
    "notes-instead-of-policy": habit(0.4, 0.01, 0.85, { tools: 0.8, words: 0.25, demos: 0.1 }),
    "policy-instead-of-notes": habit(0.4, 0.01, 0.85, { tools: 0.8, words: 0.25, demos: 0.1 }),
    "wrong-date-format": habit(0.3, 0.01, 0.8, { tools: 0.5, words: 0.45, demos: 0.25 }),
    "amount-in-minor-units": habit(0.25, 0.01, 0.8, { tools: 0.5, words: 0.5, demos: 0.25 }),
    "name-instead-of-id": habit(0.35, 0.01, 0.8, { tools: 0.55, words: 0.45, demos: 0.2 }),
    "mental-arithmetic": habit(0.6, 0.02, 0.9, { words: 0.36, tools: 0.5, demos: 0.3 }),
    "skips-conversion": habit(0.35, 0.01, 0.8, { words: 0.5, tools: 0.4, demos: 0.2 }),
    "wrong-rate-date": habit(0.65, 0.02, 0.95, { words: 0.38, tools: 0.52, demos: 0.2 }),
    "mental-dates": habit(0.6, 0.02, 0.9, { words: 0.4, tools: 0.5, demos: 0.2 }),
    "careless-rounding": habit(0.35, 0.01, 0.8, { words: 0.8, tools: 0.15, demos: 0.25 }),
    "skips-identity-check": habit(0.7, 0.02, 0.95, { words: 0.42, tools: 0.55, demos: 0.22 }),
    "skips-window": habit(0.65, 0.02, 0.95, { words: 0.44, tools: 0.35, demos: 0.32 }),
    "ignores-limit": habit(0.65, 0.02, 0.95, { words: 0.44, tools: 0.45, demos: 0.25 }),
    "skips-quote": habit(0.5, 0.02, 0.9, { words: 0.4, tools: 0.55, demos: 0.25 }),
    "stops-early": habit(0.35, 0.01, 0.8, { plan: 0.5, words: 0.15, together: 0.35, pair: "words+plan" }),
    "ignores-further-pages": habit(0.75, 0.02, 0.95, {
      tools: 0.2,
      words: 0.15,
      plan: 0.25,
      together: 0.4,
      pair: "tools+plan",
    }),
    "loses-thread": habit(0.25, 0.01, 0.7, { plan: 0.6, words: 0.15, demos: 0.05, together: 0.25, pair: "words+plan" }),
    "gives-up-on-empty": habit(0.7, 0.02, 0.9, {
      words: 0.25,
      tools: 0.35,
      plan: 0.25,
      together: 0.2,
      pair: "words+plan",
    }),
    "rambling-answer": habit(0.8, 0.02, 0.95, { words: 0.8, demos: 0.4 }),
    "drops-unit": habit(0.45, 0.01, 0.8, { words: 0.75, demos: 0.4 }),
    "guesses-when-ambiguous": habit(0.75, 0.03, 0.95, { words: 0.68, demos: 0.45 }),
    "needless-tools": habit(0.55, 0.02, 0.9, { words: 1, demos: 0.05 }),
    "leaks-private-data": habit(0.5, 0.01, 0.9, { words: 1.1 }),
    "label-outside-list": habit(0.3, 0.01, 0.8, { words: 0.75, demos: 0.45 }),
    "ignores-secondary-cue": habit(0.55, 0.04, 0.85, { words: 0.8, demos: 0.2, plan: 0.1 }),
    "wrong-field-format": habit(0.4, 0.02, 0.85, { words: 0.75, demos: 0.45 }),
  },
  attention: {
    middleLoss: 0.12,
    irrelevanceLoss: 0.6,
    irrelevanceAllowance: 120,
    halfInstructions: 110,
    halfWords: 4000,
    toolShare: 0.5,
  },
  draws: { item: 0.67, request: 0.25, bearing: 0.7, sample: 0.6, temperatureSlip: 0.15 },
  reflection: {
    useful: 0.6,
    harmful: 0.1,
    harmfulPerLesson: 0.03,
    mostHarmful: 0.35,
    outOfReach: 0.25,
    misread: 0.3,
    breadth: 0.6,
    most: 5,
  },
};
