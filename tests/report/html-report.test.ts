import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { junitXml, runPage, type RunView } from "../../src/report/index.ts";
import { noBrowser, openPage, seriousFindings, startBrowser } from "../browser.ts";
import { hostile } from "./hostile.ts";
import { madeView } from "./made-view.ts";

describe.skipIf(noBrowser !== "")(`the HTML report in a browser${noBrowser}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "allele-report-"));
  let browser: Browser;
  let view: RunView;
  let evil: RunView;
  const addressOf = (name: string): string => pathToFileURL(join(folder, name)).href;

  beforeAll(async () => {
    browser = await startBrowser();
    view = await madeView({ tasks: 100, candidates: 12, gain: 0.04 });
    evil = await madeView({ run: "evil-1", text: hostile });
    writeFileSync(join(folder, "report.html"), runPage(view));
    writeFileSync(join(folder, "evil.html"), runPage(evil));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.for([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["360 px wide", { viewport: { width: 360, height: 740 } }],
  ] as const)(
    "%s: opens from disk, asks nobody, complains of nothing, and axe finds nothing serious",
    async ([, options]) => {
      const { page, complaints, requests } = await openPage(browser, options);
      await page.goto(addressOf("report.html"));
      expect(requests).toEqual([addressOf("report.html")]);
      expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(
        0,
      );
      await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
      expect(await seriousFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  test("on 360 px the charts fit, and only the family tree and tables are scrolled", async () => {
    const { page } = await openPage(browser, { viewport: { width: 360, height: 740 } });
    await page.goto(addressOf("report.html"));
    const charts = `[...document.querySelectorAll("figure .scroll")].map((box) => [
      box.getAttribute("aria-label"), box.scrollWidth > box.clientWidth,
      [...box.querySelectorAll("svg")].filter((svg) => svg.checkVisibility()).length,
      [...box.querySelectorAll("svg text")].filter((text) => text.checkVisibility()).every((text) => {
        const [own, all] = [text.getBoundingClientRect(), text.closest("svg").getBoundingClientRect()];
        return own.left >= all.left && own.right <= all.right;
      }),
    ])`;
    expect(await page.evaluate(charts)).toEqual([
      ["Difference in score, with its 95 % interval", false, 1, true],
      ["Validation score against rollouts spent", false, 1, true],
      ["Validation score against money a rollout", false, 1, true],
      ["Family tree of the candidates", true, 1, true],
    ]);
    await page.setViewportSize({ width: 1000, height: 740 });
    expect(((await page.evaluate(charts)) as unknown[][]).map((chart) => chart.slice(2))).toEqual(
      Array.from({ length: 4 }, () => [1, true]),
    );
  });

  test("says the verdict in one sentence before anything else", async () => {
    const { page } = await openPage(browser);
    await page.goto(addressOf("report.html"));
    expect(await page.locator(".lead").innerText()).toBe(
      view.sentence.replaceAll(/95 % interval/g, "95\u00A0% interval").replaceAll(/ ([=<]) /g, "\u00A0$1\u00A0"),
    );
    const top = (await page.locator(".lead").boundingBox())?.y ?? 1000;
    expect(top).toBeLessThan(200);
    expect(await page.locator("body").innerText()).toContain("simulated model");
  });

  test("cannot tell and no difference look different: border, sign, word and bar, before any colour", async () => {
    const { comparison } = view;
    if (comparison === undefined) throw new Error("the made run has a verdict");
    const { page } = await openPage(browser);
    const looks = [];
    for (const verdict of ["same", "cannot-tell"] as const) {
      const interval = verdict === "same" ? ([-0.01, 0.012] as const) : ([-0.06, 0.08] as const);
      const asked = { ...view, comparison: { ...comparison, difference: 0.001, interval, verdict } };
      writeFileSync(join(folder, `${verdict}.html`), runPage(asked));
      await page.goto(addressOf(`${verdict}.html`));
      looks.push(
        await page.evaluate(`(() => {
          const badge = document.querySelector(".verdict > p > .badge");
          const bar = document.querySelector("#verdict rect.interval");
          return [badge.innerText, getComputedStyle(badge).borderTopStyle, bar.getAttribute("fill"), getComputedStyle(bar).strokeDasharray];
        })()`),
      );
    }
    expect(looks).toEqual([
      ["= The same", "double", null, "none"],
      ["? Cannot tell", "dashed", "url(#verdict-chart-hatch)", "4px, 3px"],
    ]);
  });

  test("lets a cell of the matrix be read with the arrow keys and with the pointer", async () => {
    const { page } = await openPage(browser);
    await page.goto(addressOf("report.html"));
    const canvas = page.locator("[data-matrix-canvas]");
    const output = page.locator("[data-matrix-cell]");
    await canvas.focus();
    await page.keyboard.press("ArrowDown");
    const [first] = view.matrix.tasks;
    expect(await output.innerText()).toContain(`${first?.task} (test`);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    const second = view.matrix.tasks[1];
    expect(await output.innerText()).toBe(
      `${second?.task} (test${second?.marks.map((mark) => `, ${mark}`).join("")}), candidate #11 (winner): score ${Number(view.matrix.scores[11]?.[1]).toFixed(2)}`,
    );
    await page.locator("[data-matrix-filter]").selectOption("mark:unsolved");
    const unsolved = view.matrix.tasks.filter(({ marks }) => marks.includes("unsolved"));
    expect(await output.innerText()).toContain(`${unsolved.length} tasks.`);
    await canvas.hover({ position: { x: 3, y: 2 } });
    await expect.poll(() => output.innerText()).toContain(`${unsolved[0]?.task} (`);
  });

  test("reaches every cell of 500 tasks and 300 candidates, as one picture, and draws nothing anew for the cell that is read", async () => {
    const wide = await madeView({ tasks: 500, candidates: 300, gain: 0.001 });
    writeFileSync(join(folder, "wide.html"), runPage(wide));
    const { page } = await openPage(browser, { viewport: { width: 1000, height: 800 } });
    await page.goto(addressOf("wide.html"));
    expect(await page.locator(".matrix *").count()).toBeLessThan(30);
    await page.evaluate(`(() => {
      globalThis.drawn = 0;
      const fill = CanvasRenderingContext2D.prototype.fillRect;
      CanvasRenderingContext2D.prototype.fillRect = function (...place) { globalThis.drawn += 1; return fill.apply(this, place); };
    })()`);
    const output = page.locator("[data-matrix-cell]");
    await page.locator("[data-matrix-canvas]").focus();
    for (let step = 0; step < 27; step++) await page.keyboard.press("PageDown");
    await page.keyboard.press("End");
    expect(await output.innerText()).toMatch(new RegExp(`^${wide.matrix.tasks.at(-1)?.task} .*candidate #299`));
    const mark = await page.locator("[data-matrix-mark]").boundingBox();
    const view = await page.locator(".matrix-view").boundingBox();
    if (mark === null || view === null) throw new Error("the cell has no frame");
    expect(mark.x).toBeGreaterThanOrEqual(view.x);
    expect(mark.x + mark.width).toBeLessThanOrEqual(view.x + view.width);
    expect(mark.y + mark.height).toBeLessThanOrEqual(view.y + view.height + 1);
    await page.locator("[data-matrix-canvas]").hover({ position: { x: 5, y: 5 } });
    await expect
      .poll(() => output.innerText())
      .toMatch(new RegExp(`^${wide.matrix.tasks[1]?.task} .*candidate #1[ :(]`));
    expect(await page.evaluate("globalThis.drawn")).toBe(0);
  });

  test("draws the scores: dark where they are high, light where they are low, nothing where nothing was measured", async () => {
    const { page } = await openPage(browser, { viewport: { width: 1200, height: 800 } });
    await page.goto(addressOf("report.html"));
    const colours = (await page.evaluate(`(() => {
      const canvas = document.querySelector("[data-matrix-canvas]");
      const data = JSON.parse(document.getElementById("matrix-data").textContent);
      const [width, height] = [canvas.width / data.candidates, canvas.height / data.tasks.length];
      const pen = canvas.getContext("2d");
      return data.tasks.map((_, row) => [...pen.getImageData(Math.floor(width / 3), Math.floor((row + 0.3) * height), 1, 1).data]);
    })()`)) as number[][];
    const seed = view.matrix.scores[0] ?? [];
    colours.forEach(([red = 0, , , opacity], row) => {
      const score = seed[row];
      if (score === null) expect(opacity).toBe(0);
      if (score === 1) expect(red).toBeLessThan(40);
      if (score === 0) expect(red).toBeGreaterThan(200);
    });
  });

  test("runs nothing and hides nothing of hostile texts", async () => {
    const { page, complaints, requests } = await openPage(browser);
    await page.goto(addressOf("evil.html"));
    await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
    expect(await page.title()).toBe("Run evil-1");
    expect(requests).toEqual([addressOf("evil.html")]);
    expect(complaints).toEqual([]);
    const text = await page.locator("body").innerText();
    expect(text).toContain("␛[31mred");
    expect(text).toContain("‹U+202E›gpj.exe");
    expect(text).toContain("</textarea></script></style><svg onload=");
    expect(await seriousFindings(page)).toEqual([]);
  });

  test("prints: no controls, no text cut off at the side, traces unfolded", async () => {
    const { page } = await openPage(browser, { viewport: { width: 760, height: 1000 } });
    await page.goto(addressOf("report.html"));
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("nav.contents").isVisible()).toBe(false);
    expect(await page.locator(".trace .steps").first().isVisible()).toBe(true);
    expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(0);
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
  });

  test("is read without scripts as well: every striking task stands in a table", async () => {
    const { page } = await openPage(browser, { javaScriptEnabled: false });
    await page.goto(addressOf("report.html"));
    const rows = await page.locator("#matrix table tbody tr").count();
    expect(rows).toBe(view.matrix.tasks.length);
  });

  test("the JUnit form is well-formed XML with the texts as they were", async () => {
    const { page } = await openPage(browser);
    await page.goto("about:blank");
    for (const [xml, run] of [
      [junitXml(view), view],
      [junitXml(evil), evil],
    ] as const) {
      const read = (await page.evaluate(
        `(() => {
          const document = new DOMParser().parseFromString(${JSON.stringify(xml)}, "text/xml");
          return { error: document.querySelector("parsererror")?.textContent, cases: document.querySelectorAll("testcase").length, failures: document.querySelectorAll("failure").length };
        })()`,
      )) as { readonly error?: string; readonly cases: number; readonly failures: number };
      expect(read).toEqual({ error: undefined, cases: run.comparison?.n, failures: run.comparison?.broken.length });
    }
  });
});
