import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { manualClock } from "../../src/base/index.ts";
import type { Task } from "../../src/dataset/index.ts";
import type { Rollout } from "../../src/evaluate/index.ts";
import { genomeId } from "../../src/genome/index.ts";
import { ProviderError } from "../../src/providers/index.ts";
import type { ToolModule } from "../../src/runtime/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { openDatabase } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrations.ts";
import { storeOn } from "../../src/store/open-store.ts";
import { careful, evaluatorOf, hasty, makeClerk, stockDataset, stockTask, stockTools } from "./stock.ts";

const { tasks } = stockDataset(60);

function memoryStore(): Store {
  const store = openStore(":memory:");
  onTestFinished(() => store.close());
  return store;
}

function storeFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "allele-evaluate-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "allele.db");
}

const scores = (rollouts: readonly Rollout[]) =>
  rollouts.map((rollout) => (rollout.state === "scored" ? rollout.score : rollout.code));
const total = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, n) => sum + n, 0);

describe("a batch", () => {
  test("scores each task in a world of its own, in the order of the tasks", async () => {
    const evaluator = evaluatorOf(memoryStore(), makeClerk());
    const good = await evaluator.evaluate(careful, tasks);
    expect(good.map(({ task }) => task)).toEqual(tasks.map(({ id }) => id));
    expect(scores(good)).toEqual(tasks.map(() => 1));
    expect(good[3]).toMatchObject({
      state: "scored",
      repeat: 0,
      objectives: { answer: 1, world: 1 },
      usage: { modelCalls: 2, inputTokens: 200, outputTokens: 20 },
      trace: { answer: "Answer: 211", stop: "answered", steps: [{}, { kind: "tool", name: "count", ok: true }, {}] },
    });
    const bad = await evaluator.evaluate(hasty, tasks);
    expect(scores(bad)).toEqual(tasks.map((_, index) => (index === 1 ? 1 : 0.25)));
    expect(bad[0]).toMatchObject({ feedback: [expect.stringContaining("Answer: 100")] });
  });

  test("starts first what took the most model calls before, and still answers in the order of the tasks", async () => {
    const store = memoryStore();
    const before = evaluatorOf(store, makeClerk());
    await before.evaluate(hasty, tasks.slice(0, 8));
    await before.evaluate(careful, [stockTask(5), stockTask(3)]);
    const started: string[] = [];
    const rollouts = await evaluatorOf(store, makeClerk(), { concurrency: 1 }).evaluate(careful, tasks.slice(0, 8), {
      repeat: 1,
      onRun: ({ id }) => {
        started.push(id);
        return () => {};
      },
    });
    expect(started).toEqual([3, 5, 0, 1, 2, 4, 6, 7].map((index) => `task-${index}`));
    expect(rollouts.map(({ task }) => task)).toEqual(tasks.slice(0, 8).map(({ id }) => id));
  });

  test("gives the same at any concurrency, and never has more under way", async () => {
    const results = await Promise.all(
      [1, 8, 64].map(async (concurrency) => {
        const store = memoryStore();
        const clerk = makeClerk();
        const order: string[] = [];
        const rollouts = await evaluatorOf(store, clerk, { concurrency }).evaluate(careful, tasks, {
          onRollout: ({ task }) => order.push(task),
        });
        expect(clerk.most()).toBe(Math.min(concurrency, tasks.length));
        const stored = store.rollouts.listByGenome(genomeId(careful)).toSorted((a, b) => (a.key < b.key ? -1 : 1));
        return { rollouts, stored, order };
      }),
    );
    const [one, eight, many] = results;
    expect(eight?.rollouts).toEqual(one?.rollouts);
    expect(many?.rollouts).toEqual(one?.rollouts);
    expect(many?.stored).toEqual(one?.stored);
    expect(many?.order).not.toEqual(one?.order);
  });

  test("bounds what is under way over all calls together", async () => {
    const clerk = makeClerk();
    const evaluator = evaluatorOf(memoryStore(), clerk, { concurrency: 4 });
    await Promise.all([evaluator.evaluate(careful, tasks), evaluator.evaluate(hasty, tasks)]);
    expect(clerk.most()).toBe(4);
  });

  test("draws the same seeds for every genome, others for other tasks and repeats", async () => {
    const seedsOf = async (genome: typeof careful, repeat: number): Promise<readonly (number | undefined)[]> => {
      const seeds: (number | undefined)[] = [];
      const clerk = makeClerk();
      const provider = {
        ...clerk,
        complete: (request: Parameters<typeof clerk.complete>[0]) => {
          if (request.messages.at(-1)?.role === "user") seeds.push(request.seed);
          return clerk.complete(request);
        },
      };
      await evaluatorOf(memoryStore(), provider, { concurrency: 1 }).evaluate(genome, tasks, { repeat });
      return seeds;
    };
    const seeds = await seedsOf(careful, 0);
    expect(await seedsOf(hasty, 0)).toEqual(seeds);
    expect(new Set([...seeds, ...(await seedsOf(careful, 1))]).size).toBe(2 * tasks.length);
  });
});

describe("a world", () => {
  test("is made for each rollout and closed after it, whether it was scored or failed", async () => {
    let made = 0;
    let open = 0;
    const tools: ToolModule = {
      ...stockTools,
      createWorld: (spec) => {
        const world = stockTools.createWorld(spec);
        made += 1;
        open += 1;
        const close = (): void => {
          open -= 1;
          world.close?.();
        };
        return { ...world, close };
      },
    };
    const clerk = makeClerk((item) => {
      if (item === "item-3") throw new ProviderError({ code: "model-timeout", message: "late", retryable: true });
    });
    await evaluatorOf(memoryStore(), clerk, { tools }).evaluate(careful, tasks);
    expect({ made, open }).toEqual({ made: tasks.length, open: 0 });
  });
});

describe("the cache", () => {
  test("is never paid twice, by a second call or a second process", async () => {
    const file = storeFile();
    const clerk = makeClerk();
    const first = openStore(file);
    const rollouts = await evaluatorOf(first, clerk).evaluate(careful, tasks.slice(0, 40));
    first.close();
    const second = openStore(file);
    onTestFinished(() => second.close());
    const reused: boolean[] = [];
    const again = await evaluatorOf(second, clerk).evaluate(careful, tasks, {
      onRollout: (_, was) => reused.push(was),
    });
    expect(again.slice(0, 40)).toEqual(rollouts);
    expect(reused.filter(Boolean)).toHaveLength(40);
    expect([...clerk.paid.values()]).toEqual(tasks.map(() => 2));
  });

  test("shares what is under way between calls and between equal tasks", async () => {
    const clerk = makeClerk();
    const evaluator = evaluatorOf(memoryStore(), clerk);
    const twins: Task[] = [stockTask(5), { ...stockTask(5), id: "twin" }];
    const [a, b] = await Promise.all([evaluator.evaluate(careful, twins), evaluator.evaluate(careful, tasks)]);
    expect(a.map(({ task }) => task)).toEqual(["task-5", "twin"]);
    expect(scores(b)).toEqual(tasks.map(() => 1));
    expect(total(clerk.paid)).toBe(2 * tasks.length);
  });

  test("does not take over what depends on something else", async () => {
    const store = memoryStore();
    const clerk = makeClerk();
    const [task = stockTask(0)] = tasks;
    const change = async (parts: Parameters<typeof evaluatorOf>[2], repeat = 0, changed: Task = task) => {
      const before = total(clerk.paid);
      await evaluatorOf(store, clerk, parts).evaluate(careful, [changed], { repeat });
      return total(clerk.paid) - before;
    };
    expect(await change({})).toBe(2);
    expect(await change({})).toBe(0);
    expect(await change({ concurrency: 1 })).toBe(0);
    expect(await change({}, 0, { ...task, id: "renamed", tags: [] })).toBe(0);
    expect(await change({}, 1)).toBe(2);
    expect(await change({ seed: 1 })).toBe(2);
    expect(await change({ modelIdentity: "clerk-2" })).toBe(2);
    expect(await change({ limits: { tokens: 500 } })).toBe(2);
    expect(await change({ tools: { ...stockTools, version: "2" } })).toBe(2);
    expect(await change({}, 0, { ...task, split: "test" })).toBe(2);
    expect(await change({}, 0, { ...task, checks: task.checks.slice(1) })).toBe(2);
  });
});

describe("a failure of the outside", () => {
  const serverError = () => new ProviderError({ code: "model-server-error", message: "500", retryable: true });

  test("is kept apart from wrong answers, counted with what it cost, and tried again the next time", async () => {
    const store = memoryStore();
    let broken = true;
    const clerk = makeClerk((item) => {
      if (broken && clerk.paid.has(item) && Number(item.slice(5)) % 10 === 3) throw serverError();
    });
    const rollouts = await evaluatorOf(store, clerk).evaluate(careful, tasks);
    expect(scores(rollouts)).toEqual(tasks.map((_, index) => (index % 10 === 3 ? "model-server-error" : 1)));
    expect(rollouts[3]).toEqual({
      state: "failed",
      task: "task-3",
      repeat: 0,
      code: "model-server-error",
      reason: "500",
      usage: { modelCalls: 1, inputTokens: 100, outputTokens: 10, usd: 0, milliseconds: 0 },
    });
    broken = false;
    expect(scores(await evaluatorOf(store, clerk).evaluate(careful, tasks))).toEqual(tasks.map(() => 1));
  });

  test("stops the batch when one after the other fails, keeping what was scored", async () => {
    const store = memoryStore();
    const clerk = makeClerk((item) => {
      if (Number(item.slice(5)) >= 20) throw serverError();
    });
    const evaluator = evaluatorOf(store, clerk, { concurrency: 1 });
    const seen: string[] = [];
    await expect(
      evaluator.evaluate(careful, tasks, { onRollout: ({ state }) => seen.push(state) }),
    ).rejects.toMatchObject({ code: "model-server-error", kind: "outside" });
    expect(store.rollouts.listByGenome(genomeId(careful))).toHaveLength(20);
    expect(seen.filter((state) => state === "failed")).toHaveLength(4);
    await expect(evaluator.evaluate(careful, tasks.slice(30))).rejects.toMatchObject({ code: "model-server-error" });
  });

  test("stops the batch at once when it cannot pass", async () => {
    let calls = 0;
    const clerk = makeClerk(() => {
      calls += 1;
      throw new ProviderError({ code: "model-unauthorized", message: "401", retryable: false });
    });
    const batch = evaluatorOf(memoryStore(), clerk, { concurrency: 4 }).evaluate(careful, tasks);
    await expect(batch).rejects.toMatchObject({ code: "model-unauthorized" });
    expect(calls).toBe(4);
  });

  test("is also a rollout that takes too long", async () => {
    const clerk = makeClerk(() => new Promise(() => {}));
    const evaluator = evaluatorOf(memoryStore(), clerk, { rolloutTimeout: 50 });
    expect(scores(await evaluator.evaluate(careful, tasks.slice(0, 2)))).toEqual([
      "rollout-timeout",
      "rollout-timeout",
    ]);
  });

  test("is also a disk that is full: what was stored before stays", async () => {
    const file = storeFile();
    const database = openDatabase(file);
    onTestFinished(() => {
      database.close();
    });
    migrate(database, file, manualClock());
    database.pragma(`max_page_count = ${Number(database.pragma("page_count", { simple: true })) + 2}`);
    const store = storeOn(database, file);
    let reported = 0;
    const batch = evaluatorOf(store, makeClerk()).evaluate(careful, tasks, { onRollout: () => (reported += 1) });
    await expect(batch).rejects.toMatchObject({ code: "store-full", kind: "outside" });
    expect(reported).toBeGreaterThan(0);
    expect(store.rollouts.listByGenome(genomeId(careful))).toHaveLength(reported);
  });
});

describe("an interruption", () => {
  test("stops at once and keeps every rollout that was paid", async () => {
    const store = memoryStore();
    const clerk = makeClerk((_, signal) => signal?.throwIfAborted());
    const evaluator = evaluatorOf(store, clerk, { concurrency: 3 });
    const controller = new AbortController();
    let reported = 0;
    const batch = evaluator.evaluate(careful, tasks, {
      signal: controller.signal,
      onRollout: () => {
        reported += 1;
        if (reported === 10) controller.abort();
      },
    });
    await expect(batch).rejects.toMatchObject({ code: "interrupted", kind: "interrupted" });
    const kept = store.rollouts.listByGenome(genomeId(careful)).length;
    expect(kept).toBeGreaterThanOrEqual(10);
    expect(kept).toBeLessThan(15);
    let reused = 0;
    await evaluator.evaluate(careful, tasks, { onRollout: (_, was) => (reused += Number(was)) });
    expect(reused).toBe(kept);
  });

  test("of one call is not one of another that shares its rollouts", async () => {
    const clerk = makeClerk((_, signal) => signal?.throwIfAborted());
    const evaluator = evaluatorOf(memoryStore(), clerk, { concurrency: 4 });
    const controller = new AbortController();
    const first = evaluator.evaluate(careful, tasks, { signal: controller.signal });
    const second = evaluator.evaluate(careful, tasks);
    const refused = expect(first).rejects.toMatchObject({ kind: "interrupted" });
    setImmediate(() => controller.abort());
    await refused;
    expect(scores(await second)).toEqual(tasks.map(() => 1));
  });
});

describe("a mistake in the dataset", () => {
  test("is told with its task: a world that cannot be made", async () => {
    const wrong: Task = { ...stockTask(1), world: null };
    await expect(evaluatorOf(memoryStore(), makeClerk()).evaluate(careful, [wrong])).rejects.toMatchObject({
      code: "world-failed",
      kind: "input",
      message: expect.stringContaining("task-1"),
    });
  });

  test("is told before anything is paid: a genome that does not fit", async () => {
    const clerk = makeClerk();
    const genome = { ...careful, genes: { ...careful.genes, mood: { type: "boolean", value: true } } } as const;
    await expect(evaluatorOf(memoryStore(), clerk).evaluate(genome, tasks)).rejects.toMatchObject({
      code: "unexpressed-gene",
    });
    expect(total(clerk.paid)).toBe(0);
  });
});
