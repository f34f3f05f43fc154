import { describe, expect, test } from "vitest";
import { taskMatrix, type TaskMatrix } from "../../src/report/index.ts";

const none = new Map<string, number | null>();

function matrix(repeats: ReadonlyMap<string, readonly (readonly number[])[]> = new Map()): TaskMatrix {
  const seed = new Map([
    ["mended", 0.5],
    ["lost", 1],
    ["easy", 0.9],
    ["hard", 0],
    ["down", null],
  ]);
  const finalist = new Map([
    ["mended", 1],
    ["lost", 0.89],
    ["easy", 1],
    ["hard", 0.2],
    ["down", 1],
  ]);
  return taskMatrix({
    candidates: [
      { train: new Map([["seen", 1]]), validation: none, test: seed },
      { train: none, validation: new Map([["steer", 0]]), test: finalist },
    ],
    finalist: 1,
    tagsOf: (task) => [`tag of ${task}`],
    repeats,
  });
}

const marks = ({ tasks }: TaskMatrix): Record<string, readonly string[]> =>
  Object.fromEntries(tasks.map((task) => [task.task, task.marks]));

describe("the matrix of tasks and candidates", () => {
  test("has the sealed test first, and knows unmeasured from failed outside", () => {
    const { tasks, scores } = matrix();
    expect(tasks.map(({ task, split }) => `${split} ${task}`)).toEqual([
      "test mended",
      "test lost",
      "test easy",
      "test hard",
      "test down",
      "validation steer",
      "train seen",
    ]);
    expect(scores[0]).toEqual([0.5, 1, 0.9, 0, "failed", null, 1]);
    expect(tasks[4]).toEqual({ task: "down", split: "test", tags: ["tag of down"], marks: [], scored: 1, passed: 1 });
  });

  test("marks tasks that were fixed, broken, that everybody passes and that nobody does", () => {
    expect(marks(matrix())).toEqual({
      mended: ["fixed"],
      lost: ["broken"],
      easy: ["saturated"],
      hard: ["unsolved"],
      down: [],
      steer: [],
      seen: [],
    });
  });

  test("calls a task flaky only when the same genome passed and failed it", () => {
    const apart = matrix(
      new Map([
        ["hard", [[0, 0], [1]]],
        ["easy", [[1, 0.2]]],
      ]),
    );
    expect(marks(apart)).toMatchObject({ hard: ["unsolved"], easy: ["flaky", "saturated"] });
    expect(apart.repeated).toBe(2);
    expect(matrix().repeated).toBe(0);
  });
});
