import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { contentHash, makeRandom, systemClock } from "../../src/base/index.ts";
import { makeSimulatedProvider, serveOpenAi, type Provider } from "../../src/providers/index.ts";
import { continueRun, openWorkbench, startRun } from "../../src/workbench/index.ts";
import { start, projectFolder } from "../cli/allele.ts";
import { journalIn, journalOf, project } from "./project.ts";

const request = { genome: "desk-seed", dataset: "desk", rollouts: 900, seed: 7, name: "same" };

test("a run is the same at concurrency 1, 8 and 64, apart from times", async () => {
  const journals: (readonly string[])[] = [];
  for (const concurrency of [1, 8, 64]) {
    const { workbench } = project();
    const run = await startRun(workbench, { ...request, concurrency });
    await continueRun(workbench, run, {});
    journals.push(journalOf(workbench.store, run));
  }
  expect(journals[0]?.length).toBeGreaterThan(50);
  expect(journals[1]).toEqual(journals[0]);
  expect(journals[2]).toEqual(journals[0]);
});

test("a run that finds its rollouts in the cache of an earlier one has the same journal", async () => {
  const { workbench } = project();
  for (const name of ["first", "second"])
    await continueRun(workbench, await startRun(workbench, { ...request, name }), {});
  expect(journalOf(workbench.store, "second")).toEqual(journalOf(workbench.store, "first"));
});

test("a run that was killed twenty times ends as if it never had been, and pays no finished rollout twice", async () => {
  const asked = new Map<string, number>();
  let callsUntilKill = Number.POSITIVE_INFINITY;
  let kill = (): void => {};
  const model = makeSimulatedProvider({ seed: 0 });
  const counting: Provider = {
    name: "counting",
    complete: (call, options) => {
      const key = contentHash(call);
      asked.set(key, (asked.get(key) ?? 0) + 1);
      if (--callsUntilKill === 0) kill();
      return model.complete(call, options);
    },
  };
  const server = await serveOpenAi(counting, { port: 0, clock: systemClock });
  const folder = projectFolder();
  const reference = projectFolder();
  try {
    for (const place of [folder, reference]) {
      writeFileSync(
        join(place, "allele.yaml"),
        `allele: config/1\nmodels:\n  task: { kind: openai-compatible, base_url: "${server.url}", model: simulated }\nconcurrency: 4\n`,
      );
    }
    const argv = [
      "evolve",
      "-g",
      "desk-seed",
      "-d",
      "desk",
      "--rollouts",
      "620",
      "--seed",
      "7",
      "--name",
      "same",
      "--yes",
    ];
    const random = makeRandom("kills");
    let kills = 0;
    let code: number | null = null;
    for (let turn = 0; code === null; turn++) {
      const child = start(folder, turn === 0 ? argv : ["resume", "same"]);
      kill = () => child.kill("SIGKILL");
      callsUntilKill = kills < 20 ? 1 + random.int(60) : Number.POSITIVE_INFINITY;
      ({ code } = await child.finished);
      if (code === null) kills += 1;
    }
    expect(kills).toBe(20);
    expect([0, 3, 4]).toContain(code);
    const paidAgain = [...asked.values()].reduce((sum, count) => sum + count - 1, 0);
    asked.clear();
    const whole = await start(reference, argv).finished;
    expect(whole.code).toBe(code);
    const once = [...asked.values()].reduce((sum, count) => sum + count - 1, 0);
    expect(journalIn(folder, "same")).toEqual(journalIn(reference, "same"));
    // What a kill catches under way is lost: at most four rollouts each time, of at most twelve calls.
    expect(paidAgain - once).toBeLessThanOrEqual(kills * 4 * 12);
  } finally {
    await server.close();
  }
});

test("an interrupted run is resumable and ends the same", async () => {
  const { folder, workbench } = project();
  const interruption = new AbortController();
  const run = await startRun(workbench, request);
  let seen = 0;
  const cut = await continueRun(workbench, run, {
    signal: interruption.signal,
    listen: (event) => {
      if (event.type === "rollout-finished" && ++seen === 250) interruption.abort();
    },
    onEvent: () => {},
  });
  expect(cut.status).toBe("interrupted");
  const again = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
  const report = await continueRun(again, run, {});
  expect(report.status).toBe("finished");
  const journal = journalOf(again.store, run);
  again.close();
  const other = project();
  await continueRun(other.workbench, await startRun(other.workbench, request), {});
  expect(journal).toEqual(journalOf(other.workbench.store, run));
});
