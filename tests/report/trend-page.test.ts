import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderText, trendBlocks, trendPage, type TrendStep, type TrendView } from "../../src/report/index.ts";
import { noBrowser, openPage, seriousFindings, startBrowser } from "../browser.ts";
import { hostile } from "./hostile.ts";

function madeTrend(count: number, text = ""): TrendView {
  const step = (index: number): TrendStep => ({
    n: 60 - (index % 5),
    difference: 0.02 * index,
    interval: [0.02 * index - 0.1, 0.02 * index + 0.1],
    p: index > 5 ? 0.01 : 0.6,
    verdict: index > 5 ? "better" : "cannot-tell",
    needed: index > 5 ? undefined : 400,
    fixed: Array.from({ length: index }, (_, task) => `task-${task}`),
    broken: [],
  });
  const id = (index: number): string => `s256:${index.toString(16).padStart(32, "0")}`;
  return {
    label: `made${text}`,
    dataset: `made${text}`,
    split: "validation",
    tasks: 60,
    model: "simulated",
    simulated: true,
    base: id(0),
    versions: Array.from({ length: count }, (_, index) => ({
      genome: id(index),
      name: `made${text}`,
      parents: index === 0 ? [] : [id(index - 1)],
      changed: index === 0 ? [] : [`rules${text}`],
      score: index === 3 ? undefined : { n: 60 - (index % 5), score: 0.4, interval: [0.3, 0.5] as const },
      gain: index === 0 || index === 3 ? undefined : step(index),
      step: index === 0 || index === 3 ? undefined : { from: id(index - 1), ...step(1) },
    })),
  };
}

test("says in one sentence what came of the newest version, and why nothing can be said", () => {
  const text = (view: TrendView): string => renderText("Versions", trendBlocks(view)).replaceAll(/\s+/g, " ");
  expect(text(madeTrend(9))).toContain("Better: the newest 0000000000 beats the first version 0000000000");
  expect(text(madeTrend(9))).toContain("1 of 9 versions were not measured");
  expect(text(madeTrend(1))).toContain("Only one version was measured on made/validation");
  expect(text({ ...madeTrend(2), base: undefined })).toContain("No version was measured");
});

describe.skipIf(noBrowser !== "")(`the page of a genome's history in a browser${noBrowser}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "allele-trend-"));
  let browser: Browser;
  const addressOf = (name: string): string => pathToFileURL(join(folder, name)).href;

  beforeAll(async () => {
    browser = await startBrowser();
    writeFileSync(join(folder, "trend.html"), trendPage(madeTrend(40)));
    writeFileSync(join(folder, "evil.html"), trendPage(madeTrend(6, hostile)));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.for([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["360 px wide", { viewport: { width: 360, height: 740 } }],
  ] as const)("%s: asks nobody, complains of nothing, and axe finds nothing serious", async ([, options]) => {
    const { page, complaints, requests } = await openPage(browser, options);
    for (const name of ["trend.html", "evil.html"]) {
      await page.goto(addressOf(name));
      expect(
        await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
        name,
      ).toBe(0);
      expect(await seriousFindings(page), name).toEqual([]);
    }
    expect(requests).toEqual(["trend.html", "evil.html"].map(addressOf));
    expect(complaints).toEqual([]);
    expect(await page.title()).not.toBe("taken");
  });

  test("shows the gain of every version that was measured, and every version in the table", async () => {
    const { page } = await openPage(browser);
    await page.goto(addressOf("trend.html"));
    expect(await page.locator("#trend svg.wide circle").count()).toBe(39);
    expect(await page.locator("#versions tbody tr").count()).toBe(40);
  });
});
