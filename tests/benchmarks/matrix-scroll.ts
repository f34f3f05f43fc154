import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { runPage } from "../../src/report/index.ts";
import { startBrowser } from "../browser.ts";
import { madeView } from "../report/made-view.ts";

const size = { tasks: 500, candidates: 300 } as const;
const rounds = 5;
/** Longer than two frames at sixty a second: a person sees it stand still. */
const slow = 32;

/** What is scrolled: the matrix of a report, and as a control a box as large with nothing in it but one colour. */
const boxes = {
  matrix: ".matrix-view",
  control: "#control",
} as const;
type Box = keyof typeof boxes;

interface Scrolled {
  /** Milliseconds between frames. */
  readonly frames: readonly number[];
}

/** How smoothly the matrix of 500 tasks and 300 candidates is scrolled, by wheel with the pointer over its cells, and walked through by keys. */
export async function matrixScroll(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "allele-matrix-"));
  const browser = await startBrowser();
  try {
    const file = join(folder, "report.html");
    writeFileSync(file, runPage(await madeView(size)));
    const page = await opened(browser, file);
    const frames: Record<Box | "keys", number[]> = { matrix: [], control: [], keys: [] };
    for (let round = 0; round < rounds; round++) {
      for (const box of ["matrix", "control"] as const) frames[box].push(...(await scroll(page, box)).frames);
      frames.keys.push(...(await walk(page)).frames);
    }
    const elements = await page.evaluate("document.querySelectorAll('.matrix *').length");
    return report(frames, Number(elements));
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function opened(browser: Browser, file: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(`(() => {
    const view = document.querySelector(".matrix-view");
    const canvas = view.querySelector("canvas");
    view.insertAdjacentHTML("afterend", '<div id="control" class="matrix-view"><div id="inside"></div></div>');
    const inside = document.getElementById("inside");
    inside.style.cssText = "background: teal; width: " + canvas.style.width + "; height: " + canvas.style.height;
  })()`);
  return page;
}

const startWatch = `(() => {
  globalThis.frames_ = [];
  let last;
  const step = (now) => {
    if (last !== undefined) globalThis.frames_.push(now - last);
    last = now;
    globalThis.watch = requestAnimationFrame(step);
  };
  globalThis.watch = requestAnimationFrame(step);
})()`;

async function framesOf(page: Page, work: () => Promise<void>): Promise<Scrolled> {
  await page.evaluate(startWatch);
  await work();
  const frames = (await page.evaluate(
    "cancelAnimationFrame(globalThis.watch), globalThis.frames_",
  )) as readonly number[];
  return { frames };
}

/** Down and up again by the wheel, the pointer moving over the cells meanwhile. */
async function scroll(page: Page, box: Box): Promise<Scrolled> {
  const view = page.locator(boxes[box]).first();
  await view.scrollIntoViewIfNeeded();
  const place = await view.boundingBox();
  if (place === null) throw new Error(`${box} is not on the page`);
  return framesOf(page, async () => {
    for (let step = 0; step < 60; step++) {
      await page.mouse.move(
        place.x + 20 + ((step * 37) % (place.width - 40)),
        place.y + 20 + ((step * 23) % (place.height - 40)),
      );
      await page.mouse.wheel(step % 3 === 0 ? 30 : 0, step < 30 ? 60 : -60);
    }
  });
}

async function walk(page: Page): Promise<Scrolled> {
  await page.locator("[data-matrix-canvas]").focus();
  return framesOf(page, async () => {
    for (let step = 0; step < 60; step++) await page.keyboard.press(step % 4 === 0 ? "PageDown" : "ArrowRight");
    await page.keyboard.press("Home");
  });
}

function report(frames: Readonly<Record<Box | "keys", readonly number[]>>, elements: number): string {
  const names = {
    matrix: "the matrix, by wheel, the pointer over its cells",
    control: "control: a box as large with one colour in it, by wheel",
    keys: "the matrix, by keys, each cell read out",
  } as const;
  const rows = (["matrix", "control", "keys"] as const).map((kind) => {
    const own = frames[kind];
    const over = own.filter((time) => time > slow).length / Math.max(1, own.length);
    return `| ${names[kind]} | ${own.length} | ${quantile(own, 0.5).toFixed(1)} ms | ${quantile(own, 0.95).toFixed(1)} ms | ${(100 * over).toFixed(1)} % |`;
  });
  return [
    "# Scrolling the matrix",
    `The report of a run of ${size.tasks} tasks and ${size.candidates} candidates (${(size.tasks * size.candidates).toLocaleString("en")} cells) in Chromium without a graphics processor, ${rounds} rounds in turns with the control.`,
    [
      `| what is scrolled | frames | median | 95th percentile | longer than ${slow} ms |`,
      "| --- | --- | --- | --- | --- |",
      ...rows,
    ].join("\n"),
    `The matrix is one picture: ${elements} elements in all, however many cells. The frame around the cell that is read lies above it, so that a move of the pointer draws nothing anew.`,
  ].join("\n\n");
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
