import { z } from "zod";
import { acceptanceRules, batchSamplers, parentRules } from "../select/index.ts";

/** The names of a registry's members, as a schema. */
function nameIn<R extends object>(registry: R): z.ZodEnum<{ [K in keyof R & string]: K }> {
  const names = Object.keys(registry) as (keyof R & string)[];
  return z.enum(names) as unknown as z.ZodEnum<{ [K in keyof R & string]: K }>;
}

/** What a run may use in all: task, reflection and test together. At least one limit must be given. */
const Budget = z
  .strictObject({
    /** One candidate on one task once. */
    rollouts: z.int().positive().optional(),
    /** Input and output tokens together. */
    tokens: z.int().positive().optional(),
    usd: z.number().positive().optional(),
    /** Wall clock from the start, or from the latest resume. */
    minutes: z.number().positive().optional(),
  })
  .refine((budget) => Object.values(budget).some((limit) => limit !== undefined), {
    message: "no limit at all; give rollouts, tokens, usd or minutes",
  });
export type Budget = Readonly<z.infer<typeof Budget>>;

/** How a run searches. Everything but `concurrency` is part of what makes two runs the same. */
export const EvolveOptions = z.strictObject({
  budget: Budget,
  /** Seed of all chance in the run. */
  seed: z.int().min(0).default(0),
  /** Training tasks a proposal is made from. */
  minibatch: z.int().min(1).max(100).default(16),
  /** How they are drawn; see `batchSamplers`. */
  sampler: nameIn(batchSamplers).default("failing-first"),
  /** Of these, the tasks a child is screened on: those its hypothesis predicts first. 0: all. */
  screen: z.int().min(0).max(100).default(12),
  /** How the candidate to change is drawn; see `parentRules`. */
  parent: nameIn(parentRules).default("near-best"),
  /**
   * How children are made: `portfolio` draws one of the operators, by what each has gained for its cost; `genes` asks the genes in their turn,
   * each for a proposal of its own, as GEPA does.
   */
  proposal: z.enum(["portfolio", "genes"]).default("portfolio"),
  /** With `genes`: which gene is the first; see `geneRules`. */
  gene: z.enum(["round-robin", "evidence"]).default("round-robin"),
  /** Genes that an operator for single genes is asked for in one child, each by its own proposal. More go faster; fewer tell better what helped. */
  genes: z.int().min(1).max(100).default(16),
  /** What a child must do on the minibatch, against its parent, to go on to validation. */
  acceptance: nameIn(acceptanceRules).default("improvement"),
  /** Validation tasks on which a child must be ahead of its parent to join the pool; 0: all of them, and whatever passed its screen joins, as in GEPA. */
  race: z.int().min(0).default(24),
  /** Most validation tasks on which a member of the pool is tested against the incumbent; 0: all of them. */
  confirm: z.int().min(0).default(24),
  /** Share of the budget held back for the last race: the most promising members of the pool against the incumbent, on all of validation. */
  final: z.number().min(0).max(0.5).default(0.08),
  /**
   * Iterations under way at once. Each starts from what was known so many iterations before, so more lanes are faster and a little less well
   * informed. Part of the run: the same seed and lanes give the same run, whatever the concurrency.
   */
  lanes: z.int().min(1).max(64).default(2),
  merge: z
    .strictObject({
      /** Merges tried in a run; 0 turns merging off. */
      most: z.int().min(0).default(5),
      /** Validation tasks, chosen where the parents differ, that a merged child is screened on. */
      screen: z.int().min(1).max(100).default(6),
    })
    .prefault({}),
  /** Failed reflection calls in a row after which the run ends with what it has. */
  max_reflection_failures: z.int().min(1).default(3),
  /** Iterations in a row without a child worth a rollout after which the run ends. */
  max_idle_iterations: z.int().min(1).default(50),
  /** Rollouts at once. Changes the time a run takes and nothing else. */
  concurrency: z.int().min(1).max(1024).default(8),
});
export type EvolveOptions = Readonly<z.infer<typeof EvolveOptions>>;
