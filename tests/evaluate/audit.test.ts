import { expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { auditMeasured, type MeasuredTask } from "../../src/evaluate/index.ts";

const classes = ["billing", "refunds", "delivery", "other"];
const TASKS = 200;

/**
 * A pool of candidates with skills from 0.5 to 0.9 on tasks with one of four classes as the right answer; wrong answers fall on one class
 * more often than on others, as those of real models do. The labels of every `every`-th task are another class.
 */
function pool(
  seed: number,
  candidates: number,
  every: number,
): { tasks: readonly MeasuredTask[]; planted: ReadonlySet<string> } {
  const random = makeRandom(seed);
  const planted = new Set<string>();
  const tasks = Array.from({ length: TASKS }, (_, index): MeasuredTask => {
    const draw = random.fork(`task ${index}`);
    const right = Math.floor(draw.next() * 4);
    const tempting = (right + 1 + Math.floor(draw.next() * 3)) % 4;
    const difficulty = 0.8 + 0.4 * draw.next();
    const isWrong = index % every === 0;
    const label = isWrong ? (right + 1 + Math.floor(draw.next() * 3)) % 4 : right;
    if (isWrong) planted.add(`t${index}`);
    const scores = Array.from({ length: candidates }, (_none, candidate) => {
      const skill = 0.5 + (0.4 * candidate) / candidates;
      const isRight = draw.next() < 1 - (1 - skill) * difficulty;
      const other = draw.next() < 0.6 ? tempting : Math.floor(draw.next() * 4);
      const answer = isRight ? right : other;
      return {
        genome: `g${candidate}`,
        repeat: 0,
        score: answer === label ? 1 : 0,
        answer: () => `Answer: ${classes[answer]}.`,
      };
    });
    return { task: `t${index}`, split: "train", scores };
  });
  return { tasks, planted };
}

test("tasks with a wrong label are found where good candidates agree: precision and recall on planted ones", () => {
  let [hits, found, all] = [0, 0, 0];
  for (let seed = 0; seed < 20; seed++) {
    const { tasks, planted } = pool(seed, 12, 20);
    const named = auditMeasured(tasks).filter(({ kind }) => kind === "mislabelled");
    found += named.length;
    all += planted.size;
    hits += named.filter(({ task }) => planted.has(task)).length;
  }
  const [precision, recall] = [hits / found, hits / all];
  expect(precision).toBeGreaterThan(0.9);
  expect(recall).toBeGreaterThan(0.75);
});

const task = (id: string, scores: readonly (readonly [string, number, number])[]): MeasuredTask => ({
  task: id,
  split: "test",
  scores: scores.map(([genome, repeat, score]) => ({ genome, repeat, score, answer: () => `by ${genome}` })),
});
const five = (score: number): readonly (readonly [string, number, number])[] =>
  ["a", "b", "c", "d", "e"].map((genome) => [genome, 0, score] as const);

test("flaky, saturated and unsolved tasks are named, and few candidates say nothing of a task", () => {
  const kinds = (tasks: readonly MeasuredTask[]): readonly string[] =>
    auditMeasured(tasks).map(({ task: id, kind }) => `${id} ${kind}`);
  expect(kinds([task("full", five(1)), task("empty", five(0)), task("mixed", [...five(1), ["f", 0, 0]])])).toEqual([
    "full saturated",
    "empty unsolved",
  ]);
  expect(
    kinds([
      task("few", [
        ["a", 0, 1],
        ["b", 0, 1],
      ]),
    ]),
  ).toEqual([]);
  expect(
    kinds([
      task("same", [
        ["a", 0, 1],
        ["a", 1, 1],
        ["b", 0, 0],
        ["b", 1, 0.5],
      ]),
    ]),
  ).toEqual([]);
  expect(
    auditMeasured([
      task("two", [
        ["a", 0, 1],
        ["a", 1, 0],
        ["b", 0, 0],
        ["b", 1, 0],
      ]),
    ]),
  ).toEqual([{ kind: "flaky", task: "two", split: "test", detail: "repeats disagree for 1 of 2 candidates" }]);
  expect(auditMeasured([])).toEqual([]);
});
