import { expect, test } from "vitest";
import { evaluateGenome, initialize, openWorkbench, planEvolution, type Workbench } from "../../src/workbench/index.ts";
import { project } from "./project.ts";

/** Expected tokens of a rollout, as the plan of a run has them. */
async function expected(workbench: Workbench, genome: string, dataset: string, budget: object): Promise<number> {
  const { json } = await planEvolution(workbench, { ...budget, genome, dataset, seed: 0 });
  const { tokens, rollouts } = json["sealedTest"] as { readonly tokens: number; readonly rollouts: number };
  return tokens / rollouts;
}

test("where an agent answers in one call, what a rollout is expected to cost follows its prompt and the tasks", async () => {
  const { folder } = project();
  initialize(folder, ".");
  const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
  try {
    const starter = await expected(workbench, "starter", "starter", { rollouts: 400 });
    const batch = { split: "train", repeats: 1 } as const;
    const { tokens, rollouts } = await evaluateGenome(workbench, { genome: "starter", dataset: "starter", ...batch });
    expect(tokens / rollouts).toBeLessThan(starter);
    expect(starter).toBeLessThan(10 * (tokens / rollouts));
    // What such agents need is not refused for want of what agents with tools need.
    await expected(workbench, "starter", "starter", { tokens: 60_000 });
    await expect(expected(workbench, "desk-seed", "desk", { tokens: 60_000 })).rejects.toThrow(
      expect.objectContaining({ code: "budget-too-small" }),
    );
  } finally {
    workbench.close();
  }
});
