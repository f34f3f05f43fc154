import { describe, expect, test } from "vitest";
import { contentHash, makeRandom } from "../../src/base/index.ts";
import { genomeId, type Gene, type Genome } from "../../src/genome/index.ts";
import { openAskTell, type Ask, type AskTell, type AskTellInputs, type Told } from "../../src/evolve/index.ts";
import { openStore } from "../../src/store/index.ts";
import { dataset, journalOf, runScripted, scriptedEvaluator, scriptedInputs, type Scripted } from "./scripted.ts";

const tasks = new Map(dataset().tasks.map((task) => [task.id, task]));
const down = (key: string): boolean => key.endsWith("-3");

function inputs(scripted: Scripted = {}): AskTellInputs {
  const { evaluator: _, ...rest } = scriptedInputs(scripted);
  return rest;
}

/** What the scripted evaluator makes of an ask, from nothing but what the ask shows. */
async function scored(evaluator: ReturnType<typeof scriptedEvaluator>, ask: Ask): Promise<Record<string, Told>> {
  const { seedGenome } = scriptedInputs();
  const genes = Object.entries(seedGenome.genes).map(([id, gene]) => [id, { ...gene, value: ask.genome[id] } as Gene]);
  const genome = { ...seedGenome, genes: Object.fromEntries(genes) as Genome["genes"] };
  expect(genomeId(genome)).toBe(ask.genomeId);
  const rollouts = await evaluator.evaluate(
    genome,
    ask.tasks.flatMap(({ id }) => tasks.get(id) ?? []),
  );
  return Object.fromEntries(
    rollouts.map((rollout): [string, Told] => {
      if (rollout.state === "failed") return [rollout.task, { failed: rollout.reason }];
      const { score, feedback, usage, trace } = rollout;
      return [rollout.task, { score, feedback, usage, answer: trace.answer }];
    }),
  );
}

/** Answers asks until the run is over or so many were answered, after as many turns of the event loop as `turns` says. */
async function drive(run: AskTell, options: { turns?: () => number; most?: number } = {}): Promise<readonly Ask[]> {
  const { turns = () => 0, most = Number.POSITIVE_INFINITY } = options;
  const evaluator = scriptedEvaluator({ fails: down });
  const asks: Ask[] = [];
  while (asks.length < most) {
    const ask = await run.ask();
    if (ask === undefined) break;
    asks.push(ask);
    for (let left = turns(); left > 0; left--) await new Promise((resolve) => setImmediate(resolve));
    await run.tell(ask.id, await scored(evaluator, ask));
  }
  return asks;
}

const wantedIn = (asks: readonly Ask[]): string[] =>
  asks.flatMap(({ genomeId: genome, tasks: shown }) => shown.map(({ id }) => `${genome} ${id}`));

/** The same run with the evaluator in the process. What failed was not told with a cost, so here it has none either. */
const inProcess = (scripted: Scripted) => {
  const evaluator = scriptedEvaluator({ fails: down });
  const free = { modelCalls: 0, inputTokens: 0, outputTokens: 0, usd: 0, milliseconds: 0 };
  const evaluate: typeof evaluator.evaluate = async (...args) =>
    (await evaluator.evaluate(...args)).map((rollout) =>
      rollout.state === "failed" ? { ...rollout, usage: free } : rollout,
    );
  return runScripted({ ...scripted, evaluator: { ...evaluator, evaluate } });
};

describe("a run that is asked and told", () => {
  test.each([1, 3])("has the journal of the same run with an evaluator in the process, in %d lanes", async (lanes) => {
    const scripted = { options: { lanes, race: 5, seed: 3 } };
    const { result, journal } = await inProcess(scripted);
    const given = inputs(scripted);
    const run = openAskTell(given);
    const asks = await drive(run);
    expect(asks.length).toBeGreaterThan(10);
    expect(await run.result()).toEqual(result);
    expect(result.failed).toBeGreaterThan(0);
    expect(contentHash(journalOf(given.store))).toBe(contentHash(journal));
    expect(await run.ask()).toBeUndefined();
  });

  test("asks in the same order every time, with one lane", async () => {
    const [a, b] = [await drive(openAskTell(inputs())), await drive(openAskTell(inputs()))];
    expect(contentHash(a)).toBe(contentHash(b));
  });

  test("has the same journal whoever is told first, and asks for nothing twice", async () => {
    const journals = await Promise.all(
      [1, 2, 3].map(async (seed) => {
        const given = inputs({ options: { lanes: 4, race: 5, seed: 3 } });
        const run = openAskTell(given);
        const random = makeRandom(seed);
        const asks = (await Promise.all([1, 2, 3, 4].map(() => drive(run, { turns: () => random.int(20) })))).flat();
        const wanted = wantedIn(asks).filter((key) => !down(key));
        expect(new Set(wanted).size).toBe(wanted.length);
        return contentHash(journalOf(given.store));
      }),
    );
    expect(new Set(journals).size).toBe(1);
  });

  test("goes on after a cut to the same end, and asks only for what was not told", async () => {
    const whole = inputs();
    const wanted = wantedIn(await drive(openAskTell(whole))).filter((key) => !down(key));
    for (const most of [0, 1, 7, 15]) {
      const store = openStore(":memory:");
      const cut = new AbortController();
      const first = openAskTell(inputs({ store, inputs: { signal: cut.signal } }));
      const before = await drive(first, { most });
      const late = await first.ask();
      if (late === undefined) throw new Error("it was over before it was cut");
      cut.abort();
      expect(await first.ask()).toBeUndefined();
      expect(await first.result()).toMatchObject({ status: "interrupted" });
      await first.tell(late.id, await scored(scriptedEvaluator({ fails: down }), late));
      const after = await drive(openAskTell(inputs({ store })));
      const both = wantedIn([...before, late, ...after]).filter((key) => !down(key));
      expect(both.toSorted()).toEqual(wanted.toSorted());
      expect(contentHash(journalOf(store))).toBe(contentHash(journalOf(whole.store)));
    }
  });

  test("tells whoever asks what ended it", async () => {
    const run = openAskTell(inputs({ options: { budget: { rollouts: 10 } } }));
    await expect(run.ask()).rejects.toMatchObject({ code: "budget-too-small" });
    await expect(run.result()).rejects.toMatchObject({ code: "budget-too-small" });
  });
});

describe("what is told wrongly", () => {
  const good = (ask: Ask): Record<string, Told> => Object.fromEntries(ask.tasks.map(({ id }) => [id, { score: 1 }]));
  const wrong: readonly [string, string, (all: Record<string, Told>, id: string) => object][] = [
    ["a task that is missing", "told-incomplete", ({ ...all }, id) => (delete all[id], all)],
    ["a task that nobody asked for", "told-incomplete", (all) => ({ ...all, "another-task": { score: 1 } })],
    ["a score over 1", "score-out-of-range", (all, id) => ({ ...all, [id]: { score: 1.5 } })],
    ["a score that is no number", "score-out-of-range", (all, id) => ({ ...all, [id]: { score: Number.NaN } })],
    ["feedback that is no list", "told-form", (all, id) => ({ ...all, [id]: { score: 1, feedback: "good" } })],
    ["usage below 0", "told-form", (all, id) => ({ ...all, [id]: { score: 1, usage: { inputTokens: -1 } } })],
    ["a failure without words", "told-form", (all, id) => ({ ...all, [id]: { failed: true } })],
  ];

  test.each(wrong)("is refused and leaves the ask open: %s", async (_, code, spoil) => {
    const cut = new AbortController();
    const run = openAskTell(inputs({ inputs: { signal: cut.signal } }));
    const ask = await run.ask();
    if (ask === undefined) throw new Error("nothing was asked");
    const results = spoil(good(ask), ask.tasks[0]?.id ?? "") as Record<string, Told>;
    await expect(run.tell(ask.id, results)).rejects.toMatchObject({ code, hint: expect.any(String) });
    await run.tell(ask.id, good(ask));
    await expect(run.tell(ask.id, good(ask))).rejects.toMatchObject({ code: "told-twice" });
    await expect(run.tell("ask-0", good(ask))).rejects.toMatchObject({ code: "unknown-ask" });
    cut.abort();
    await run.result();
  });

  test("a budget in tokens without an estimate is refused: nothing could be reserved", () => {
    const { estimate: _, ...rest } = inputs({ options: { budget: { tokens: 1e6 } } });
    expect(() => openAskTell(rest)).toThrow(expect.objectContaining({ code: "estimate-needed" }));
  });
});
