import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  openWorkbench,
  promoteGenome,
  renderPromotion,
  renderRunSummary,
  startRun,
  continueRun,
} from "../../src/workbench/index.ts";
import { project } from "./project.ts";

/** A model that says "spam" to everything once it is shown an example, and something else before. */
async function parrot(): Promise<string> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const content = body.includes('"assistant"') ? "spam" : "I like messages.";
      const message = { role: "assistant", content };
      const usage = { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6 };
      response.writeHead(200, { "content-type": "application/json" });
      response.end(
        JSON.stringify({
          id: "a",
          object: "chat.completion",
          created: 0,
          model: "parrot",
          choices: [{ index: 0, message, finish_reason: "stop" }],
          usage,
        }),
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

const splits = ["train", "validation", "test"];

async function spamProject() {
  const { folder } = project();
  mkdirSync(join(folder, "genomes"));
  mkdirSync(join(folder, "datasets/mail"), { recursive: true });
  const config = {
    allele: "config/1",
    models: { task: { kind: "openai-compatible", base_url: await parrot(), model: "parrot" }, reflection: "none" },
    search: { minibatch: 6, screen: 6, race: 6, confirm: 6 },
  };
  writeFileSync(join(folder, "allele.yaml"), JSON.stringify(config));
  const genes = {
    system: { type: "text", value: "Sort the mail.", evolvable: false },
    demos: { type: "demos", value: [], max: 2 },
    plan: { type: "strategy", value: { kind: "direct" }, evolvable: false },
  };
  writeFileSync(join(folder, "genomes/sorter.yaml"), JSON.stringify({ allele: "genome/1", name: "sorter", genes }));
  const tasks = Array.from({ length: 60 }, (_, i) => ({
    id: `mail-${i}`,
    input: `Mail number ${i}`,
    split: splits[i % 3],
    checks: [{ type: "label", value: i % 4 === 0 ? "ham" : "spam", labels: ["ham", "spam"] }],
  }));
  writeFileSync(join(folder, "datasets/mail/tasks.jsonl"), tasks.map((one) => `${JSON.stringify(one)}\n`).join(""));
  const described = {
    allele: "dataset/1",
    name: "mail",
    description: "Mail.",
    licence: "MIT",
    source: "here",
    tasks: "tasks.jsonl",
  };
  writeFileSync(join(folder, "datasets/mail/dataset.yaml"), JSON.stringify(described));
  const workbench = openWorkbench({ cwd: folder, environment: process.env, log: () => {} });
  onTestFinished(() => workbench.close());
  return workbench;
}

test("a finalist with one answer to everything is proven better, and whoever reads or promotes it is warned", async () => {
  const workbench = await spamProject();
  await startRun(workbench, { genome: "sorter", dataset: "mail", rollouts: 140, seed: 1, name: "mail" });
  const report = await continueRun(workbench, "mail", {});
  expect(report.comparison?.verdict).toBe("better");
  expect(report.comparison?.b.oneAnswer).toBe("spam");
  const warning = 'Warning: to all 20 tasks the finalist gave the same answer, "spam"';
  expect(renderRunSummary(report)).toContain(warning);
  const promotion = await promoteGenome(workbench, { genome: "mail", profile: "mail", dryRun: true });
  expect(renderPromotion(promotion)).toContain('gave the same answer, "spam"');
});
