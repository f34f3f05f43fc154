import { resolve } from "node:path";
import { llamaProvider } from "../../src/providers/llama/provider.ts";
import type { ChatRequest, Message } from "../../src/providers/index.ts";

const models = resolve(import.meta.dirname, "../../models");

/** An instruction and four examples, as a candidate of an evolution has them. */
const opening: readonly Message[] = [
  {
    role: "system",
    content:
      "Decide whether the sentence of a film review is positive or negative. Look at the whole sentence before you answer. Pay attention to the tone. Answer with one word.",
  },
  ...[
    ["The cast is splendid and the story moves along with wit and warmth until the last scene.", "positive"],
    ["An endless row of tired jokes that nobody in the room found worth a smile.", "negative"],
    ["Small, quiet and wholly absorbing, a film that trusts its audience.", "positive"],
    ["The camera wanders, the actors wander, and so did half of the people who had paid for it.", "negative"],
  ].flatMap(([input = "", output = ""]): Message[] => [
    { role: "user", content: input },
    { role: "assistant", content: output },
  ]),
];

const subjects = ["The plot", "The music", "Her acting", "The ending", "His first film", "The camera"];
const verdicts = ["is a delight.", "left me cold.", "was better than I had hoped.", "never comes alive."];
const tasks = subjects.flatMap((subject) => verdicts.map((verdict) => `${subject} ${verdict}`));

/** A batch of one candidate against the same calls by a model that has to read everything each time. */
export async function sharedPrefix(): Promise<string> {
  const request = (task: string): ChatRequest => ({
    model: "smollm2",
    messages: [...opening, { role: "user", content: task }],
    choices: { texts: ["positive", "negative"] },
  });
  const file = `${models}/smollm2-135m-instruct.gguf`;
  const provider = llamaProvider({ file, folder: models, context: 1024, threads: 1 });
  const other: ChatRequest = { model: "smollm2", messages: [{ role: "user", content: "Hello." }], maxOutputTokens: 1 };
  await provider.complete(request("Warm up."));

  const begun = performance.now();
  const alone: unknown[] = [];
  let forgetting = 0;
  for (const task of tasks) {
    const before = performance.now();
    await provider.complete(other); // Another conversation: nothing of the prompt stays evaluated.
    forgetting += performance.now() - before;
    alone.push(await provider.complete(request(task)));
  }
  const single = performance.now() - begun - forgetting;

  const start = performance.now();
  const batch = await Promise.all(tasks.map((task) => provider.complete(request(task))));
  const shared = performance.now() - start;

  const same = JSON.stringify(batch) === JSON.stringify(alone);
  const tokens = batch[0]?.usage.inputTokens ?? 0;
  return [
    "# The shared beginning of a batch",
    `SmolLM2-135M-Instruct (Q4_1) in this process, one thread, ${tasks.length} tasks with one prompt: an instruction and four examples; about ${tokens} tokens a call, of which all but the task are the same. The likeliest of two labels is the answer.`,
    "| | tasks a second, against one call at a time |\n| --- | --- |\n" +
      `| one call at a time, everything evaluated | 1 |\n| a batch, the shared beginning evaluated once | ${(single / shared).toFixed(1)} |`,
    `Replies and log-probabilities: ${same ? "the same, to the last bit" : "DIFFERENT"}.`,
  ].join("\n\n");
}
