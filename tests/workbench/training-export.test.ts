import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { parseJson, type Json } from "../../src/base/index.ts";
import {
  evaluateGenome,
  exportTraining,
  openWorkbench,
  rateRollout,
  type Workbench,
} from "../../src/workbench/index.ts";
import { allele } from "../cli/allele.ts";
import { answerOf, shop } from "../live/shop.ts";
import { project } from "./project.ts";

const choice = { leastScore: 1, margin: 0.5, perTask: 1, longest: 200_000 } as const;

async function measuredShop(
  splits: readonly ("train" | "validation" | "test")[] = ["train"],
): Promise<{ readonly folder: string; readonly workbench: Workbench }> {
  const { folder } = await shop();
  const workbench = openWorkbench({ cwd: folder, environment: { USER: "ada" }, log: () => {} });
  onTestFinished(() => workbench.close());
  for (const genome of ["curt", "thorough"]) {
    for (const split of splits)
      await evaluateGenome(workbench, { genome, dataset: "questions", split, repeats: 1, limit: 6 });
  }
  return { folder, workbench };
}

/** The messages of a fine-tuning example, as OpenAI documents them. */
const Call = z.strictObject({
  id: z.string().min(1),
  type: z.literal("function"),
  function: z.strictObject({ name: z.string().min(1), arguments: z.string() }),
});
const ChatMessage = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("system"), content: z.string() }),
  z.strictObject({ role: z.literal("user"), content: z.string() }),
  z.strictObject({ role: z.literal("assistant"), content: z.string(), tool_calls: z.array(Call).min(1).optional() }),
  z.strictObject({ role: z.literal("tool"), tool_call_id: z.string(), content: z.string() }),
]);
const Supervised = z.strictObject({
  messages: z.array(ChatMessage).min(2),
  tools: z
    .array(
      z.strictObject({
        type: z.literal("function"),
        function: z.strictObject({
          name: z.string(),
          description: z.string(),
          parameters: z.record(z.string(), z.json()),
        }),
      }),
    )
    .optional(),
});

describe("training data of what was measured", () => {
  test("solved conversations of an agent with tools are whole: every result answers a call, and the answer is last", async () => {
    const { workbench } = project();
    const measured = await evaluateGenome(workbench, {
      genome: "desk-reference",
      dataset: "desk",
      split: "train",
      repeats: 1,
      limit: 12,
    });
    const { lines, simulated, rollouts } = await exportTraining(workbench, {
      ...choice,
      sources: ["desk-reference"],
      dataset: "desk",
      format: "sft",
    });
    expect(simulated).toBe(true);
    expect(rollouts).toBe(12);
    const stored = workbench.store.rollouts.listByGenome(measured.genome as `s256:${string}`);
    const solved = stored.filter(({ rollout }) => (rollout as { readonly score: number }).score === 1);
    expect(solved.length).toBeGreaterThan(4);
    expect(lines).toHaveLength(solved.length);
    let calls = 0;
    for (const line of lines) {
      const { messages, tools } = Supervised.parse(parseJson(line));
      expect(messages.map(({ role }) => role).slice(0, 2)).toEqual(["system", "user"]);
      expect(messages.at(-1)).toMatchObject({ role: "assistant" });
      const offered = tools?.map((tool) => tool.function.name) ?? [];
      const open = new Set<string>();
      for (const message of messages) {
        if (message.role === "assistant") {
          expect(open.size).toBe(0);
          for (const call of message.tool_calls ?? []) {
            calls += 1;
            open.add(call.id);
            expect(offered).toContain(call.function.name);
            expect(() => parseJson(call.function.arguments)).not.toThrow();
          }
        }
        if (message.role === "tool") expect(open.delete(message.tool_call_id)).toBe(true);
      }
    }
    expect(calls).toBeGreaterThan(lines.length);
  });

  test("of two genomes one solved a task and the other did not, which makes a pair under the prompt of the better", async () => {
    const { workbench } = await measuredShop();
    const request = { ...choice, dataset: "questions", format: "dpo" } as const;
    // One genome alone is always right: nothing to prefer.
    expect((await exportTraining(workbench, { ...request, sources: ["thorough"] })).lines).toEqual([]);
    const { lines, origins } = await exportTraining(workbench, { ...request, sources: ["curt", "thorough"] });
    expect(lines).toHaveLength(6);
    expect(parseJson(lines[0] ?? "")).toMatchObject({
      prompt: [{ role: "system", content: "Answer politely and in full." }, { role: "user" }],
      chosen: [{ role: "assistant", content: answerOf("thorough") }],
      rejected: [{ role: "assistant", content: answerOf("curt") }],
    });
    expect(origins[0]).toMatchObject({ chosen: { by: "checks", score: 1 }, rejected: { score: 0 } });
  });

  test("the word of people counts more than that of checks, and an answer they say is right is preferred to one they call wrong", async () => {
    const { workbench } = await measuredShop();
    await rateRollout(
      workbench,
      { genome: "thorough", task: "q40", dataset: "questions" },
      { score: 0, answer: "\u202eOn\u2028Monday." },
    );
    const request = { ...choice, sources: ["thorough"], dataset: "questions", format: "dpo" } as const;
    const { lines, origins } = await exportTraining(workbench, request);
    expect(lines).toHaveLength(1);
    expect(parseJson(lines[0] ?? "")).toMatchObject({
      chosen: [{ role: "assistant", content: "\u202eOn\u2028Monday." }],
      rejected: [{ role: "assistant", content: answerOf("thorough") }],
    });
    expect(origins).toMatchObject([{ task: "q40", chosen: { by: "people" }, rejected: { by: "people" } }]);
    expect((await exportTraining(workbench, { ...request, by: "checks" })).lines).toEqual([]);
    const prompted = await exportTraining(workbench, { ...request, prompt: "curt" });
    expect(parseJson(prompted.lines[0] ?? "")).toMatchObject({ prompt: [{ content: "Answer." }, { role: "user" }] });
  });

  test("the sealed test is exported only by name, says so, and counts as an opening", async () => {
    const { workbench, folder } = await measuredShop(["train", "test"]);
    const openings = (): number => workbench.store.testOpenings.count("questions");
    const before = openings();
    const request = { ...choice, sources: ["thorough"], dataset: "questions", format: "sft" } as const;
    const plain = await exportTraining(workbench, request);
    expect(new Set(plain.origins.map(({ split }) => split))).toEqual(new Set(["train"]));
    expect(openings()).toBe(before);
    const asked = ["export", "training", "thorough", "-d", "questions", "-f", "sft", "-s", "test", "-o", "out/t.jsonl"];
    const written = await allele(folder, asked);
    expect(written.code, written.stderr).toBe(0);
    expect(written.stderr).toContain("the sealed test is in these data");
    expect(openings()).toBe(before + 1);
    const about = parseJson(readFileSync(join(folder, "out/t.jsonl.about.json"), "utf8")) as Record<string, Json>;
    expect(about).toMatchObject({
      allele: "export/1",
      holds_sealed_test: true,
      dataset: { licence: "CC0-1.0", source: "made for a test" },
      by_split: { test: 6 },
    });
    expect(about["lines"]).toHaveLength(6);
    expect(readFileSync(join(folder, "out/t.jsonl"), "utf8").trimEnd().split("\n")).toHaveLength(6);
  });

  test("what was never measured, or on other tasks, is an error that says what to do", async () => {
    const { folder } = await shop();
    const asked = ["export", "training", "curt", "-d", "questions", "-f", "sft"];
    const none = await allele(folder, asked);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain("[nothing-measured]");
    expect(none.stdout).toBe("");
    expect(existsSync(join(folder, "runs/allele.db"))).toBe(false);
  });
});
