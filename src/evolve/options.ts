import { z } from "zod";
import { acceptanceRules, batchSamplers, frontierTypes, parentRules } from "../select/index.ts";
import { ObjectiveOption } from "./objectives.ts";

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
  minibatch: z.int().min(1).max(100).default(8),
  /** How they are drawn; see `batchSamplers`. */
  sampler: nameIn(batchSamplers).default("thrifty"),
  /** Of these, the tasks a child is screened on: those its hypothesis predicts first. 0: all. */
  screen: z.int().min(0).max(100).default(0),
  /** How the candidate to change is drawn; see `parentRules`. */
  parent: nameIn(parentRules).default("near-best"),
  /**
   * How children are made: `portfolio` draws one of the operators, by what each has gained for its cost; `genes` asks the genes in their turn,
   * each for a proposal of its own, as GEPA does; `belief` makes many by operators that ask no model, and a belief in what changes are worth says which
   * of them, or of the pool, is measured next. With `belief` there are no screens, no head, no merges and no last race, and what speaks of them here has
   * no effect.
   */
  proposal: z.enum(["portfolio", "genes", "belief"]).default("portfolio"),
  /** With `genes`: which gene is the first; see `geneRules`. */
  gene: z.enum(["round-robin", "evidence"]).default("round-robin"),
  /** Genes that an operator for single genes is asked for in one child, each by its own proposal. More go faster; fewer tell better what helped. */
  genes: z.int().min(1).max(100).default(16),
  /** Tasks of a screen after which it is looked at: whoever is ahead goes on, whoever is behind leaves, and ties look further. 0: only at its end. */
  look: z.int().min(0).max(100).default(4),
  /**
   * Iterations from one check of the head on validation to the next. Children of the head that pass their screen take its place at once, and are
   * judged together, by the check. 0: there is no head; every child is judged on validation by itself, as in GEPA.
   */
  check: z.int().min(0).max(100).default(12),
  /** Share of iterations that do not change the head but a candidate drawn by the parent rule, whose child is judged by itself. */
  explore: z.number().min(0).max(1).default(0.1),
  /** What a child must do on the minibatch, against its parent, to go on to validation. */
  acceptance: nameIn(acceptanceRules).default("improvement"),
  /** Validation tasks on which a child must be ahead of its parent to join the pool; 0: all of them, and whatever passed its screen joins, as in GEPA. */
  race: z.int().min(0).default(24),
  /** Most validation tasks on which a member of the pool is tested against the incumbent; 0: all of them. */
  confirm: z.int().min(0).default(24),
  /** Share of the budget held back for the last race: the most promising members of the pool against the incumbent, on all of validation. */
  final: z.number().min(0).max(0.5).default(0.03),
  /**
   * Iterations under way at once. Each starts from what was known so many iterations before, so more lanes are faster and a little less well
   * informed. Part of the run: the same seed and lanes give the same run, whatever the concurrency.
   */
  lanes: z.int().min(1).max(64).default(1),
  /**
   * What candidates compete for: each is kept in mind that is best at something. `task`: the score on a task; `objective`: the mean of an
   * objective; `hybrid`: both; `cartesian`: each objective on each task.
   */
  frontier: nameIn(frontierTypes).default("task"),
  /** What candidates are measured by; the score first, which alone decides what is proven. */
  objectives: z
    .array(ObjectiveOption)
    .min(1)
    .refine(([first]) => first?.name === "quality", { message: "the first objective must be quality" })
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
      message: "an objective is named twice",
    })
    .default([{ name: "quality" }]),
  /**
   * Mean difference in score up to which a child that is shorter and cheaper than its parent joins the pool though it is not ahead; 0: only
   * who is ahead joins.
   */
  band: z.number().min(0).max(0.2).default(0),
  /** When the search ends before its budget does; see `StopRule`. The first that holds. */
  stop: z
    .strictObject({
      /** Iterations in a row that did not raise the best standing. */
      no_improvement: z.int().min(1).optional(),
      /** The best standing reaches this score. */
      score: z.number().min(0).max(1).optional(),
      candidates: z.int().min(1).optional(),
      proposals: z.int().min(1).optional(),
    })
    .prefault({}),
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
