import { expect, test } from "vitest";
import type { Look } from "../../src/report/index.ts";
import { initialize, testHeadroom } from "../../src/workbench/index.ts";
import { project } from "./project.ts";

test("the progress of a pre-test counts each rollout once, and never more than there are", async () => {
  const { folder, workbench } = project();
  initialize(folder, ".");
  const request = { genome: "starter", dataset: "starter", rollouts: 2000, seed: 0, headroom: 120 };
  for (const paid of [true, false]) {
    let look: Look | undefined;
    const found = await testHeadroom(workbench, { ...request, onLive: (given) => (look = given) });
    expect(found.paid > 0).toBe(paid);
    const [, done, total] = /^(\d+)\/(\d+) /.exec(look?.line() ?? "") ?? [];
    expect(Number(done)).toBe(found.small.rollouts);
    expect(Number(done)).toBeLessThanOrEqual(Number(total));
  }
});
