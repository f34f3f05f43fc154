import type { Demo } from "../genome/index.ts";
import { sentenceDistance } from "./distance.ts";
import type { Evidence } from "./operator.ts";

/** A shown task with its right answer as an example; undefined where no one text is right. */
export function demoOf({ task, solution }: Evidence): Demo | undefined {
  return solution === undefined ? undefined : { input: task.input, output: solution };
}

/** How much an example is worth beside others: more when its answer is rare among them, and when it is unlike them. */
export function worthBeside({ input, output }: Demo, present: readonly Demo[]): number {
  const same = present.filter((demo) => demo.output === output).length;
  const unlike = Math.min(1, ...present.map((demo) => sentenceDistance(input, demo.input)));
  return (0.2 + unlike) / (1 + same) ** 2;
}
