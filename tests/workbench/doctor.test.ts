import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { examine, openWorkbench, renderFindings } from "../../src/workbench/index.ts";
import { project } from "./project.ts";

async function findings(task: string, width?: number): Promise<string> {
  const { folder } = project();
  writeFileSync(join(folder, "allele.yaml"), `allele: config/1\nmodels:\n  task: ${task}\n`);
  const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
  try {
    return renderFindings(await examine(workbench, new AbortController().signal), width);
  } finally {
    workbench.close();
  }
}

test("the doctor warns of a model whose cost nobody knows, and not of one with a price", async () => {
  const remote = `kind: openai-compatible, base_url: "http://model.invalid/v1", model: mystery, retries: 0`;
  const unpriced = await findings(`{ ${remote} }`);
  expect(unpriced).toMatch(/^warn +task model's price +none known for mystery.*Set prices in allele\.yaml/m);
  expect(unpriced).toMatch(/^NO +task model /m);
  expect(await findings(`{ ${remote}, prices: { input: 0, output: 0 } }`)).not.toContain("warn");
  expect(await findings("{ kind: simulated }")).not.toMatch(/warn|NO/);
});

test("the doctor keeps to the width of the terminal, and drops nothing", async () => {
  const model = `{ kind: openai-compatible, base_url: "http://model.invalid/v1", model: ${"m".repeat(300)}, retries: 0 }`;
  const text = await findings(model, 80);
  for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
  expect(text.replaceAll(/\s/g, "")).toBe((await findings(model)).replaceAll(/\s/g, ""));
});
