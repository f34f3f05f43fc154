import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../src/base/index.ts";
import { openEndpoint } from "../providers/endpoint.ts";

/** An agent that answers thoroughly when it is told to, and a judge that calls even questions right and prefers whatever is shown first. */
function replyOf(model: Json, text: string): string {
  const number = Number(/Question (\d+)/.exec(text)?.[1] ?? 0);
  if (model === "worker") return text.includes("thorough") ? `A thorough answer to ${number}.` : `${number}.`;
  if (!text.includes("# First answer"))
    return JSON.stringify({ reason: "Because <i>so</i>.", score: number % 2 === 0 ? 0.9 : 0.1 });
  return JSON.stringify({ reason: "The first.", better: "first" });
}

/** A model on loopback that speaks as above. */
export function openTalk(): ReturnType<typeof openEndpoint> {
  return openEndpoint((response, { body }) => {
    const content = replyOf(body["model"] ?? null, JSON.stringify(body["messages"]));
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
        usage: { prompt_tokens: 10, completion_tokens: 5 },
      }),
    );
  });
}

/** Makes the project use that model: genomes `curt` and `thorough`, and a dataset `talk` with so many tasks in each split. */
export function writeTalk(folder: string, baseUrl: string, each: number, check: Json): void {
  const model = (name: string): string => `{ kind: openai-compatible, base_url: "${baseUrl}", model: ${name} }`;
  writeFileSync(
    join(folder, "allele.yaml"),
    `allele: config/1\nmodels:\n  task: ${model("worker")}\n  judge: ${model("judge")}\n`,
  );
  for (const [name, prompt] of [
    ["curt", "Answer."],
    ["thorough", "Be thorough."],
  ] as const)
    writeFileSync(
      join(folder, `genomes/${name}.yaml`),
      `allele: genome/1\nname: ${name}\ngenes:\n  system: { type: text, max_tokens: 100, value: "${prompt}" }\n`,
    );
  mkdirSync(join(folder, "datasets/talk"));
  writeFileSync(
    join(folder, "datasets/talk/dataset.yaml"),
    "allele: dataset/1\nname: talk\ndescription: Questions.\nlicence: MIT\nsource: made for a test\ntasks: tasks.jsonl\n",
  );
  const tasks = Array.from({ length: 3 * each }, (_, index) => ({
    id: `q${index}`,
    input: `Question ${index}`,
    checks: [check],
    tags: [index % 2 === 0 ? "even" : "odd"],
    split: ["train", "validation", "test"][Math.floor(index / each)],
  }));
  writeFileSync(join(folder, "datasets/talk/tasks.jsonl"), tasks.map((task) => JSON.stringify(task)).join("\n"));
}
