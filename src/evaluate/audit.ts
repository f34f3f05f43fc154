import { mean } from "../statistics/index.ts";

/** What one genome came to on one task. */
interface MeasuredScore {
  readonly genome: string;
  readonly repeat: number;
  readonly score: number;
  /** The answer it gave; asked for only where it is needed. */
  readonly answer: () => string;
}

/** A task with everything that was measured on it. */
export interface MeasuredTask {
  readonly task: string;
  readonly split: string;
  readonly scores: readonly MeasuredScore[];
}

export interface MeasuredFault {
  readonly kind: "flaky" | "saturated" | "unsolved" | "mislabelled";
  readonly task: string;
  readonly split: string;
  readonly detail: string;
}

/** From this score on a task counts as passed. */
const passed = 0.9;
/** Under this a good candidate that agrees with others contradicts the label. */
const wrong = 0.5;
/** Fewer candidates say nothing about a task. */
const fewest = 5;
/** The share of candidates, best first by their other tasks, that count as good, and how many of them must give one answer. */
const goodShare = 0.4;
const fewestGood = 3;
const agreement = 0.8;
/** Good candidates must also be good in themselves: on average over all other tasks. */
const goodMean = 0.5;

/**
 * What measurements say about tasks. `flaky`: repeats of one candidate disagree on whether it is passed. `saturated`: all candidates
 * pass it. `unsolved`: none does. `mislabelled`: candidates that are good elsewhere give one and the same answer, and the label calls
 * it wrong. Tasks with fewer than five candidates are not judged but for flakiness.
 */
export function auditMeasured(tasks: readonly MeasuredTask[]): readonly MeasuredFault[] {
  const totals = totalsOf(tasks);
  return tasks.flatMap((task) => {
    const { scores } = task;
    const byGenome = [...Map.groupBy(scores, ({ genome }) => genome)];
    const flaky = byGenome.filter(([, group]) => {
      const passes = group.filter(({ score }) => score >= passed).length;
      return passes > 0 && passes < group.length;
    });
    const repeated = byGenome.filter(([, group]) => group.length > 1).length;
    const found: MeasuredFault[] = [];
    const fault = (kind: MeasuredFault["kind"], detail: string): void => {
      found.push({ kind, task: task.task, split: task.split, detail });
    };
    if (flaky.length > 0) fault("flaky", `repeats disagree for ${flaky.length} of ${repeated} candidates`);
    if (byGenome.length < fewest) return found;
    if (scores.every(({ score }) => score >= passed)) fault("saturated", `all ${byGenome.length} candidates pass it`);
    if (scores.every(({ score }) => score < passed)) {
      const answers = contradiction(scores, totals);
      if (answers !== undefined) fault("mislabelled", answers);
      fault("unsolved", `none of ${byGenome.length} candidates passes it`);
      return found;
    }
    const answers = contradiction(scores, totals);
    if (answers !== undefined) fault("mislabelled", answers);
    return found;
  });
}

interface Total {
  readonly sum: number;
  readonly n: number;
}

function totalsOf(tasks: readonly MeasuredTask[]): ReadonlyMap<string, Total> {
  const totals = new Map<string, Total>();
  for (const { genome, score } of tasks.flatMap(({ scores }) => scores)) {
    const { sum, n } = totals.get(genome) ?? { sum: 0, n: 0 };
    totals.set(genome, { sum: sum + score, n: n + 1 });
  }
  return totals;
}

/** What good candidates agree on against the label, or undefined. How good one is comes from its other tasks alone. */
function contradiction(scores: readonly MeasuredScore[], totals: ReadonlyMap<string, Total>): string | undefined {
  const rated = [...Map.groupBy(scores, ({ genome }) => genome)]
    .map(([genome, group]) => {
      const total = totals.get(genome) ?? { sum: 0, n: 0 };
      const others = total.n - group.length;
      const here = group.reduce((sum, { score }) => sum + score, 0);
      return { group, elsewhere: others === 0 ? 0 : (total.sum - here) / others };
    })
    .toSorted((a, b) => b.elsewhere - a.elsewhere);
  const good = rated
    .slice(0, Math.max(fewestGood, Math.round(goodShare * rated.length)))
    .filter(({ elsewhere }) => elsewhere >= goodMean);
  if (good.length < fewestGood) return undefined;
  const failing = good.filter(({ group }) => mean(group.map(({ score }) => score)) < wrong);
  if (failing.length < agreement * good.length) return undefined;
  const answers = failing.map(({ group }) => ({
    plain: plainAnswer(group[0]?.answer() ?? ""),
    given: group[0]?.answer() ?? "",
  }));
  const [common] = [...Map.groupBy(answers, ({ plain }) => plain)].toSorted(([, a], [, b]) => b.length - a.length);
  if (common === undefined || common[0] === "" || common[1].length < agreement * good.length) return undefined;
  const [, givers] = common;
  return `${givers.length} of the ${good.length} best candidates answer "${givers[0]?.given.trim().slice(-80)}", which its checks call wrong`;
}

/** The last line, where an answer usually stands, without case and spacing. */
function plainAnswer(answer: string): string {
  const line = answer.trim().split("\n").at(-1) ?? "";
  return line
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s.!"'*_]+/g, " ")
    .trim();
}
