import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../src/base/index.ts";
import { projectFolder } from "../cli/allele.ts";
import { completion, endpoint, json } from "../providers/endpoint.ts";

const TASKS = 40;

/** What the model of the shop is told and says: each prompt has an answer of its own, and the later ones know more. */
const genomes = { curt: "Answer.", polite: "Answer politely.", thorough: "Answer politely and in full." } as const;
export type ShopGenome = keyof typeof genomes;

/** The answer that a genome of the shop gives to everything. */
export function answerOf(genome: ShopGenome): string {
  return { curt: "No.", polite: "No, sorry.", thorough: "No, sorry: it ships on Friday." }[genome];
}

export interface Shop {
  readonly folder: string;
  /** The conversations the model saw, oldest first. */
  readonly asked: () => readonly (readonly { readonly role: string; readonly content: string }[])[];
  /** Has every call from now on answered with this status. */
  readonly break: (status: number | undefined) => void;
}

/**
 * A project of its own: three genomes, each better than the one before on a dataset of questions, and a model on loopback whose answer
 * depends on the system prompt alone.
 */
export async function shop(): Promise<Shop> {
  let broken: number | undefined;
  const { baseUrl, asked } = await endpoint((response, { body }) => {
    if (broken !== undefined) return json(response, broken, { error: { message: "as the test wants" } });
    const messages = body["messages"] as readonly { readonly role: string; readonly content: string }[];
    const prompt = messages.find(({ role }) => role === "system")?.content;
    const genome = (Object.keys(genomes) as ShopGenome[]).find((name) => genomes[name] === prompt) ?? "curt";
    json(response, 200, completion({ role: "assistant", content: answerOf(genome) }, "stop"));
  });
  const folder = projectFolder();
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  mkdirSync(join(folder, "genomes"));
  mkdirSync(join(folder, "datasets/questions"), { recursive: true });
  write(
    "allele.yaml",
    `allele: config/1\nmodels:\n  task: { kind: openai-compatible, base_url: "${baseUrl}", model: worker, retries: 0 }\n`,
  );
  for (const [name, prompt] of Object.entries(genomes)) {
    write(
      `genomes/${name}.yaml`,
      `allele: genome/1\nname: ${name}\ngenes:\n  system: { type: text, max_tokens: 100, value: "${prompt}" }\n`,
    );
  }
  write(
    "datasets/questions/dataset.yaml",
    "allele: dataset/1\nname: questions\ndescription: Questions.\nlicence: CC0-1.0\nsource: made for a test\ntasks: tasks.jsonl\n",
  );
  const tasks = Array.from({ length: TASKS * 2 }, (_, index): Json => ({
    id: `q${index}`,
    input: `Question ${index}`,
    checks: [
      { type: "contains", value: "sorry" },
      { type: "contains", value: "Friday" },
    ],
    split: index < TASKS ? "test" : "train",
  }));
  tasks.push({ id: "v", input: "Question v", checks: [{ type: "contains", value: "sorry" }], split: "validation" });
  write("datasets/questions/tasks.jsonl", tasks.map((task) => JSON.stringify(task)).join("\n"));
  return {
    folder,
    asked: () => asked.map(({ body }) => body["messages"] as never),
    break: (status) => {
      broken = status;
    },
  };
}
