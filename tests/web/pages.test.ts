import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contentHash, type Json } from "../../src/base/index.ts";
import { genomeId, readGenome, withGene } from "../../src/genome/index.ts";
import { openStore } from "../../src/store/index.ts";
import { noBrowser, seriousFindings } from "../browser.ts";
import { launch } from "../cli/allele.ts";
import { openSite, sideways, until, type Site } from "./site.ts";

/** Markup that would act, an escape sequence, a turn of the writing direction, and a word longer than any page. */
const hostile = `"><img src=x onerror="document.title='acted'"></textarea></script><script>document.title='acted'</script> \u001B[31mred\u001B[0m \u202Eturned ${"W".repeat(2000)}`;

const task = "message-01";
let rollout = "";
let genome = "";

/** A run of the starter that was cut, and beside it whatever a hostile model and hostile people could have left in the store. */
async function prepare(folder: string): Promise<void> {
  const budget = ["--rollouts", "150", "--seed", "3", "--name", "done", "--yes"];
  await launch(folder, ["evolve", "-g", "starter", "-d", "starter", ...budget]).finished;
  const store = openStore(join(folder, "runs/allele.db"));
  try {
    const at = Date.now();
    const seed = readGenome(join(folder, "genomes/starter.yaml"));
    const child = { ...withGene(seed, "system", hostile, [genomeId(seed)]), description: hostile };
    genome = genomeId(child);
    store.genomes.put(genomeId(child), child, at);
    rollout = contentHash({ of: "hostile" });
    const usage = { modelCalls: 1, inputTokens: 1, outputTokens: 1, usd: 0, milliseconds: 5 };
    store.rollouts.put(
      {
        key: contentHash({ of: "hostile" }),
        genome: genomeId(child),
        task,
        split: "train",
        repeat: 0,
        rollout: {
          score: 1,
          objectives: {},
          feedback: [hostile],
          usage,
          verdicts: [{ check: rollout, rubric: hostile, judge: hostile, version: "1", score: 1, reason: hostile }],
        },
        trace: {
          steps: [
            { kind: "plan", content: hostile },
            { kind: "model", content: hostile, calls: 1 },
            { kind: "tool", name: hostile, arguments: { text: hostile }, result: hostile, ok: false },
          ],
          answer: hostile,
          stop: "answered",
          usage,
        },
      },
      at,
    );
    const dataset = "starter";
    store.ratings.append({
      rollout: contentHash({ of: "hostile" }),
      dataset,
      author: hostile,
      score: 0,
      answer: hostile,
      comment: hostile,
      at,
    });
    const profile = {
      profile: "live",
      channel: "dev",
      verdict: hostile,
      evidence: { dataset, gates: [{ name: hostile, passed: true, evidence: hostile }] },
      reason: hostile,
      at,
    };
    store.promotions.append({ ...profile, kind: "promote", genome: genomeId(seed), previous: undefined });
    store.promotions.append({ ...profile, kind: "promote", genome: genomeId(child), previous: genomeId(seed) });
    const options = store.runs.get("done")?.options ?? null;
    for (const run of ["empty", "failed"]) store.runs.create({ id: run, options, createdAt: at });
    store.runs.setStatus("failed", "failed", at);
    const command: Json = { kind: "hypothesis", gene: "system", text: hostile };
    for (const run of ["empty", "done"]) store.steering.append(run, command, at);
    const child2 = {
      iteration: 0,
      id: genomeId(child),
      genome: child as unknown as Json,
      parents: [0],
      origin: hostile,
      hypothesis: hostile,
      changed: ["system"],
    };
    store.underWay.put("empty", 0, child2, at);
    store.runs.create({ id: "older", options: { version: 0 }, createdAt: at });
  } finally {
    store.close();
  }
  rmSync(join(folder, "genomes/starter.yaml"));
  writeFileSync(join(folder, "genomes/broken.yaml"), `allele: genome/9\n${hostile}`);
  const lines = Array.from({ length: 6 }, (_, index) =>
    JSON.stringify({
      id: `h${index}`,
      input: `${hostile} ${index}`,
      tags: [hostile.slice(0, 60)],
      checks: [{ type: "equals", value: hostile }],
      split: ["train", "validation", "test"][index % 3],
    }),
  );
  mkdirSync(join(folder, "datasets/hostile"));
  writeFileSync(join(folder, "datasets/hostile/tasks.jsonl"), lines.join("\n"));
  writeFileSync(
    join(folder, "datasets/hostile/dataset.yaml"),
    `allele: dataset/1\nname: hostile\ndescription: ${JSON.stringify(hostile)}\nlicence: MIT\nsource: a test\ntasks: tasks.jsonl\n`,
  );
}

function addresses(): readonly string[] {
  return [
    "/",
    "/?verdict=better",
    "/runs/new",
    "/runs/new?genome=nobody&dataset=starter",
    "/runs/done",
    "/runs/done/steer",
    "/runs/done/tasks",
    `/runs/done/tasks/${task}`,
    "/runs/empty",
    "/runs/empty/steer",
    `/runs/empty/steer/${genome.slice(5, 15)}`,
    "/runs/failed",
    "/runs/failed/steer",
    "/runs/older",
    `/rollouts/${rollout}`,
    `/tasks/${task}`,
    "/compare",
    "/genomes",
    `/genomes/hash:${genome}`,
    "/datasets",
    "/datasets/starter",
    "/datasets/starter/audit",
    `/datasets/starter/tasks/${task}`,
    "/datasets/hostile",
    "/datasets/hostile/audit",
    "/datasets/hostile/tasks/h0",
    "/labels",
    "/labels/export?dataset=starter",
    "/profiles",
    "/profiles/live",
    "/chat",
    "/settings",
    "/nowhere",
    `/runs/${encodeURIComponent(hostile.slice(0, 300))}`,
  ];
}

describe.skipIf(noBrowser !== "")(`every page of the dashboard${noBrowser}`, () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite(prepare);
  });
  afterAll(() => site.close());

  test("shows hostile texts harmlessly, fits 360 px, and axe finds nothing serious in the dark and in the light", async () => {
    // Without the dashboard's own policy, which would stop a script that got through, and axe with it.
    const narrow = { viewport: { width: 360, height: 800 }, colorScheme: "dark", bypassCSP: true } as const;
    const { page, complaints } = await site.open("/", narrow);
    for (const address of addresses()) {
      await page.goto(site.url + address);
      expect.soft(await page.locator("h1").count(), address).toBe(1);
      expect.soft(await page.title(), address).toMatch(/ · Allele$/);
      expect.soft(await page.locator("main img, main script:not([type='application/json'])").count(), address).toBe(0);
      expect.soft(await sideways(page), address).toBe(0);
      expect.soft(await seriousFindings(page), `${address} in the dark`).toEqual([]);
      await page.emulateMedia({ colorScheme: "light" });
      expect.soft(await seriousFindings(page), `${address} in the light`).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
    }
    expect(complaints.filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
  });

  test("everything that can be done is reached with the tab key, and the focus is seen", async () => {
    const { page } = await site.open("/");
    for (const address of [
      "/",
      "/runs/new",
      "/runs/empty/steer",
      `/rollouts/${rollout}`,
      "/labels",
      "/profiles/live",
    ]) {
      await page.goto(site.url + address);
      const { reached, seen } = await tabThrough(page);
      expect.soft(reached, address).toBe(await focusable(page));
      expect.soft(seen, address).toBe(reached);
    }
    await page.goto(`${site.url}/runs/empty/steer`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await until(async () => (await page.evaluate("document.activeElement.id")) === "main");
  });

  test("the audit of a dataset says what is suspicious, with a way to each task", async () => {
    const { page, complaints } = await site.open("/datasets/hostile");
    await page.getByRole("link", { name: "Audit" }).click();
    await page.getByRole("heading", { name: "near duplicate" }).waitFor();
    expect(await page.locator("main tbody").first().innerText()).toContain("nearly the same in another split");
    await page.locator("#near-duplicate tbody th a").first().click();
    await page.getByRole("heading", { name: /^Task h\d/ }).waitFor();
    expect(complaints).toEqual([]);
    expect((await fetch(`${site.url}/datasets/hostile/audit?effect=0`)).status).toBe(400);
    expect((await fetch(`${site.url}/datasets/hostile/audit?runs=nobody`)).status).toBe(404);
  });

  test("a run that is empty, failed or of an older version has a page, and one whose genome file is gone goes on", async () => {
    const { page } = await site.open("/runs/older");
    await page.getByText("run-options").waitFor();
    await page.goto(`${site.url}/runs/failed`);
    await page.locator("#run-head .status.failed").waitFor();
    await page.goto(`${site.url}/runs/empty`);
    const child = page.locator("#run-steer .card");
    expect(await child.innerText()).toContain("Changes system");
    await child.getByRole("button", { name: /^Veto/ }).click();
    await page.locator("#steer-pending .card.vetoed").waitFor();
    await page.goto(`${site.url}/runs/empty`);
    await page.getByRole("button", { name: "Resume" }).click();
    await page.locator("#run-head .status.finished").waitFor();
    expect(await site.text("/runs/empty/steer")).toContain("there is nothing left to steer");
    await until(async () => (await site.text("/")).includes("empty"));
  });
});

const tabbable =
  "a[href], button, input:not([type=hidden]), select, textarea, summary, canvas[tabindex], [tabindex='0']";

/** How many things of a page can have the focus; what is folded away cannot. */
function focusable(page: Page): Promise<number> {
  return page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(tabbable)})].filter((element) => element.checkVisibility({ contentVisibilityAuto: true })).length`,
  );
}

/** Presses Tab until the page is left or begins anew: how many things had the focus, and of how many it was seen. */
async function tabThrough(page: Page): Promise<{ readonly reached: number; readonly seen: number }> {
  const outlines: string[] = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const outline: string | null = await page.evaluate(
      `(() => {
        const element = document.activeElement;
        if (element === document.body || element.dataset.reached === "yes") return null;
        element.dataset.reached = "yes";
        return getComputedStyle(element).outlineStyle;
      })()`,
    );
    if (outline === null)
      return { reached: outlines.length, seen: outlines.filter((style) => style !== "none").length };
    outlines.push(outline);
  }
}
