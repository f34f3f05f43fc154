import { describe, expect, test } from "vitest";
import { contentHash, manualClock } from "../../src/base/index.ts";
import { evolve, type JournalEvent } from "../../src/evolve/index.ts";
import { Gene, genomeId } from "../../src/genome/index.ts";
import { pairKey, type Operator } from "../../src/mutate/index.ts";
import { openStore } from "../../src/store/index.ts";
import {
  dataset,
  journalOf,
  placebo,
  reply,
  runScripted,
  scriptedEvaluator,
  scriptedInputs,
  scriptedReflector,
  seedGenome,
  type Strength,
} from "./scripted.ts";

type Of<T extends JournalEvent["type"]> = Extract<JournalEvent, { type: T }>;
const eventsOf = <T extends JournalEvent["type"]>(journal: readonly unknown[], type: T): Of<T>[] =>
  (journal as JournalEvent[]).filter((event): event is Of<T> => event.type === type);

describe("a run", () => {
  test("finds what is better, proves it on the sealed test and says so", async () => {
    const { result, store } = await runScripted({ options: { budget: { rollouts: 800 } } });
    expect(result).toMatchObject({ status: "finished", verdict: "better" });
    expect(result.difference).toBeGreaterThan(0.3);
    expect(result.interval?.[0]).toBeGreaterThan(0);
    expect(result.winner.genome).toBe(result.outcome?.finalist);
    expect(result.winner.test).toMatchObject({ n: 30 });
    expect(result.seed).toMatchObject({ genome: genomeId(seedGenome), test: { n: 30 } });
    expect(store.genomes.get(result.winner.genome)?.parents).toHaveLength(1);
    expect(store.runs.get("scripted-1")?.status).toBe("finished");
  });

  test("spends what it says: one rollout for every genome and task, once", async () => {
    const evaluator = scriptedEvaluator();
    const { result } = await runScripted({ evaluator });
    expect(result.rollouts).toBe(evaluator.paid.size);
    expect([...evaluator.paid.values()].every((times) => times === 1)).toBe(true);
  });

  test("opens the sealed test once, after the search, and records it", async () => {
    const seen: string[] = [];
    const evaluator = scriptedEvaluator({ before: (key) => seen.push(key) });
    const { result, store } = await runScripted({ evaluator });
    expect(store.testOpenings.list("scripted")).toMatchObject([
      { genomes: [result.seed.genome, result.outcome?.finalist], purpose: "evolve scripted-1" },
    ]);
    const first = seen.findIndex((key) => key.includes("test-"));
    expect(first).toBeGreaterThan(0);
    expect(seen.slice(first).every((key) => key.includes("test-"))).toBe(true);
  });

  test("never shows a validation or test task to the proposer", async () => {
    const reflector = scriptedReflector();
    await runScripted({ reflector });
    const text = JSON.stringify(reflector.requests);
    expect(reflector.requests.length).toBeGreaterThan(5);
    expect(text).toContain("Question train-");
    expect(text).not.toMatch(/(validation|test)-\d/);
  });

  test("never changes a frozen gene", async () => {
    const { journal } = await runScripted();
    expect(eventsOf(journal, "gene-chosen").length).toBeGreaterThan(20);
    expect(eventsOf(journal, "gene-chosen").map(({ gene }) => gene)).not.toContain("fixed");
    expect(eventsOf(journal, "child-proposed").flatMap(({ changes }) => Object.keys(changes))).not.toContain("fixed");
  });

  test("takes every gene in turn", async () => {
    const { journal } = await runScripted();
    expect(new Set(eventsOf(journal, "gene-chosen").map(({ gene }) => gene))).toEqual(
      new Set(["rules", "system", "temperature", "verify"]),
    );
  });

  test("sends a child to validation only when it is better on the minibatch", async () => {
    const { journal } = await runScripted();
    const events = journal as JournalEvent[];
    let [before, after] = [0, 0];
    let judged = 0;
    for (const event of events) {
      if (event.type === "rollouts-scored" && event.purpose === "evidence") before = total(event.scores);
      if (event.type === "rollouts-scored" && event.purpose === "screen") after = total(event.scores);
      if (event.type === "child-proposed" && event.origin === "merge") before = Number.NaN;
      if (Number.isNaN(before)) continue;
      if (event.type === "child-rejected") expect(after).toBeLessThanOrEqual(before);
      if (event.type === "candidate-accepted" && event.candidate > 0) expect(after).toBeGreaterThan(before);
      if (event.type === "child-rejected" || event.type === "candidate-accepted") judged += 1;
    }
    expect(judged).toBeGreaterThan(10);
  });

  test("tells listeners of every journal entry in order, and of every rollout", async () => {
    const heard: unknown[] = [];
    const finished: string[] = [];
    const { journal, result } = await runScripted({
      onEvent: (event) => {
        if (event.type === "rollout-finished") finished.push(event.task);
        else if (event.type !== "batch-started") heard.push(event);
      },
    });
    expect(contentHash(heard)).toBe(contentHash(journal));
    expect(finished.length).toBeGreaterThanOrEqual(result.rollouts);
  });

  test("announces no batch that the budget then does not pay for", async () => {
    let unpaid = 0;
    for (let rollouts = 120; rollouts < 320; rollouts += 7) {
      const heard: string[] = [];
      await runScripted({
        options: { budget: { rollouts }, race: 8, check: 3, confirm: 0 },
        onEvent: ({ type }) => heard.push(type),
      });
      unpaid += heard.filter((type, at) => type === "batch-started" && heard[at + 1] !== "rollout-finished").length;
    }
    expect(unpaid).toBe(0);
  });
});

describe("when nothing is better", () => {
  test("the seed is shipped and the result says so", async () => {
    for (let seed = 0; seed < 5; seed++) {
      const { result } = await runScripted({
        options: { seed, acceptance: "improvement-or-equal" },
        evaluator: scriptedEvaluator({ strength: placebo }),
      });
      expect(result.verdict).toBe("same");
      expect(result.winner.genome).toBe(genomeId(seedGenome));
      expect(result.candidates.length).toBeGreaterThan(1);
    }
  });

  test("a finalist that only seemed better does not win", async () => {
    const memorised = scriptedEvaluator({
      strength: ({ genes }) => 0.4 + (genes["verify"]?.value === true ? 0.02 : 0),
    });
    const { result } = await runScripted({ options: { acceptance: "improvement-or-equal" }, evaluator: memorised });
    expect(result.verdict).not.toBe("better");
    expect(result.winner.genome).toBe(result.seed.genome);
    expect(result.winner.test).toEqual(result.seed.test);
  });
});

describe("what a reflection model gets wrong", () => {
  const answering = (content: string) => ({ name: "fixed", complete: async () => reply(content) });
  const onlyText = {
    ...seedGenome,
    genes: { system: Gene.parse({ type: "text", value: "Answer.", placeholders: ["Answer"] }) },
  };
  const run = (content: string) =>
    runScripted({
      reflector: answering(content),
      inputs: { seedGenome: onlyText },
      evaluator: scriptedEvaluator({ strength: () => 0.3 }),
      options: { max_idle_iterations: 20 },
    });

  test.each([
    ["an empty reply", "", "empty-value"],
    ["a refusal", "I'm sorry, but I can't help with that.", "refusal"],
    ["a monologue", "You should improve the prompt.", "no-value"],
    ["a lost placeholder", JSON.stringify({ value: "Reply." }), "lost-placeholder"],
    ["a text of 50,000 characters", JSON.stringify({ value: `Answer ${"x".repeat(50_000)}` }), "invalid-value"],
    ["the same text again", JSON.stringify({ value: "Answer." }), "unchanged"],
  ])("%s never becomes a candidate and costs no rollout", async (_, content, reason) => {
    const { result, journal } = await run(content);
    expect(result).toMatchObject({ stop: "nothing-left", verdict: "same" });
    expect(result.candidates).toHaveLength(1);
    expect(eventsOf(journal, "child-refused").map((event) => event.reason)).toContain(reason);
    expect(eventsOf(journal, "rollouts-scored").map(({ purpose }) => purpose)).not.toContain("screen");
  });

  test("the same child twice is refused before it costs anything, and shown to the proposer as failed", async () => {
    const shown: string[] = [];
    const { journal } = await runScripted({
      reflector: {
        name: "stubborn",
        complete: async (request) => {
          shown.push(request.messages.at(-1)?.content ?? "");
          return reply(JSON.stringify({ hypothesis: "shout louder", value: "Answer loudly." }));
        },
      },
      inputs: { seedGenome: onlyText },
      evaluator: scriptedEvaluator({ strength: () => 0.3 }),
      options: { max_idle_iterations: 10 },
    });
    expect(eventsOf(journal, "child-proposed")).toHaveLength(1);
    expect(eventsOf(journal, "child-refused").map(({ reason }) => reason)).toContain("duplicate");
    expect(shown[0]).not.toContain("shout louder");
    expect(shown.at(-1)).toContain("- shout louder (");
  });
});

test("an operator that asks the same twice gets, and pays for, two replies", async () => {
  const reflector = scriptedReflector();
  const twice: Operator = {
    name: "twice",
    scope: "gene",
    reflects: true,
    applies: (gene) => gene.type === "text",
    propose: async ({ reflect, gene }) => {
      const request = { messages: [{ role: "user" as const, content: "again" }] };
      const replies = [await reflect(request), await reflect(request)];
      const value = replies.map(({ content }) => content).join();
      return { kind: "child", changes: { [gene]: value }, hypothesis: "twice", flips: [] };
    },
  };
  const { journal } = await runScripted({
    reflector,
    inputs: { operators: [twice] },
    options: { max_idle_iterations: 3 },
  });
  expect(reflector.requests.length).toBeGreaterThan(2);
  expect(eventsOf(journal, "reflection-answered")).toHaveLength(reflector.requests.length);
});

test("how long a reply was waited for is kept beside it, and not in the journal, which is the same however slow the model is", async () => {
  const after = async (milliseconds: number) => {
    const clock = manualClock();
    const reflector = scriptedReflector(() => clock.advance(milliseconds));
    const { journal, store } = await runScripted({ reflector, clock });
    return { journal, waited: store.replies.waited("scripted-1"), calls: reflector.requests.length };
  };
  const [slow, quick] = [await after(1500), await after(20)];
  expect(slow.calls).toBeGreaterThan(2);
  expect(slow.waited).toEqual({ count: slow.calls, milliseconds: slow.calls * 1500 });
  expect(quick.waited.milliseconds).toBe(slow.calls * 20);
  expect(quick.journal).toEqual(slow.journal);
});

describe("merging", () => {
  /** Two switches, each good for its own tasks; alone each spoils some others, so that neither replaces the seed. */
  const switches = {
    ...seedGenome,
    genes: {
      left: Gene.parse({ type: "boolean", value: false }),
      right: Gene.parse({ type: "boolean", value: false }),
    },
  };
  const strength: Strength = ({ genes }, { id }) => {
    const [left, right] = [genes["left"]?.value, genes["right"]?.value];
    const kind = Number(id.split("-")[1]) % 5;
    return (kind < 2 ? left : kind < 4 ? right : left === right) === true ? 1.2 : 0;
  };

  test("joins what two candidates found, and pays for no task twice", async () => {
    let taken = 0;
    for (let seed = 0; seed < 12; seed++) {
      const evaluator = scriptedEvaluator({ strength });
      const { journal, result } = await runScripted({
        options: { seed, max_idle_iterations: 20, genes: 1, race: 0, check: 0, sampler: "failing-first" },
        inputs: { seedGenome: switches },
        evaluator,
      });
      const merges = eventsOf(journal, "child-proposed").filter(({ origin }) => origin === "merge");
      expect(merges.length).toBeLessThanOrEqual(5);
      expect(result.rollouts).toBe(evaluator.paid.size);
      const child = result.candidates.find(({ origin }) => origin === "merge");
      if (child === undefined) continue;
      taken += 1;
      expect(child.parents).toHaveLength(2);
      expect(child.validation.score).toBe(1);
      expect(result.verdict).toBe("better");
    }
    expect(taken).toBeGreaterThan(0);
  });

  test("tries no pair twice", async () => {
    const { journal } = await runScripted({
      options: { acceptance: "improvement-or-equal", genes: 1, merge: { most: 50 }, budget: { rollouts: 1200 } },
    });
    const merges = eventsOf(journal, "child-proposed").filter(({ origin }) => origin === "merge");
    expect(merges.length).toBeGreaterThan(1);
    expect(new Set(merges.map(({ parents }) => pairKey(parents[0] ?? -1, parents[1] ?? -1))).size).toBe(merges.length);
  });

  test("is left out when it is turned off", async () => {
    const { journal } = await runScripted({ options: { parent: "epsilon-greedy", merge: { most: 0 } } });
    expect(eventsOf(journal, "child-proposed").map(({ origin }) => origin)).not.toContain("merge");
  });
});

describe("before anything is spent", () => {
  test.each(["train", "validation", "test"] as const)("an empty %s split is refused", async (split) => {
    const evaluator = scriptedEvaluator();
    const inputs = scriptedInputs({ evaluator, inputs: { dataset: dataset({ [split]: 0 }) } });
    await expect(evolve(inputs)).rejects.toMatchObject({
      code: "empty-split",
      message: expect.stringContaining(split),
    });
    expect(evaluator.paid.size).toBe(0);
  });

  test("a second process on the same run is refused", async () => {
    const store = openStore(":memory:");
    const inputs = scriptedInputs({ store });
    const first = evolve(inputs);
    await expect(evolve(scriptedInputs({ store }))).rejects.toMatchObject({ code: "run-locked" });
    expect((await first).status).toBe("finished");
  });

  test("a run is not continued with other options", async () => {
    const { store } = await runScripted({ inputs: { stopRequested: () => true } });
    const journal = journalOf(store).slice(0, 4);
    const other = openStore(":memory:");
    const inputs = scriptedInputs({ store: other, options: { seed: 5 } });
    other.events.append(
      "scripted-1",
      journal.map((event, index) => ({ index, at: 0, event: event as never })),
    );
    await expect(evolve(inputs)).rejects.toMatchObject({
      code: "run-differs",
      message: expect.stringContaining("options"),
    });
  });
});

function total(scores: readonly (number | null)[]): number {
  return scores.reduce<number>((sum, score) => sum + (score ?? 0), 0);
}
