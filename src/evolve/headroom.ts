import { makeRandom, type ContentHash } from "../base/index.ts";
import type { Dataset, Task } from "../dataset/index.ts";
import type { Evaluator } from "../evaluate/index.ts";
import { pairedPlan } from "../statistics/index.ts";
import type { Store } from "../store/index.ts";
import type { EvolveInputs } from "./engine.ts";
import { evolve } from "./evolve.ts";
import { familiesTogether } from "./families.ts";
import type { Outcome } from "./outcome.ts";
import { sealedScores } from "./read-run.ts";
import type { RunResult } from "./run-result.ts";

/** What a pre-test found. */
export interface Headroom {
  /** The run in small. Its test is on validation tasks; one that was interrupted has no outcome. */
  readonly small: RunResult;
  /** The gain up to which the seed's score leaves room, by the lower end of its interval. Undefined where nothing was measured. */
  readonly room: number | undefined;
  /** The smallest gain that the sealed test of the real run finds in four cases of five. Undefined where it finds none. */
  readonly provable: number | undefined;
  /**
   * `yes`: the run in small found something better. `no`: a perfect agent could not be proven better. Else it cannot be told: so few rollouts
   * found nothing, and more may.
   */
  readonly verdict: "yes" | "no" | "cannot-tell";
}

/** Iterations between checks of the head: in a short run it has to stand its ground sooner. */
const CHECK = 6;

/**
 * Is a run worth starting? Runs it in small: `rollouts` of search, and in place of the sealed test half of the validation tasks, which the search
 * then does not see. The sealed test itself stays closed. A search in small says more than a few single changes beside repeats of the seed, which
 * told a landscape with a gain of 45 points from one with none in 2 of 40 cases. Give a store that nobody else uses. Throws as `evolve` does.
 */
export async function measureHeadroom(inputs: EvolveInputs, rollouts: number): Promise<Headroom> {
  const { options, store, run } = inputs;
  const dataset = withOwnTest(inputs.dataset, options.seed);
  const test = dataset.tasks.filter(({ split }) => split === "test").length;
  const check = options.check === 0 ? 0 : Math.min(options.check, CHECK);
  const budget = { ...options.budget, rollouts: rollouts + 2 * test };
  const evaluator = asValidation(inputs.evaluator);
  const small = await evolve({ ...inputs, dataset, evaluator, options: { ...options, budget, check } });
  const { outcome } = small;
  const rows = outcome === undefined ? [] : pairsOf(store, run, outcome, small.seed.genome);
  const sealed = inputs.dataset.tasks.filter(({ split }) => split === "test").length;
  const provable = pairedPlan(rows, { effect: 0.05, power: 0.8, tasks: sealed }).detectable;
  const room = outcome?.seedTest === undefined ? undefined : 1 - outcome.seedTest.interval[0];
  return { small, room, provable, verdict: verdictOf(outcome, room, provable) };
}

/** Gains of the finalist over the seed on each task of the small run's test, as a plan takes them. */
function pairsOf(store: Store, run: string, { finalist }: Outcome, seed: ContentHash): readonly (readonly number[])[] {
  const scores = sealedScores(store, run);
  const [before, after] = [scores.get(seed)?.scores, scores.get(finalist)?.scores];
  if (before === undefined || after === undefined || finalist === seed) return [];
  return [...before].map(([task, score]) => {
    const other = after.get(task) ?? null;
    return score === null || other === null ? [] : [other - score];
  });
}

function verdictOf(
  outcome: Outcome | undefined,
  room: number | undefined,
  provable: number | undefined,
): Headroom["verdict"] {
  if (outcome === undefined || room === undefined) return "cannot-tell";
  if (provable === undefined || room < provable) return "no";
  return outcome.verdict === "better" ? "yes" : "cannot-tell";
}

/** Rollouts on what stands in for the test are kept as what they are, rollouts on validation, which the real run may ask for again. */
function asValidation(evaluator: Evaluator): Evaluator {
  const own = (task: Task): Task => (task.split === "test" ? { ...task, split: "validation" } : task);
  return { evaluate: (genome, tasks, options) => evaluator.evaluate(genome, tasks.map(own), options) };
}

/** The dataset with half of the validation tasks, drawn by chance and families whole as in any split, in place of the test. */
function withOwnTest(dataset: Dataset, seed: number): Dataset {
  const validation = dataset.tasks.filter(({ split }) => split === "validation");
  const drawn = familiesTogether(makeRandom(seed).fork("headroom").shuffle(validation));
  const apart = new Set(wholeHalf(drawn).map(({ id }) => id));
  const tasks = dataset.tasks.flatMap((task): readonly Task[] => {
    if (task.split === "test") return [];
    return [apart.has(task.id) ? { ...task, split: "test" } : task];
  });
  return { ...dataset, tasks };
}

/** The first half of tasks whose families stand together, up to the last family that fits; where none does, the half as it is. */
function wholeHalf(tasks: readonly Task[]): readonly Task[] {
  const half = Math.floor(tasks.length / 2);
  let end = half;
  while (end > 0 && tasks[end]?.family !== undefined && tasks[end]?.family === tasks[end - 1]?.family) end -= 1;
  return tasks.slice(0, end === 0 ? half : end);
}
