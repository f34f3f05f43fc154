import { answer, begin, evaluate, finish, load, mean, note, request, seedTexts, tasksOf } from "./endpoint.ts";
import type { Case, Task, TaskResult, Texts } from "./endpoint.ts";

// Drives AxGEPA of @ax-llm/ax with its defaults, through its adapter: without one it evaluates one task after another. Rounds and patience
// are unbounded, so that the budget ends it.

interface Ax {
  readonly ai: (options: Readonly<Record<string, unknown>>) => unknown;
  readonly AxGEPA: new (options: Readonly<Record<string, unknown>>) => {
    compile(
      program: unknown,
      train: readonly Task[],
      metric: () => number,
      options: Readonly<Record<string, unknown>>,
    ): Promise<{ readonly stats: { readonly totalCalls: number } }>;
  };
}

interface Prediction {
  readonly answer: string;
  readonly trace: string;
  readonly feedback: readonly string[];
}

/** Of its validation set AxGEPA uses the first ones: three times its minibatch of twenty. */
const measured = 60;

/** AxGEPA gives up, without a word, on a component whose text is empty; so it never sees an empty one. */
const blank = "(nothing yet)";

const { ai, AxGEPA } = load<Ax>("@ax-llm/ax");

const teacherAI = ai({
  name: "openai-compatible",
  apiURL: request.model,
  apiKey: "none",
  models: [{ key: "default", model: "reflection", description: "reflects" }],
  config: { model: "default", stream: false },
});
const models = { studentAI: teacherAI, teacherAI };
const feedbackFn = ({ prediction }: { readonly prediction: Prediction }) => [...prediction.feedback];

function programOf(texts: Texts): unknown {
  const components = Object.entries(texts).map(([key, current]) => ({
    key,
    kind: key.startsWith("tool.") ? "fn-desc" : "instruction",
    current: current === "" ? blank : current,
    description: request.components[key],
  }));
  return {
    getOptimizableComponents: () => components,
    applyOptimizedComponents: () => {},
    forward: () => Promise.reject(new Error("everything is evaluated by the adapter")),
  };
}

function withoutBlanks(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text.replace(blank, "").trim()]));
}

function adapterOf(evaluateAll: (candidate: Texts, tasks: readonly Task[]) => Promise<readonly TaskResult[]>): unknown {
  return {
    evaluate: async (tasks: readonly Task[], candidate: Texts) => {
      const results = await evaluateAll(withoutBlanks(candidate), tasks);
      const outputs = results.map(({ answer, trace, feedback }): Prediction => ({ answer, trace, feedback }));
      return { outputs, scores: results.map(({ score }) => score), trajectories: results };
    },
    make_reflective_dataset: (
      _candidate: Texts,
      { trajectories = [] }: { readonly trajectories?: readonly TaskResult[] },
      components: readonly string[],
    ) => {
      const rows = trajectories.map(({ score, answer }) => ({ score, output: answer }));
      return Object.fromEntries(components.map((component) => [component, rows]));
    },
  };
}

/** In another order, so that the first ones are of all kinds. */
function mixed(tasks: readonly Task[]): readonly Task[] {
  const { length } = tasks;
  const places = tasks.map((_, i) => (i * 37) % length);
  if (new Set(places).size < length) throw new Error(`37 divides ${length}`);
  return places.flatMap((place) => tasks[place] ?? []);
}

async function search(): Promise<never> {
  const [train, seed] = [await tasksOf("train"), await seedTexts()];
  const validation = mixed(await tasksOf("validation"));
  const ofMeasured = new Set(validation.slice(0, measured).map(({ id }) => id));
  const gepaAdapter = adapterOf(async (candidate, tasks) => {
    const results = await evaluate(candidate, tasks);
    const isWhole = tasks.length === ofMeasured.size && tasks.every(({ id }) => ofMeasured.has(id));
    if (isWhole) await note(candidate, mean(results.map(({ score }) => score)));
    return results;
  });
  begin();
  const unbounded = { numTrials: 1_000_000, earlyStoppingTrials: 1_000_000 };
  const optimizer = new AxGEPA({ ...models, ...unbounded, seed: request.seed + 1 });
  const { stats } = await optimizer.compile(programOf(seed), train, () => 0, {
    validationExamples: validation,
    maxMetricCalls: request.budget,
    gepaAdapter,
    feedbackFn,
  });
  finish("by its own count", stats.totalCalls);
}

/** What ax makes of the replies to its own prompts: the child of one round, caught when it is first measured. */
async function rewrite({ component, current, examples }: Case): Promise<string> {
  let child = current;
  const gepaAdapter = adapterOf(async (candidate, tasks) => {
    child = candidate[component] ?? "";
    return tasks.map((task) => examples.find(({ id }) => id === task.id) ?? (examples[0] as TaskResult));
  });
  const optimizer = new AxGEPA({ ...models, numTrials: 1, minibatchSize: examples.length, skipPerfectScore: false });
  await optimizer.compile(programOf({ [component]: current }), examples, () => 0, {
    validationExamples: examples,
    maxMetricCalls: 4 * examples.length,
    gepaAdapter,
    feedbackFn,
    skipPerfectScore: false,
  });
  return child;
}

await answer(search, rewrite);
