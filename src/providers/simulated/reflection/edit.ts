import type { Random } from "../../../base/index.ts";
import type { SimulatedParameters } from "../parameters.ts";
import { balance, noHeed, withLesson } from "../reading/heed.ts";
import { understand } from "../reading/match.ts";
import { sentencesOf } from "../reading/split.ts";
import type { HabitName } from "../skills/habit-name.ts";
import { diagnose, fitOf, reachOf } from "./diagnosis.ts";
import type { ReflectionRequest } from "./request.ts";

/** What the model has decided to do to the component. */
export interface Intention {
  readonly sort: "useful" | "useless" | "harmful";
  /** What it takes for the cause; undefined when it has found none. */
  readonly target: HabitName | undefined;
  /** What it treats along with it. */
  readonly further: readonly HabitName[];
  /** For `harmful`. */
  readonly harm: "adds" | "pads" | "drops";
}

/** Diagnoses and decides. Chance decides between the right thing, nothing much and harm, at rates that depend on what the component can mend. */
export function intend(request: ReflectionRequest, parameters: SimulatedParameters, random: Random): Intention {
  const { reflection, habits } = parameters;
  const suspects = [...diagnose(request.evidence)].map(([habit, weight]) => {
    const reach = reachOf(habit, request.kind, request.id, habits);
    const known = Math.max(0, taught(request.current, habit));
    const tried = request.failed.some((attempt) => taught(attempt, habit) > 0.3) ? 0.4 : 1;
    return { habit, reach, weight: weight * tried * fitOf(habit, request) * (1 - 0.9 * known) };
  });
  const within = suspects.filter(({ reach }) => reach > 0.02);
  const pool = within.length > 0 ? within : suspects;
  const total = pool.reduce((sum, { weight, reach }) => sum + weight * (0.1 + reach), 0);
  const first = pool[total > 0 ? random.weighted(pool.map(({ weight, reach }) => weight * (0.1 + reach))) : -1];
  const others = pool.filter((suspect) => suspect !== first && suspect.reach > 0.1);
  const certainty = first === undefined ? 0 : (first.weight * (0.1 + first.reach)) / total;
  const misread = others.length > 0 && random.next() < reflection.misread * (1 - certainty);
  const target = misread ? random.pick(others) : first;

  const sort = sortOf(target?.reach, request.current, parameters, random);
  const further = others
    .toSorted((a, b) => b.weight * b.reach - a.weight * a.reach)
    .filter(({ habit }) => habit !== target?.habit && random.next() < reflection.breadth)
    .slice(0, reflection.most - 1)
    .map(({ habit }) => habit);
  return { sort, target: target?.habit, further, harm: harmOf(random) };
}

/** Whether an edit comes out right: by how far the component can mend the cause (undefined: none was found), and by how much there is to spoil. */
export function sortOf(
  reach: number | undefined,
  current: string,
  { reflection }: SimulatedParameters,
  random: Random,
): Intention["sort"] {
  const able = reach === undefined ? 0 : Math.min(1, reach / 0.4);
  const useful =
    reach === undefined ? 0 : reflection.useful * (reflection.outOfReach + (1 - reflection.outOfReach) * able);
  const lessons = sentencesOf(current).filter((piece) => understand(piece.text).general.length > 0).length;
  const harmful = Math.min(reflection.mostHarmful, reflection.harmful + lessons * reflection.harmfulPerLesson);
  return (
    (["useful", "harmful", "useless"] as const)[random.weighted([useful, harmful, 1 - useful - harmful])] ?? "useless"
  );
}

export function harmOf(random: Random): Intention["harm"] {
  return (["adds", "pads", "drops"] as const)[random.weighted([0.5, 0.25, 0.25])] ?? "adds";
}

/** How far a text teaches a habit's remedy already, in [-1, 1]. */
export function taught(text: string, habit: HabitName): number {
  const heed = sentencesOf(text)
    .flatMap((piece) => understand(piece.text).general)
    .filter((lesson) => lesson.habit === habit)
    .reduce((sum, { strength }) => withLesson(sum, strength), noHeed);
  return balance(heed);
}

/** Whether a sentence teaches anything. */
export function teaches(sentence: string): boolean {
  return sentencesOf(sentence).some((piece) => understand(piece.text).general.length > 0);
}
