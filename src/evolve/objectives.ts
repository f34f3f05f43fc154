import { z } from "zod";
import { canonicalJson } from "../base/index.ts";
import type { Rollout } from "../evaluate/index.ts";
import { activeGenes, type Genome } from "../genome/index.ts";
import { frontierTypes, type Objective, type ScoreRow, type Tolerance } from "../select/index.ts";

/** One thing that the candidates of a run are measured by. */
export const ObjectiveOption = z.strictObject({
  /**
   * `quality` (the score), `cost` (US dollars), `tokens`, `latency` (model calls: the clock is no part of a run that can be repeated), `length`
   * (characters of the genes' values), `compliance` (the check group `policy`), or the name of another group of checks.
   */
  name: z.string().min(1),
  /** How many points of score one unit is worth where candidates are ranked as parents; 0: it does not count there. */
  weight: z.number().min(0).optional(),
  /** Values this close count as equal, in the objective's own unit. */
  tolerance: z.number().min(0).optional(),
  /** The mean a child must keep to: at least so much where higher is better, else at most. */
  limit: z.number().optional(),
});
export type ObjectiveOption = Readonly<z.infer<typeof ObjectiveOption>>;

/** What the candidates of a run compete for. */
export interface Goals {
  readonly frontier: keyof typeof frontierTypes;
  /** Quality first. */
  readonly objectives: readonly ObjectiveOption[];
}

/** One score a task, as it always was. */
export const qualityAlone: Goals = { frontier: "task", objectives: [{ name: "quality" }] };

const lower: readonly string[] = ["cost", "tokens", "latency", "length"];
const built: readonly string[] = ["quality", ...lower];

/** Whether more is better. */
function directionOf(name: string): Objective["better"] {
  return lower.includes(name) ? "lower" : "higher";
}

/** The group of checks an objective reads; undefined for those that every rollout has. */
export function groupOf(name: string): string | undefined {
  if (built.includes(name)) return undefined;
  return name === "compliance" ? "policy" : name;
}

/** The value of an objective in a rollout; null where it was not measured. `length` is the genome's. */
export function valueOf(name: string, rollout: Rollout, length: number): number | null {
  if (rollout.state === "failed") return null;
  const { usage, score, objectives } = rollout;
  switch (name) {
    case "quality":
      return score;
    case "cost":
      return usage.usd;
    case "tokens":
      return usage.inputTokens + usage.outputTokens;
    case "latency":
      return usage.modelCalls;
    case "length":
      return length;
    default:
      return objectives[groupOf(name) ?? name] ?? null;
  }
}

/** Characters of all that a genome tells the agent. */
export function lengthOf(genome: Genome): number {
  return canonicalJson(Object.values(activeGenes(genome)).map(({ value }) => value)).length;
}

/** What a candidate was measured by on validation: the score and the other objectives, by name and task. */
interface MeasuredCandidate {
  readonly validation: Readonly<Record<string, number | null>>;
  readonly objectives: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
}

/** The columns a candidate competes in, and by what it stands among all: the score of each task, with what the weights add or take. */
export function standingOf(
  { frontier, objectives }: Goals,
  tasks: readonly string[],
  candidate: MeasuredCandidate,
): { readonly row: ScoreRow; readonly scores: ScoreRow } {
  const quality = tasks.map((task) => candidate.validation[task] ?? null);
  if (frontier === "task" && objectives.length === 1) return { row: quality, scores: quality };
  const vectors = tasks.map((task, index) =>
    objectives.map(({ name }) => (name === "quality" ? quality[index] : candidate.objectives[name]?.[task]) ?? null),
  );
  const scores = vectors.map((vector, index) => {
    const score = quality[index] ?? null;
    return score === null ? null : vector.reduce<number>((sum, value, at) => sum + worth(objectives[at], value), score);
  });
  return { row: frontierTypes[frontier].row(vectors, objectives.map(asObjective)), scores };
}

/** The tolerances of the columns. */
export function toleranceOf({ frontier, objectives }: Goals, tasks: number): Tolerance {
  return frontierTypes[frontier].tolerance(tasks, objectives.map(asObjective));
}

/** Quality is worth itself already. */
function worth(objective: ObjectiveOption | undefined, value: number | null): number {
  if (objective === undefined || objective.name === "quality" || value === null) return 0;
  return (objective.weight ?? 0) * (directionOf(objective.name) === "lower" ? -value : value);
}

export function asObjective({ name, tolerance }: ObjectiveOption): Objective {
  return { name, better: directionOf(name), tolerance };
}

/**
 * The first limit that a child breaks, in words: its mean over validation is beyond it, and further than its parent's on the same tasks. So a
 * parent that is beyond a limit itself may have children that come nearer. Undefined where all are kept.
 */
export function brokenLimit(
  { objectives }: Goals,
  parent: MeasuredCandidate,
  child: MeasuredCandidate,
): string | undefined {
  for (const { name, limit } of objectives) {
    if (limit === undefined) continue;
    const own = name === "quality" ? child.validation : (child.objectives[name] ?? {});
    const theirs = name === "quality" ? parent.validation : (parent.objectives[name] ?? {});
    const mean = meanOf(Object.values(own));
    const before = meanOf(Object.keys(own).map((task) => theirs[task] ?? null));
    const isBeyond = (value: number, bar: number): boolean =>
      directionOf(name) === "lower" ? value > bar : value < bar;
    if (mean === undefined || !isBeyond(mean, limit) || (before !== undefined && !isBeyond(mean, before))) continue;
    const bound = directionOf(name) === "lower" ? "at most" : "at least";
    return `${name} is ${Number(mean.toPrecision(4))} on average, ${bound} ${limit} is asked for`;
  }
  return undefined;
}

/** The mean of what was measured; undefined without any. */
export function meanOf(values: readonly (number | null)[]): number | undefined {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
