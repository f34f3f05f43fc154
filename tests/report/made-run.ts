import { contentHash, makeRandom, type ContentHash, type Json } from "../../src/base/index.ts";
import type { JournalEvent } from "../../src/evolve/index.ts";
import { Gene, genomeId, withGene, type Genome } from "../../src/genome/index.ts";
import { mean, pairedComparison, scoreInterval } from "../../src/statistics/index.ts";
import type { Workbench } from "../../src/workbench/index.ts";

export interface MadeRun {
  readonly run?: string;
  /** In all: a fifth train, two fifths validation, two fifths sealed test. */
  readonly tasks?: number;
  readonly candidates?: number;
  /** Put into everything that a model, a task or a person can write. */
  readonly text?: string;
  /** Where the journal ends. */
  readonly until?: "seed" | "search" | "test" | "end";
  readonly status?: "running" | "interrupted" | "finished" | "failed";
  /** How much better each candidate is than the one before. */
  readonly gain?: number;
  /** Every candidate's rollouts are kept too, without traces; else those of seed and finalist alone. */
  readonly everyRollout?: boolean;
}

type Split = "train" | "validation" | "test";

/** Writes a run with everything a report can show into a project's store, as the engine would have journalled it. Answers its name. */
export function makeRun(workbench: Workbench, made: MadeRun = {}): string {
  const { run = "made-1", tasks = 50, candidates = 6, text = "", until = "end", gain = 0.3 / candidates } = made;
  const { store } = workbench;
  const random = makeRandom("made run");
  const count = { train: Math.floor(tasks / 5), validation: Math.floor((2 * tasks) / 5), test: 0 };
  count.test = tasks - count.train - count.validation;
  const ids = (split: Split): string[] =>
    Array.from({ length: count[split] }, (_, index) => `${split}-${index}${text}`);
  const split = { train: ids("train"), validation: ids("validation"), test: ids("test") };
  const hardness = new Map([...split.train, ...split.validation, ...split.test].map((task) => [task, random.next()]));
  const genomes = family(candidates, text);
  const idOf = genomes.map(genomeId);
  const at = 1_790_000_000_000;

  store.runs.create({ id: run, options: optionsOf(idOf[0] ?? "s256:", split.test, text), createdAt: at });
  genomes.forEach((genome, index) => store.genomes.put(idOf[index] ?? "s256:", genome, at));
  const events = until === "seed" ? journal().slice(0, 1) : journal();
  const shown = until === "search" || until === "test" ? untilStep(events, until) : events;
  store.events.append(
    run,
    shown.map((event, index) => ({ index, at: at + index, event: event as unknown as Json })),
  );
  store.runs.setStatus(run, made.status ?? (until === "end" ? "finished" : "interrupted"), at + 60_000);
  if (until === "end" || until === "test")
    store.testOpenings.append({
      dataset: `made${text}`,
      genomes: [idOf[0], idOf.at(-1)].flatMap((id) => id ?? []),
      purpose: `evolve ${run}${text}`,
      at,
    });
  shown.forEach(({ type }, index) => {
    const paid = { reply: null, milliseconds: 2500 };
    if (type === "reflection-answered") store.replies.put(run, contentHash(index), paid, at);
  });
  keepRollouts();
  return run;

  function scoreOf(index: number, task: string): number {
    const draw = makeRandom(`${index} ${task}`).next();
    const reached = 0.35 + gain * index + 0.3 * (draw - 0.5);
    const hard = hardness.get(task) ?? 0;
    return reached > hard ? 1 : reached > hard - 0.1 ? 0.5 : 0;
  }

  function scored(
    purpose: "seed" | "evidence" | "screen" | "validation" | "test",
    index: number,
    asked: readonly string[],
  ): JournalEvent {
    const spent = {
      rollouts: asked.length,
      tokens: asked.length * (900 + 40 * index),
      usd: asked.length * (0.002 + index / 1e5),
    };
    const scores = asked.map((task, position) =>
      position === 3 && purpose === "validation" ? null : scoreOf(index, task),
    );
    return { type: "rollouts-scored", purpose, genome: idOf[index] ?? "s256:", tasks: asked, scores, spent };
  }

  function journal(): JournalEvent[] {
    const list: JournalEvent[] = [
      {
        type: "run-started",
        identity: { dataset: contentHash(text), options: { text } },
        genome: idOf[0] ?? "s256:",
        validation: split.validation,
      },
      scored("seed", 0, split.validation),
      { type: "candidate-accepted", candidate: 0, head: false },
    ];
    let iteration = 0;
    for (let index = 1; index < candidates; index++) {
      const parent = Math.floor((index - 1) / 2);
      list.push(
        { type: "iteration-started", iteration: iteration++ },
        { type: "parent-chosen", parent },
        scored("evidence", parent, split.train.slice(0, 5)),
        { type: "gene-chosen", parent, gene: `rules`, operator: "diagnose" },
        { type: "reflection-answered", spent: { rollouts: 0, tokens: 4000, usd: 0.01 } },
        {
          type: "child-refused",
          gene: "rules",
          hypothesis: `an idea that was there before${text}`,
          reason: "duplicate",
          detail: `proposed before${text}`,
        },
        { type: "iteration-finished", iteration: iteration - 1 },
        { type: "iteration-started", iteration: iteration++ },
        { type: "parent-chosen", parent },
        { type: "gene-chosen", parent, gene: `rules`, operator: index % 3 === 0 ? "compress" : "diagnose" },
        { type: "reflection-answered", spent: { rollouts: 0, tokens: 4000, usd: 0.01 } },
        {
          type: "child-proposed",
          genome: contentHash(`left ${index}`),
          parents: [parent],
          origin: "diagnose rules",
          hypothesis: `say it twice${text}`,
          changes: { rules: [] },
        },
        { type: "child-rejected", before: 3, after: 2, tasks: 5 },
        { type: "iteration-finished", iteration: iteration - 1 },
        { type: "iteration-started", iteration: iteration++ },
        { type: "parent-chosen", parent },
        { type: "gene-chosen", parent, gene: "system", operator: index % 2 === 0 ? "reflect" : "diagnose" },
        { type: "reflection-answered", spent: { rollouts: 0, tokens: 4000, usd: 0.01 } },
        {
          type: "child-proposed",
          genome: idOf[index] ?? "s256:",
          parents: [parent],
          origin: `diagnose system${text}`,
          hypothesis: `say step ${index} plainly, so that tasks of this kind are mended${text}`,
          changes: { system: "" },
          flips: split.train.slice(0, 2),
        },
        scored("screen", index, split.train.slice(0, 5)),
        scored("validation", index, split.validation),
        { type: "candidate-accepted", candidate: index, head: false },
        {
          type: "incumbent-raced",
          incumbent: 0,
          challenger: index,
          pairs: split.validation.length,
          wealth: index === candidates - 1 ? 99 : 2,
          alpha: 0.02,
          committed: index === candidates - 1,
        },
        { type: "iteration-finished", iteration: iteration - 1 },
      );
    }
    const last = candidates - 1;
    list.push(
      { type: "run-stopped", reason: "budget-rollouts" },
      { type: "test-opened", genomes: [idOf[0] ?? "s256:", idOf[last] ?? "s256:"], tasks: split.test.length },
    );
    list.push(scored("test", 0, split.test));
    if (last > 0) list.push(scored("test", last, split.test));
    list.push({ type: "run-finished", outcome: outcome(last) });
    return list;
  }

  function outcome(last: number): Extract<JournalEvent, { type: "run-finished" }>["outcome"] {
    const [before, after] = [0, last].map((index) => split.test.map((task) => scoreOf(index, task)));
    const { difference, interval, p, verdict } = pairedComparison(before ?? [], after ?? [], makeRandom("judge"));
    const test = (scores: readonly number[]) => ({
      n: scores.length,
      score: mean(scores),
      interval: scoreInterval(scores),
    });
    const [seed, finalist] = [idOf[0] ?? "s256:", idOf[last] ?? "s256:"] as const;
    return {
      winner: verdict === "better" ? finalist : seed,
      finalist,
      seedTest: test(before ?? []),
      finalistTest: test(after ?? []),
      difference,
      interval,
      p,
      verdict,
    };
  }

  function keepRollouts(): void {
    const kept = made.everyRollout === true ? genomes.map((_, index) => index) : [0, candidates - 1];
    store.transaction(() => {
      for (const index of kept) {
        for (const name of ["train", "validation", "test"] as const) {
          for (const task of split[name]) {
            const genome = idOf[index] ?? "s256:";
            const usage = { modelCalls: 2, inputTokens: 800, outputTokens: 60, usd: 0.002, milliseconds: 420 };
            const trace = {
              steps: [
                {
                  kind: "tool",
                  name: `look_up${text}`,
                  arguments: { task, text },
                  result: `found ${index === 0 ? "nothing" : task}${text}`,
                  ok: index > 0,
                },
              ],
              answer: `Answer of ${index}${text}`,
              stop: "answered",
              usage,
            };
            store.rollouts.put(
              {
                key: contentHash([genome, task]),
                genome,
                task,
                split: name,
                repeat: 0,
                rollout: { score: scoreOf(index, task), objectives: {}, feedback: [`not all of it${text}`], usage },
                trace: (index === 0 || index === candidates - 1 ? trace : undefined) as unknown as Json,
              },
              at,
            );
          }
        }
      }
    });
  }
}

/** Cut before the search stopped, or when the sealed test of the seed was done. */
function untilStep(events: readonly JournalEvent[], until: "search" | "test"): readonly JournalEvent[] {
  const end = events.findIndex((event) =>
    until === "search" ? event.type === "run-stopped" : event.type === "rollouts-scored" && event.purpose === "test",
  );
  return events.slice(0, until === "search" ? end : end + 1);
}

function family(count: number, text: string): readonly Genome[] {
  const seed: Genome = {
    name: "made",
    parents: [],
    genes: {
      system: Gene.parse({ type: "text", max_tokens: 1_000_000, value: `You are a helpful assistant.${text}` }),
      rules: Gene.parse({ type: "rules", value: [] }),
    },
  };
  const genomes = [seed];
  for (let index = 1; index < count; index++) {
    const parent = genomes[Math.floor((index - 1) / 2)] ?? seed;
    const told = withGene(
      parent,
      "system",
      `You are a helpful assistant. Step ${index}: look it up before you answer.${text}`,
      [genomeId(parent)],
    );
    genomes.push(withGene(told, "rules", [`Rule ${index}${text}`], [genomeId(parent)]));
  }
  return genomes;
}

function optionsOf(seed: ContentHash | "s256:", test: readonly string[], text: string): Json {
  const model = { kind: "simulated" };
  const tags = ["lookup", "policy", "arithmetic", `odd${text}`];
  return {
    version: 1,
    seedGenome: seed,
    seedLabel: `made-seed${text}`,
    dataset: "datasets/made/dataset.yaml",
    datasetName: `made${text}`,
    testTags: Object.fromEntries(test.map((task, index) => [task, [tags[index % tags.length] ?? ""]])),
    testFamilies: {},
    task: model,
    reflection: model,
    limits: { tokens: 60_000, seconds: 300 },
    evolve: { budget: { rollouts: 20_000 }, seed: 3 },
  };
}
