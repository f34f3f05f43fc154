import { answer, begin, evaluate, finish, load, mean, note, request, seedTexts, tasksOf } from "./endpoint.ts";
import type { Case, Task, TaskResult, Texts } from "./endpoint.ts";

// Drives @currentai/dsts with its defaults. It stops after five rejections in a row, whatever budget is left; it is then continued from its
// own checkpoint. Its own count leaves out most minibatches, so the server's count ends it.

interface Dsts {
  readonly GEPA: new (options: Readonly<Record<string, unknown>>) => {
    optimize(): Promise<unknown>;
    reflectAndPropose(candidate: Texts, minibatch: readonly Task[], components: readonly string[]): Promise<Texts>;
  };
}

interface OpenAiCompatible {
  readonly createOpenAICompatible: (options: Readonly<Record<string, string>>) => (model: string) => unknown;
}

const { GEPA } = load<Dsts>("@currentai/dsts");
const { createOpenAICompatible } = load<OpenAiCompatible>("@ai-sdk/openai-compatible");
const local = createOpenAICompatible({ name: "local", baseURL: request.model, apiKey: "none" });
const reflectionLM = { model: local("reflection") };

interface Seen {
  readonly task: Task;
  readonly result: TaskResult;
}

interface Batch {
  readonly outputs: readonly TaskResult[];
  readonly scores: readonly number[];
  readonly trajectories: readonly Seen[];
}

function batchOf(tasks: readonly Task[], results: readonly TaskResult[]): Batch {
  const trajectories = tasks.flatMap((task, i): Seen[] => {
    const result = results[i];
    return result === undefined ? [] : [{ task, result }];
  });
  return { outputs: results, scores: results.map(({ score }) => score), trajectories };
}

function makeReflectiveDataset(_candidate: Texts, { trajectories }: Batch, components: readonly string[]): unknown {
  const records = (component: string) =>
    trajectories.map(({ task, result }) => ({
      Component: request.components[component],
      Inputs: task.input,
      "Generated Outputs": result.trace,
      Feedback: [`Score: ${result.score.toFixed(2)}`, ...result.feedback].join("\n"),
    }));
  return Object.fromEntries(components.map((component) => [component, records(component)]));
}

async function search(): Promise<never> {
  const [trainset, valset, seedCandidate] = [await tasksOf("train"), await tasksOf("validation"), await seedTexts()];
  const adapter = {
    evaluate: async (tasks: readonly Task[], candidate: Texts): Promise<Batch> => {
      const batch = batchOf(tasks, await evaluate(candidate, tasks));
      if (tasks.length === valset.length) await note(candidate, mean(batch.scores));
      return batch;
    },
    makeReflectiveDataset,
  };
  const persistence = { dir: request.scratch, resume: true };
  const seed = request.seed + 1;
  begin();
  for (let restart = 0; restart < 1000; restart++) {
    const options = { seedCandidate, trainset, valset, adapter, reflectionLM, maxIterations: 1_000_000, seed };
    await new GEPA({ ...options, persistence }).optimize();
  }
  finish("it was restarted a thousand times", null);
}

/** What dsts makes of the reply to its own prompt. */
async function rewrite({ component, current, examples }: Case): Promise<string> {
  const adapter = { evaluate: () => Promise.resolve(batchOf(examples, examples)), makeReflectiveDataset };
  const options = { seedCandidate: {}, trainset: examples, adapter, reflectionLM, maxIterations: 1 };
  const candidate = await new GEPA(options).reflectAndPropose({ [component]: current }, examples, [component]);
  return candidate[component] ?? "";
}

await answer(search, rewrite);
