import { z } from "zod";
import { acceptanceRules, parentRules } from "../select/index.ts";

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
  /** Training tasks a proposal is made from and screened on. */
  minibatch: z.int().min(1).max(100).default(8),
  /** How the candidate to change is drawn; see `parentRules`. */
  parent: nameIn(parentRules).default("frontier"),
  /** Which one gene of it is changed; see `geneRules`. */
  gene: z.enum(["round-robin", "evidence"]).default("round-robin"),
  /** Genes changed in one child, each by its own proposal from the same evidence. More go faster; fewer tell better what helped. */
  genes: z.int().min(1).max(100).default(16),
  /** What a child must do on the minibatch, against its parent, to go on to validation. */
  acceptance: nameIn(acceptanceRules).default("improvement"),
  /** Validation tasks after which a child must be ahead of its parent to go on, and again after twice as many; 0: no race. */
  race: z.int().min(0).default(20),
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
