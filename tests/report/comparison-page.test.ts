import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { comparisonPage, type ComparisonView } from "../../src/report/index.ts";
import { noBrowser, openPage, seriousFindings, startBrowser } from "../browser.ts";
import { hostile } from "./hostile.ts";
import { madeView } from "./made-view.ts";

/** Two challengers of one genome: one that is better, and one that cannot be told from it. */
async function madeComparison(text: string): Promise<ComparisonView> {
  const { comparison, traces } = await madeView({ tasks: 120, candidates: 6, gain: 0.08, text });
  if (comparison === undefined) throw new Error("the made run has a verdict");
  const unclear = { ...comparison, difference: 0.01, interval: [-0.04, 0.06] as const, p: 0.7 };
  return {
    a: { id: "s256:aaaaaaaaaa", label: `in-use${text}` },
    challenges: [
      { b: { id: "s256:bbbbbbbbbb", label: `better-one${text}` }, comparison, traces },
      {
        b: { id: "s256:cccccccccc", label: `unclear-one${text}` },
        comparison: { ...unclear, verdict: "cannot-tell", needed: 900 },
        traces,
      },
    ],
    dataset: `made${text}`,
    split: "validation",
    model: "simulated",
    simulated: true,
  };
}

describe.skipIf(noBrowser !== "")(`the page of a comparison in a browser${noBrowser}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "allele-comparison-"));
  let browser: Browser;
  const addressOf = (name: string): string => pathToFileURL(join(folder, name)).href;

  beforeAll(async () => {
    browser = await startBrowser();
    const view = await madeComparison("");
    writeFileSync(join(folder, "several.html"), comparisonPage(view));
    writeFileSync(join(folder, "two.html"), comparisonPage({ ...view, challenges: view.challenges.slice(0, 1) }));
    writeFileSync(join(folder, "evil.html"), comparisonPage(await madeComparison(hostile)));
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
    for (const name of ["two.html", "several.html"]) {
      await page.goto(addressOf(name));
      await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
      expect(
        await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
        name,
      ).toBe(0);
      expect(await seriousFindings(page), name).toEqual([]);
    }
    expect(requests).toEqual(["two.html", "several.html"].map(addressOf));
    expect(complaints).toEqual([]);
  });

  test("says of each challenger in one sentence what came of it, and shows where traces part", async () => {
    const { page } = await openPage(browser);
    await page.goto(addressOf("several.html"));
    const leads = await page.locator(".lead").allInnerTexts();
    expect(leads[0]).toMatch(/^Better: better-one beats in-use \(difference \+0\.\d+/);
    expect(leads[1]).toMatch(/^Cannot tell unclear-one from in-use .*About 900 paired tasks could tell/);
    await page.locator("details.trace").first().locator("summary").click();
    await page.locator("details.trace").first().getByText("Here they part.").first().waitFor();
  });

  test("prints: nothing cut off at the side, traces unfolded", async () => {
    const { page } = await openPage(browser, { viewport: { width: 760, height: 1000 } });
    await page.goto(addressOf("several.html"));
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".trace .steps").first().isVisible()).toBe(true);
    expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(0);
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
  });

  test("runs nothing and hides nothing of hostile texts", async () => {
    const { page, complaints, requests } = await openPage(browser, { viewport: { width: 360, height: 740 } });
    await page.goto(addressOf("evil.html"));
    await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
    expect(await page.title()).not.toBe("taken");
    expect(requests).toEqual([addressOf("evil.html")]);
    expect(complaints).toEqual([]);
    expect(await page.locator("body").innerText()).toContain("‹U+202E›gpj.exe");
    expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
  });
});
