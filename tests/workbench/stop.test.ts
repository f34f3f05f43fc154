import { existsSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { continueRun, openWorkbench, requestStop, startRun } from "../../src/workbench/index.ts";
import { stopFile } from "../../src/workbench/paths.ts";
import { shop } from "../live/shop.ts";

test("a run that is asked to stop, by the file that allele stop leaves, ends its search at the next step and is judged all the same", async () => {
  const { folder } = await shop();
  const workbench = openWorkbench({ cwd: folder, environment: process.env, log: () => {} });
  onTestFinished(() => workbench.close());
  const request = { genome: "curt", dataset: "questions", rollouts: 500, seed: 1, proposer: "none" } as const;
  const run = await startRun(workbench, request);
  let begun = 0;
  let wasThere = false;
  const report = await continueRun(workbench, run, {
    listen: ({ type }) => {
      if (type === "iteration-started") begun += 1;
      if (type === "iteration-finished" && begun === 2) {
        requestStop(workbench, run);
        wasThere = existsSync(stopFile(workbench, run));
      }
    },
  });
  expect(wasThere).toBe(true);
  expect([report.status, report.stop, report.iterations]).toEqual(["finished", "stop-requested", 2]);
  expect(report.comparison).toBeDefined();
  expect(existsSync(stopFile(workbench, run))).toBe(false);
  expect(() => requestStop(workbench, run)).toThrow(expect.objectContaining({ code: "run-finished" }));
});
