import { AlleleError, contentHash, type ContentHash } from "../base/index.ts";
import { taskHash, type Task } from "../dataset/index.ts";
import { makeCache, type Evaluator, type Rollout } from "../evaluate/index.ts";
import { activeGenes, genomeId, type Gene, type Genome } from "../genome/index.ts";
import type { CostEstimate } from "./budget.ts";
import type { EvolveInputs } from "./engine.ts";
import { evolve } from "./evolve.ts";
import { noReflector } from "./no-reflector.ts";
import type { RunResult } from "./run-result.ts";
import { rolloutsOf, type Told } from "./told.ts";

/**
 * What a run is made of that is scored from outside. `identity` names whatever scores, with its version: what was told is kept under it.
 * Without a reflector, give operators that need none (`independentOperators`). Without an estimate, an evaluation costs nothing.
 */
export type AskTellInputs = Omit<EvolveInputs, "evaluator" | "reflector" | "estimate"> &
  Partial<Pick<EvolveInputs, "reflector" | "estimate">>;

/** An evaluation that a run wants: one genome on some tasks. */
export interface Ask {
  readonly id: string;
  readonly genomeId: ContentHash;
  /** The values of the active genes, by gene id. */
  readonly genome: Readonly<Record<string, Gene["value"]>>;
  readonly tasks: readonly { readonly id: string; readonly input: string }[];
}

/** A run that is driven from outside. */
export interface AskTell {
  /**
   * The next evaluation that is wanted, or undefined when the run is over. Waits while nothing is wanted until something that was asked is
   * told. Rejects with what ended the run, if that was an error.
   */
  ask(): Promise<Ask | undefined>;
  /**
   * What came of an ask, by task id; resolves when it is on the disk. A wrong one changes nothing, and the ask stays open. Rejects with
   * AlleleError: `unknown-ask`, `told-twice`, `told-incomplete`, `score-out-of-range`, `told-form`.
   */
  tell(id: string, results: Readonly<Record<string, Told>>): Promise<void>;
  /** What the run came to, when it is over. Rejects as `evolve` does. */
  result(): Promise<RunResult>;
}

interface OpenAsk {
  readonly tasks: readonly Task[];
  readonly genome: ContentHash;
  readonly repeat: number;
  readonly resolve: (rollouts: readonly Rollout[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Begins a run, or continues one that was cut, whose evaluations are asked for and told. The engine is that of `evolve`, with its budgets, its
 * verdict and its sealed test; scores that were told are kept in the store and not asked for again. Which asks there are depends on the run
 * alone; with one lane so does their order. Aborting the signal ends it; what is told of open asks afterwards is still kept.
 * Throws AlleleError `estimate-needed`.
 */
export function openAskTell({ reflector = noReflector, estimate, ...inputs }: AskTellInputs): AskTell {
  if (estimate === undefined) requireNoPrice(inputs.options.budget);
  const { store, clock, identity, signal } = inputs;
  const cache = makeCache(store, clock);
  const model = `told ${contentHash(identity)}`;
  const open = new Map<string, OpenAsk>();
  const closed = new Set<string>();
  const queue: Ask[] = [];
  const waiting: ((ask: Ask) => void)[] = [];
  const underWay = new Map<ContentHash, Promise<Rollout>>();

  /** The id of a task is part of its key: whoever scores may go by it. */
  const keyOf = (genome: ContentHash, task: Task, repeat: number) => {
    const { id, split } = task;
    return { genome, task: contentHash({ id, task: taskHash(task) }), split, repeat, model, scorer: "told" };
  };

  const want = (genome: Genome, tasks: readonly Task[], repeat: number): Promise<readonly Rollout[]> => {
    const values = Object.entries(activeGenes(genome)).map(([gene, { value }]) => [gene, value] as const);
    const shown = tasks.map(({ id, input }) => ({ id, input }));
    const parts = { genomeId: genomeId(genome), genome: Object.fromEntries(values), tasks: shown };
    const ask = { id: contentHash({ ...parts, repeat, number: open.size + closed.size }), ...parts };
    return new Promise((resolve, reject) => {
      open.set(ask.id, { tasks, genome: ask.genomeId, repeat, resolve, reject });
      const taker = waiting.shift();
      if (taker === undefined) queue.push(ask);
      else taker(ask);
    });
  };

  /** What another lane has asked for is waited for, not asked for again. */
  const evaluate: Evaluator["evaluate"] = async (genome, tasks, { repeat = 0, onRollout } = {}) => {
    signal?.throwIfAborted();
    const id = genomeId(genome);
    const wanted = tasks.map((task) => {
      const key = contentHash(keyOf(id, task, repeat));
      return { task, key, known: cache.get(key, task, repeat) };
    });
    const missing = wanted.filter(({ key, known }) => known === undefined && !underWay.has(key));
    if (missing.length > 0) {
      const told = want(
        genome,
        missing.map(({ task }) => task),
        repeat,
      );
      for (const [index, { key }] of missing.entries()) {
        const rollout = told.then((rollouts) => rollouts[index] as Rollout).finally(() => underWay.delete(key));
        underWay.set(key, rollout);
      }
    }
    return Promise.all(
      wanted.map(async ({ key, known }) => {
        const rollout = known ?? ((await underWay.get(key)) as Rollout);
        onRollout?.(rollout, known !== undefined);
        return rollout;
      }),
    );
  };

  const interrupt = (): void => {
    queue.length = 0;
    for (const { reject } of open.values()) reject(signal?.reason);
  };
  signal?.addEventListener("abort", interrupt, { once: true });
  const run = evolve({ ...inputs, reflector, estimate: estimate ?? free, evaluator: { evaluate } });
  const over = run.then(() => undefined).finally(() => signal?.removeEventListener("abort", interrupt));
  // Whoever asks will hear of a failure; until then it is not an unhandled one.
  over.catch(() => {});

  return {
    ask: async () => queue.shift() ?? Promise.race([new Promise<Ask>((resolve) => waiting.push(resolve)), over]),
    tell: async (id, results) => {
      const asked = open.get(id);
      if (asked === undefined) throw closed.has(id) ? toldTwice(id) : unknownAsk(id);
      const { genome, tasks, repeat, resolve, reject } = asked;
      const names = tasks.map((task) => task.id);
      const rollouts = rolloutsOf(names, results, repeat);
      open.delete(id);
      closed.add(id);
      const keep = rollouts.flatMap((rollout, index) =>
        rollout.state === "scored" ? [cache.put(keyOf(genome, tasks[index] as Task, repeat), rollout)] : [],
      );
      try {
        await Promise.all(keep);
        resolve(rollouts);
      } catch (error) {
        reject(error);
        throw error;
      }
    },
    result: () => run,
  };
}

const nothing = { tokens: 0, usd: 0 };
const free: CostEstimate = {
  rollout: { expected: nothing, most: nothing },
  reflection: { expected: nothing, most: nothing },
};

/** What nobody has estimated cannot be reserved. */
function requireNoPrice({ tokens, usd }: EvolveInputs["options"]["budget"]): void {
  if (tokens === undefined && usd === undefined) return;
  throw new AlleleError({
    code: "estimate-needed",
    message: `a budget in ${tokens === undefined ? "US dollars" : "tokens"} needs an estimate of what an evaluation costs`,
    hint: "Give `estimate`, or a budget in rollouts or minutes.",
  });
}

function unknownAsk(id: string): AlleleError {
  return new AlleleError({
    code: "unknown-ask",
    message: `nothing was asked with the id "${id}"`,
    hint: "Tell with the id of an ask of this sitting; after a resume, ask again.",
  });
}

function toldTwice(id: string): AlleleError {
  return new AlleleError({
    code: "told-twice",
    message: `the ask "${id}" was told before`,
    hint: "What was told first stays; ask for the next one.",
  });
}
