import { expect, test } from "vitest";
import { manualClock, type Json } from "../../src/base/index.ts";
import type { ChatRequest } from "../../src/providers/index.ts";
import { planted as plantedLandscape } from "../benchmarks/landscape/planted.ts";
import { partsIn } from "../benchmarks/landscape/parts.ts";
import { onPlantedStage } from "../benchmarks/peers/planted-stage.ts";
import { plantedExaminer, searchPlantedWithAllele } from "../benchmarks/peers/planted-search.ts";
import { plantedReflection, withWorkers } from "../benchmarks/peers/planted-world.ts";

const landscape = plantedLandscape(3);
const { seedGenome, dataset } = landscape;
const { system } = seedGenome.genes;
const text = system?.type === "text" ? system.value : "";
const request = { genome: seedGenome, dataset: "planted", budget: 400, seed: 3, concurrency: 8 };

async function ask(url: string, body?: Json): Promise<Record<string, Json>> {
  const response = await fetch(url, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
  return (await response.json()) as Record<string, Json>;
}

test("a landscape behind the endpoints is evaluated as any agent is, and counted", async () => {
  await onPlantedStage(request, async ({ evaluation, counts }) => {
    expect(await ask(`${evaluation}/genome?format=text`)).toEqual({ components: { system: text } });
    const tasks = dataset.tasks
      .filter(({ split }) => split === "train")
      .slice(0, 5)
      .map(({ id }) => id);
    const found = await ask(`${evaluation}/evaluate`, { candidate: { system: text }, tasks });
    const direct = await landscape.evaluator.evaluate(seedGenome, dataset.tasks.slice(0, 5));
    expect((found["results"] as { score: number }[]).map(({ score }) => score)).toEqual(
      direct.map((rollout) => (rollout.state === "scored" ? rollout.score : undefined)),
    );
    await ask(`${evaluation}/evaluate`, { candidate: {}, tasks });
    expect(await ask(`${evaluation}/status`)).toMatchObject({ rollouts: 10, paid: 5 });
    expect(counts()).toMatchObject({ task: 5, reflection: 0 });
  });
});

test("its reflection model changes the part that the feedback blames, in a request of any form", async () => {
  const model = plantedReflection(landscape);
  const feedback = "The answer is wrong. The cause is part 07.";
  const others: readonly string[] = [
    `Improve these instructions:\n\`\`\`\n${text}\n\`\`\`\nFeedback:\n\`\`\`\n# Example 1\n## Inputs\nQ\n\n## Feedback\n${feedback}\n\`\`\`\nWrite better instructions.`,
    `Improve a component.\nComponent Name: system\nCurrent Text:\n${text}\n\nExamples:\n${JSON.stringify([{ Inputs: "Q", Feedback: feedback }])}\n\nThe improved text only:`,
  ];
  for (const content of others) {
    let changed = 0;
    for (let seed = 0; seed < 20; seed++) {
      const asked: ChatRequest = { model: "m", messages: [{ role: "user", content }], seed };
      const reply = (await model.complete(asked)).content.replaceAll("```", "").trim();
      expect(partsIn(reply)).toHaveLength(landscape.options.parts);
      const before = text.split("\n");
      const different = reply.split("\n").filter((line, i) => line !== before[i]);
      expect(different.every((line) => line.startsWith("Part 07,"))).toBe(true);
      changed += different.length;
    }
    expect(changed).toBeGreaterThan(15);
  }
  const chat = model.complete({ model: "m", messages: [{ role: "user", content: "Good morning!" }] });
  await expect(chat).rejects.toThrow(/no request to reflect/);
});

test("workers are as many as there are, and what is known costs no time", async () => {
  const clock = manualClock();
  const workers = withWorkers(landscape, { workers: 4, latency: 200, clock });
  const tasks = dataset.tasks.slice(0, 6);
  await workers.evaluate(seedGenome, tasks);
  await workers.evaluate(seedGenome, tasks);
  expect(workers.paid()).toBe(6);
  expect(clock.now()).toBe(1200);
});

test("Allele searches there within the budget, and its candidates have a true score", async () => {
  const found = await searchPlantedWithAllele(request);
  expect(found.rollouts).toBeLessThanOrEqual(400);
  expect(found.calls.reflection).toBeGreaterThan(0);
  const examiner = plantedExaminer(3);
  expect(await examiner.examine(seedGenome, found.picks[0]?.candidate ?? {})).toEqual([
    landscape.trueScore(seedGenome),
  ]);
});
