import type { z } from "zod";
import {
  canonicalJson,
  contentHash,
  makeEventBus,
  makeRandom,
  manualClock,
  mapLimit,
  type Clock,
  type ContentHash,
} from "../../src/base/index.ts";
import type { Dataset, SplitName, Task } from "../../src/dataset/index.ts";
import type { Evaluator, Rollout } from "../../src/evaluate/index.ts";
import { evolve, EvolveOptions, type EvolveInputs, type RunEvent, type RunResult } from "../../src/evolve/index.ts";
import { Gene, genomeId, type Genome } from "../../src/genome/index.ts";
import { standardOperators } from "../../src/mutate/index.ts";
import type { ChatReply, ChatRequest, Provider } from "../../src/providers/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";

/** How good a genome is on a task, in [0, 1]: a task that asks for more is not solved. */
export type Strength = (genome: Genome, task: Task) => number;

export const seedGenome: Genome = {
  name: "scripted",
  parents: [],
  genes: {
    system: Gene.parse({ type: "text", value: "Answer the question." }),
    rules: Gene.parse({ type: "rules", value: [] }),
    temperature: Gene.parse({ type: "number", min: 0, max: 1, step: 0.1, value: 0.8 }),
    verify: Gene.parse({ type: "boolean", value: false }),
    fixed: Gene.parse({ type: "boolean", value: false, evolvable: false }),
  },
};

/** Each of twelve skills that a prompt names helps a little, and so do verifying and a low temperature. */
const skilled: Strength = ({ genes }) => {
  const text = canonicalJson([genes["system"]?.value, genes["rules"]?.value]);
  const skills = new Set(text.match(/skill-\d+/g)).size;
  const verify = genes["verify"]?.value === true ? 0.1 : 0;
  return 0.25 + 0.06 * skills + verify - 0.1 * Number(genes["temperature"]?.value);
};

/** Nothing that a genome holds makes a difference. */
export const placebo: Strength = () => 0.5;

export function dataset(sizes: Partial<Record<SplitName, number>> = {}): Dataset {
  const splits = { train: 24, validation: 20, test: 30, ...sizes };
  const tasks = Object.entries(splits).flatMap(([split, count]) =>
    Array.from({ length: count }, (_, i): Task => {
      const id = `${split}-${i}`;
      return { id, input: `Question ${id}`, checks: [], tags: [], split: split as SplitName };
    }),
  );
  return {
    name: "scripted",
    description: "",
    licence: "MIT",
    folder: "/",
    file: "/dataset.yaml",
    customChecks: new Map(),
    tasks,
  };
}

/** An evaluator with a memory, as the real one has: what was paid for is not paid again, also after a kill. */
export interface ScriptedEvaluator extends Evaluator {
  /** By genome and task, how often it was paid for. */
  readonly paid: ReadonlyMap<string, number>;
  /** Tokens paid for. */
  tokens(): number;
}

export interface ScriptedEvaluatorOptions {
  readonly strength?: Strength;
  readonly concurrency?: number;
  /** Called before a rollout is paid for; what it throws ends everything, as a kill would. */
  readonly before?: (key: string) => void;
  /** Whether the outside fails on this rollout. */
  readonly fails?: (key: string) => boolean;
  /** What a rollout uses; `random` in [0, 1) is that rollout's own. */
  readonly tokens?: (random: number, genome: Genome) => number;
}

export function scriptedEvaluator(options: ScriptedEvaluatorOptions = {}): ScriptedEvaluator {
  const {
    strength = skilled,
    concurrency = 4,
    before,
    fails,
    tokens = (random) => 100 + Math.floor(200 * random),
  } = options;
  const cache = new Map<string, Rollout>();
  const paid = new Map<string, number>();
  const underWay = new Map<string, Promise<Rollout>>();
  let total = 0;
  const roll = async (id: ContentHash, genome: Genome, task: Task): Promise<Rollout> => {
    const key = `${id} ${task.id}`;
    const random = makeRandom(key);
    await new Promise((resolve) => setImmediate(resolve));
    before?.(key);
    paid.set(key, (paid.get(key) ?? 0) + 1);
    const used = tokens(random.next(), genome);
    total += used;
    const usage = { modelCalls: 1, inputTokens: used - 10, outputTokens: 10, usd: used / 1e6, milliseconds: 5 };
    const common = { task: task.id, repeat: 0, usage };
    if (fails?.(key) === true) return { ...common, state: "failed", reason: "down", code: "model-timeout" };
    const asked = makeRandom(task.id).next();
    const reached = strength(genome, task) + 0.1 * (random.next() - 0.5);
    const score = strength === placebo ? Math.round(asked) : reached > asked ? 1 : reached > asked - 0.1 ? 0.5 : 0;
    const trace = { steps: [], answer: `Answer ${task.id}`, stop: "answered" as const, usage };
    const rollout: Rollout = {
      ...common,
      state: "scored",
      score,
      objectives: {},
      feedback: [`scored ${score}`],
      trace,
    };
    cache.set(key, rollout);
    return rollout;
  };
  return {
    paid,
    tokens: () => total,
    evaluate: (genome, tasks, { signal, onRollout } = {}) => {
      const id = genomeId(genome);
      return mapLimit(tasks, concurrency, async (task) => {
        signal?.throwIfAborted();
        const key = `${id} ${task.id}`;
        const known = cache.get(key);
        const shared = known ?? underWay.get(key) ?? roll(id, genome, task);
        if (known === undefined) underWay.set(key, Promise.resolve(shared));
        const rollout = await Promise.resolve(shared).finally(() => underWay.delete(key));
        onRollout?.(rollout, known !== undefined);
        return rollout;
      });
    },
  };
}

export interface ScriptedReflector extends Provider {
  readonly requests: ChatRequest[];
}

/** Proposes skills, now and then something useless or nothing at all, by the content of the request alone. */
export function scriptedReflector(before: (call: number) => void = () => {}): ScriptedReflector {
  const requests: ChatRequest[] = [];
  return {
    name: "scripted",
    requests,
    complete: async (request) => {
      await new Promise((resolve) => setImmediate(resolve));
      before(requests.length);
      requests.push(request);
      return {
        content: scriptedReply(request),
        toolCalls: [],
        usage: { inputTokens: 800, outputTokens: 80 },
        finish: "stop",
      };
    },
  };
}

function scriptedReply(request: ChatRequest): string {
  const random = makeRandom(contentHash(request));
  const text = request.messages.at(-1)?.content ?? "";
  const skill = `skill-${random.int(12)}`;
  const luck = random.next();
  if (luck < 0.1) return "";
  if (luck < 0.15) return "I'm sorry, but I can't help with that.";
  const hypothesis = luck < 0.4 ? "say it otherwise" : `use ${skill}`;
  const words = luck < 0.4 ? `Please ${random.int(1000)}.` : `Use ${skill}.`;
  if (text.includes("type: rules"))
    return JSON.stringify({ diagnosis: "d", hypothesis, value: [{ op: "add", index: null, text: words }] });
  const current = /# Current value\n```\n([\s\S]*?)\n```/.exec(text)?.[1] ?? "";
  return JSON.stringify({ diagnosis: "d", hypothesis, value: `${current} ${words}` });
}

export interface Scripted {
  readonly run?: string;
  readonly options?: Partial<z.input<typeof EvolveOptions>>;
  readonly inputs?: Partial<EvolveInputs>;
  readonly store?: Store;
  readonly clock?: Clock;
  readonly evaluator?: Evaluator;
  readonly reflector?: Provider;
  readonly onEvent?: (event: RunEvent) => void;
}

export const estimate = {
  rollout: { expected: { tokens: 200, usd: 0.0002 }, most: { tokens: 300, usd: 0.0003 } },
  reflection: { expected: { tokens: 880, usd: 0.001 }, most: { tokens: 880, usd: 0.001 } },
};

/** The inputs of a run in which everything is scripted but the engine, the operators and the store. */
export function scriptedInputs(scripted: Scripted = {}): EvolveInputs {
  const { run = "scripted-1", store = openStore(":memory:"), clock = manualClock() } = scripted;
  const options = EvolveOptions.parse({
    budget: { rollouts: 400 },
    proposal: "genes",
    minibatch: 3,
    screen: 0,
    genes: 4,
    race: 0,
    final: 0,
    lanes: 1,
    parent: "frontier",
    ...scripted.options,
  });
  if (store.runs.get(run) === undefined) store.runs.create({ id: run, options: {}, createdAt: clock.now() });
  const bus = makeEventBus<RunEvent>();
  if (scripted.onEvent !== undefined) bus.subscribe(scripted.onEvent);
  return {
    run,
    options,
    seedGenome,
    dataset: dataset(),
    identity: { model: "scripted" },
    evaluator: scripted.evaluator ?? scriptedEvaluator(),
    operators: standardOperators.filter(({ name }) =>
      ["reflect", "step", "set-step", "strategy-switch", "bootstrap-demos"].includes(name),
    ),
    reflector: {
      provider: scripted.reflector ?? scriptedReflector(),
      model: "reflection",
      price: ({ inputTokens, outputTokens }) => (inputTokens + outputTokens) / 1e6,
    },
    estimate,
    store,
    clock,
    bus,
    ...scripted.inputs,
  };
}

/** Runs it to the end, and gives the journal without its times. */
export async function runScripted(
  scripted: Scripted = {},
): Promise<{ result: RunResult; journal: readonly unknown[]; store: Store }> {
  const inputs = scriptedInputs(scripted);
  const result = await evolve(inputs);
  return { result, journal: journalOf(inputs.store, inputs.run), store: inputs.store };
}

export function journalOf(store: Store, run = "scripted-1"): readonly unknown[] {
  return store.events.list(run).map(({ event }) => event);
}

export function reply(content: string): ChatReply {
  return { content, toolCalls: [], usage: { inputTokens: 800, outputTokens: 80 }, finish: "stop" };
}
