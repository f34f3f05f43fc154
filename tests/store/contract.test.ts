import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { contentHash } from "../../src/base/index.ts";
import { openMemoryDatabase, openStore, type RunQuery, type Store } from "../../src/store/index.ts";
import { genome, genomeId, rolloutRecord } from "./rollout-record.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const places: readonly { place: string; open: () => Store }[] = [
  { place: "in memory", open: () => openStore(":memory:") },
  { place: "in a file", open: () => openStore(join(temporaryFolder(), "runs", "allele.db")) },
];

const startRun = (store: Store, id = "desk-1"): void => store.runs.create({ id, options: { seed: 7 }, createdAt: 100 });

describe.each(places)("a store $place", ({ open }) => {
  const opened = (): Store => {
    const store = open();
    onTestFinished(() => store.close());
    return store;
  };

  test("keeps runs, newest first, and their status", () => {
    const { runs } = opened();
    runs.create({ id: "desk-1", options: { seed: 7 }, createdAt: 100 });
    runs.create({ id: "desk-2", options: null, createdAt: 200 });
    runs.setStatus("desk-1", "finished", 300);
    expect(runs.list().map(({ id }) => id)).toEqual(["desk-2", "desk-1"]);
    expect(runs.get("desk-1")).toEqual({
      id: "desk-1",
      status: "finished",
      options: { seed: 7 },
      createdAt: 100,
      updatedAt: 300,
    });
    expect(runs.get("desk-2")?.status).toBe("running");
    expect(runs.get("none")).toBeUndefined();
  });

  test("refuses a second run of the same name, an impossible name and a status for no run", () => {
    const store = opened();
    startRun(store);
    expect(() => startRun(store)).toThrow(expect.objectContaining({ code: "run-exists" }));
    expect(() => startRun(store, "../elsewhere")).toThrow(expect.objectContaining({ code: "run-name" }));
    expect(() => store.runs.setStatus("none", "finished", 1)).toThrow(expect.objectContaining({ code: "run-missing" }));
  });

  test("gives a run to one holder at a time", () => {
    const { runs } = opened();
    const release = runs.lock("desk-1");
    expect(() => runs.lock("desk-1")).toThrow(expect.objectContaining({ code: "run-locked" }));
    runs.lock("desk-2")();
    release();
    release();
    runs.lock("desk-1")();
  });

  test("appends events in order, all or none", () => {
    const store = opened();
    startRun(store);
    const event = (index: number, name = "x") => ({ index, at: 5, event: { name } });
    store.events.append("desk-1", [event(0), event(1)]);
    expect(() => store.events.append("desk-1", [event(2), event(4)])).toThrow(
      expect.objectContaining({ code: "event-order" }),
    );
    store.events.append("desk-1", [event(2, "y")]);
    expect(store.events.list("desk-1")).toEqual([event(0), event(1), event(2, "y")]);
    expect(() => store.events.append("none", [event(0)])).toThrow(expect.objectContaining({ code: "run-missing" }));
  });

  test("keeps genomes and finds them by the beginning of their id", () => {
    const { genomes } = opened();
    genomes.put(genomeId, genome, 1);
    genomes.put(genomeId, genome, 2);
    genomes.put("s256:ffff0000", { ...genome, name: "other" }, 2);
    expect(genomes.get(genomeId)).toEqual(genome);
    expect(genomes.get("s256:00")).toBeUndefined();
    expect(genomes.find("s256:ffff")).toEqual(["s256:ffff0000"]);
    expect(genomes.find("ffff0000")).toEqual(["s256:ffff0000"]);
    expect(genomes.find(genomeId.slice(5, 12))).toEqual([genomeId]);
    expect(genomes.find("")).toEqual([]);
    expect(genomes.find("%")).toEqual([]);
  });

  test("keeps the first rollout of a key, and its trace apart", () => {
    const { rollouts } = opened();
    const { trace, ...record } = rolloutRecord(1);
    rollouts.put({ ...record, trace }, 1);
    rollouts.put({ ...record, rollout: { score: "other" }, trace: "other" }, 2);
    rollouts.put({ ...rolloutRecord(2), trace: undefined }, 3);
    expect(rollouts.get(record.key)).toEqual({ ...record, at: 1 });
    expect(rollouts.trace(record.key)).toEqual(trace);
    expect(rollouts.trace(rolloutRecord(2).key)).toBeUndefined();
    expect(rollouts.get(rolloutRecord(3).key)).toBeUndefined();
    expect(rollouts.listByGenome(genomeId).map(({ task }) => task)).toEqual(["task-1", "task-2"]);
    expect(rollouts.meanByTask("$.missing").size).toBe(0);
    rollouts.put({ ...rolloutRecord(4), rollout: { usage: { modelCalls: 3 } } }, 4);
    rollouts.put({ ...rolloutRecord(5), task: "task-4", rollout: { usage: { modelCalls: 6 } } }, 5);
    expect(rollouts.meanByTask("$.usage.modelCalls")).toEqual(new Map([["task-4", 4.5]]));
  });

  test("keeps paid replies by run and request", () => {
    const store = opened();
    startRun(store);
    startRun(store, "desk-2");
    const key = contentHash("request");
    store.replies.put("desk-1", key, { reply: { content: "first" }, milliseconds: 300 }, 1);
    store.replies.put("desk-1", key, { reply: { content: "second" }, milliseconds: 9 }, 2);
    store.replies.put("desk-1", contentHash("another"), { reply: null, milliseconds: 500.5 }, 3);
    expect(store.replies.waited("desk-1")).toEqual({ count: 2, milliseconds: 800.5 });
    expect(store.replies.waited("desk-2")).toEqual({ count: 0, milliseconds: 0 });
    expect(store.replies.get("desk-1", key)).toEqual({ content: "first" });
    expect(store.replies.get("desk-2", key)).toBeUndefined();
    expect(() => store.replies.put("none", key, { reply: null, milliseconds: 0 }, 1)).toThrow(
      expect.objectContaining({ code: "run-missing" }),
    );
  });

  test("numbers promotions and tells what a channel points at", () => {
    const { promotions } = opened();
    const entry = {
      profile: "clerk",
      channel: "prod",
      genome: genomeId,
      previous: undefined,
      kind: "promote",
      verdict: "better",
      evidence: { n: 160 },
      reason: "",
      at: 1,
    } as const;
    expect(promotions.append(entry)).toEqual({ ...entry, index: 1 });
    const next = promotions.append({ ...entry, genome: "s256:02", previous: genomeId });
    promotions.append({ ...entry, profile: "other", channel: "dev" });
    expect(promotions.current("clerk", "prod")).toEqual(next);
    expect(promotions.current("clerk", "dev")).toBeUndefined();
    expect(promotions.list("clerk")).toEqual([{ ...entry, index: 1 }, next]);
    expect(promotions.list().map(({ index }) => index)).toEqual([1, 2, 3]);
    expect(promotions.latest("clerk", "prod")).toEqual(next);
    expect(promotions.profiles()).toEqual(["clerk", "other"]);
  });

  test("keeps sessions, turns and ratings of a trial, which moves no pointer", () => {
    const { promotions, sessions } = opened();
    const base = { profile: "clerk", channel: "prod", previous: undefined, verdict: "better", evidence: null } as const;
    promotions.append({ ...base, genome: genomeId, kind: "promote", reason: "", at: 1 });
    const trial = promotions.append({ ...base, genome: "s256:02", kind: "canary", reason: "", at: 2 }).index;
    expect(promotions.current("clerk", "prod")?.genome).toBe(genomeId);
    expect(promotions.latest("clerk", "prod")?.genome).toBe("s256:02");
    expect(promotions.latest("clerk", "dev")).toBeUndefined();
    const session = { trial, session: "c1", arm: "challenger", genome: "s256:02", at: 3 } as const;
    sessions.put(session);
    sessions.put({ ...session, at: 9 });
    expect(sessions.list(trial)).toEqual([session]);
    expect(sessions.find("c1")).toEqual([session]);
    const turn = { trial, session: "c1", arm: "challenger", tokens: 5, usd: 0.5, at: 4 } as const;
    sessions.addTurn({ ...turn, answered: true });
    sessions.addTurn({ ...turn, answered: false, question: "?", answer: "" });
    expect(sessions.turns(trial)).toEqual([
      { ...turn, answered: true, question: undefined, answer: undefined },
      { ...turn, answered: false, question: "?", answer: "" },
    ]);
    const rating = { trial, session: "c1", arm: "challenger", author: "ada", score: 1, comment: "", at: 5 } as const;
    sessions.rate(rating);
    expect(sessions.ratings(trial)).toEqual([rating]);
    expect(sessions.list(trial + 1)).toEqual([]);
    expect(() => sessions.put({ ...session, trial: 99 })).toThrow();
  });

  test("lists every opening of a sealed test", () => {
    const { testOpenings } = opened();
    const opening = { dataset: "desk", genomes: [genomeId], purpose: "promotion", at: 9 };
    testOpenings.append(opening);
    testOpenings.append({ ...opening, dataset: "triage" });
    expect(testOpenings.list("desk")).toEqual([opening]);
    expect(["desk", "triage", "none"].map((dataset) => testOpenings.count(dataset))).toEqual([1, 1, 0]);
  });

  test("lists runs by what they came to, filtered, in the order asked for, and knows whose journal has grown since", () => {
    const { runs, events } = opened();
    const summary = { dataset: "desk", genome: "clerk", seed: "s256:0a", winner: undefined, verdict: undefined };
    const figures = { difference: undefined, rollouts: 10, usd: 0, summary: { n: 1 } };
    for (const [index, id] of ["a-1", "b-1", "c-1"].entries()) runs.create({ id, options: null, createdAt: index });
    expect(runs.unsummarized().toSorted()).toEqual(["a-1", "b-1", "c-1"]);
    expect(runs.page({})).toEqual([]);
    runs.summarize("a-1", { ...summary, ...figures, verdict: "better", difference: 0.2, winner: "s256:0b" });
    runs.summarize("b-1", { ...summary, ...figures, dataset: "triage", rollouts: 30 });
    runs.summarize("c-1", { ...summary, ...figures, verdict: "worse", difference: -0.1, usd: 2 });
    runs.setStatus("a-1", "finished", 9);
    const names = (query: RunQuery): readonly string[] => runs.page(query).map(({ id }) => id);
    expect(names({})).toEqual(["c-1", "b-1", "a-1"]);
    expect(names({ limit: 1, offset: 1 })).toEqual(["b-1"]);
    expect(names({ order: "gain" })).toEqual(["a-1", "c-1", "b-1"]);
    expect(names({ order: "rollouts", limit: 1 })).toEqual(["b-1"]);
    expect(names({ order: "usd", limit: 1 })).toEqual(["c-1"]);
    expect(names({ order: "name" })).toEqual(["a-1", "b-1", "c-1"]);
    expect(names({ status: "finished" })).toEqual(["a-1"]);
    expect(names({ dataset: "desk", verdict: "worse" })).toEqual(["c-1"]);
    expect(["clerk", "s256:0a", "s256:0b", "none"].map((genome) => runs.count({ genome }))).toEqual([3, 3, 1, 0]);
    expect(runs.page({ verdict: "better" })).toEqual([
      { id: "a-1", status: "finished", createdAt: 0, updatedAt: 9, summary: { n: 1 } },
    ]);
    expect(runs.names()).toEqual(["c-1", "b-1", "a-1"]);
    expect(runs.running().toSorted()).toEqual(["b-1", "c-1"]);
    expect(runs.unsummarized()).toEqual([]);
    events.append("b-1", [{ index: 0, at: 1, event: "x" }]);
    expect(runs.unsummarized()).toEqual(["b-1"]);
    expect(() => runs.summarize("none", { ...summary, ...figures })).toThrow(
      expect.objectContaining({ code: "run-missing" }),
    );
  });

  test("finds the rollouts of a task, of one genome or of all, with the time they were stored", () => {
    const { rollouts } = opened();
    const { trace, ...record } = rolloutRecord(1);
    rollouts.put({ ...record, trace }, 5);
    rollouts.put({ ...rolloutRecord(2), task: "task-1", genome: "s256:02" }, 6);
    expect(rollouts.listByTask("task-1").map(({ at }) => at)).toEqual([5, 6]);
    expect(rollouts.listByTask("task-1", genomeId)).toEqual([{ ...record, at: 5 }]);
    expect(rollouts.listByTask("task-2")).toEqual([]);
  });

  test("keeps every word that people say of rollouts", () => {
    const { rollouts, ratings } = opened();
    const { key } = rolloutRecord(1);
    rollouts.put(rolloutRecord(1), 1);
    rollouts.put(rolloutRecord(2), 1);
    const rating = { dataset: "desk", author: "ada", score: 0.5, answer: undefined, comment: "hm", at: 7 };
    const first = ratings.append({ ...rating, rollout: key });
    const second = ratings.append({ ...rating, rollout: key, score: undefined, answer: "100" });
    ratings.append({ ...rating, rollout: rolloutRecord(2).key, dataset: "triage" });
    expect(first).toEqual({ ...rating, rollout: key, index: 1 });
    expect(ratings.list({ rollout: key })).toEqual([first, second]);
    expect(ratings.list({ dataset: "desk" })).toEqual([first, second]);
    expect(ratings.list().map(({ index }) => index)).toEqual([1, 2, 3]);
  });

  test("takes back a transaction that fails, outer and inner", () => {
    const store = opened();
    expect(() =>
      store.transaction(() => {
        store.rollouts.put(rolloutRecord(1), 1);
        store.transaction(() => store.rollouts.put(rolloutRecord(2), 1));
        throw new Error("stop");
      }),
    ).toThrow("stop");
    expect(store.rollouts.listByGenome(genomeId)).toEqual([]);
    expect(store.transaction(() => "value")).toBe("value");
  });
});

test("a database in memory is empty, or a copy that goes its own way", () => {
  const first = openMemoryDatabase();
  first.exec("CREATE TABLE items (name); INSERT INTO items VALUES ('kettle')");
  const copy = openMemoryDatabase(first.serialize());
  copy.exec("DELETE FROM items");
  const names = "SELECT name FROM items";
  expect(first.prepare(names).pluck().all()).toEqual(["kettle"]);
  expect(copy.prepare(names).pluck().all()).toEqual([]);
  expect(openMemoryDatabase().prepare("SELECT count(*) FROM sqlite_schema").pluck().get()).toBe(0);
});
