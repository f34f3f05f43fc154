import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { CDPSession, Page } from "playwright-core";
import { openWorkbench } from "../../src/workbench/index.ts";
import { startBrowser } from "../browser.ts";
import { makeRun } from "../report/made-run.ts";
import type { Asked, Told } from "./live-page-run.ts";

const perSecond = 1000;
/** What a run at ten rollouts a second, with what is journalled beside them, tells in an hour. */
const hour = 50_000;
const quarters = 4;

interface Quarter {
  readonly rate: number;
  /** Milliseconds from a rollout to the frame that shows it. */
  readonly latencies: readonly number[];
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** The page of a run that goes on, in Chromium, with the real server: how soon it shows what happens, and what it keeps. */
export async function livePage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "allele-live-page-"));
  const children: ChildProcess[] = [];
  const browser = await startBrowser();
  try {
    const run = makeProject(folder);
    const source = fork(resolve(import.meta.dirname, "live-page-run.ts"), [folder, run]);
    children.push(source);
    const server = spawn(
      process.execPath,
      [resolve(import.meta.dirname, "../../src/main.ts"), "serve", "--port", "0"],
      {
        cwd: folder,
        env: { ...process.env, NODE_NO_WARNINGS: "1" },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    children.push(server);
    const page = await browser.newPage();
    const script = countScript(page);
    await page.goto(`${await addressOf(server)}/runs/${run}`);
    await page.evaluate(watcher);
    const session = await page.context().newCDPSession(page);
    // The first events find everything cold: programs, the page, the store.
    await portion(source, { events: perSecond * 2, perSecond });
    const before = await kept(session);
    const measured: Quarter[] = [];
    for (let quarter = 0; quarter < quarters; quarter++) measured.push(await measure(page, session, source));
    return report(measured, before, await script());
  } finally {
    await browser.close();
    for (const child of children) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeProject(folder: string): string {
  const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
  try {
    return makeRun(workbench, { tasks: 300, candidates: 1, until: "seed" });
  } finally {
    workbench.close();
  }
}

async function addressOf(server: ChildProcess): Promise<string> {
  let said = "";
  for await (const part of server.stdout ?? []) {
    said += String(part);
    const url = /listening on (\S+)/.exec(said)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`the server ended: ${said}`);
}

async function portion(source: ChildProcess, asked: Asked): Promise<Told> {
  source.send(asked);
  const [told] = (await once(source, "message")) as [Told];
  return told;
}

/** Notes in the page when a number of rollouts stood there for the first time: at the end of the frame after it was put in. */
const watcher = `(() => {
  globalThis.seen = [];
  let last = -1;
  const look = () => {
    const shown = Number(document.querySelector("[data-rollouts]")?.dataset.rollouts ?? 0);
    if (shown === last) return;
    last = shown;
    requestAnimationFrame(() => setTimeout(() => globalThis.seen.push([shown, Date.now()])));
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  look();
})()`;

async function measure(page: Page, session: CDPSession, source: ChildProcess): Promise<Quarter> {
  await page.evaluate("globalThis.seen.length = 0");
  const { rollouts, at, seconds } = await portion(source, { events: hour / quarters, perSecond });
  const last = rollouts + at.length - 1;
  // Not waitForFunction: the page's own policy refuses what that evaluates.
  while (!(await page.evaluate(`(globalThis.seen.at(-1)?.[0] ?? 0) >= ${last}`))) await page.waitForTimeout(100);
  const seen = (await page.evaluate("globalThis.seen")) as readonly (readonly [number, number])[];
  const latencies = at.map((when, index) => {
    const shown = seen.find(([count]) => count >= rollouts + index);
    return (shown?.[1] ?? Number.POSITIVE_INFINITY) - when;
  });
  return { rate: hour / quarters / seconds, latencies, ...(await kept(session)) };
}

/** What the page holds on to once nothing is left to be thrown away. */
async function kept(session: CDPSession): Promise<Pick<Quarter, "heap" | "nodes" | "listeners">> {
  for (let round = 0; round < 3; round++) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
  return { heap: usedSize, nodes, listeners: jsEventListeners };
}

/** Bytes of scripts as they came over the wire, compressed, until the answer is asked for. */
function countScript(page: Page): () => Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  return async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function report(measured: readonly Quarter[], before: Omit<Quarter, "rate" | "latencies">, script: number): string {
  const all = measured.flatMap(({ latencies }) => latencies);
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
  const rows = measured.map(
    ({ rate, latencies, heap, nodes, listeners }, index) =>
      `| ${((index + 1) * 100) / quarters} % | ${rate.toFixed(0)} | ${seconds(quantile(latencies, 0.5))} | ${seconds(quantile(latencies, 0.99))} | ${seconds(quantile(latencies, 1))} | ${megabytes(heap)} | ${nodes} | ${listeners} |`,
  );
  return [
    "# The page of a run that goes on",
    `A real server and a real browser on this machine; a process that tells of a run as the engine does, into the store and the run's heartbeat, ${perSecond.toLocaleString("en")} events a second. ${hour.toLocaleString("en")} events are what a run at ten rollouts a second tells in an hour, with ${Math.round(hour / 207)} candidates measured on 120 validation tasks each in the end. Latency: from a rollout to the end of the frame that shows it. Memory: after garbage collection.`,
    [
      "| part of the hour | events a second | latency, median | latency, 99th percentile | latency, worst | JavaScript heap | DOM nodes | listeners |",
      "| --- | --- | --- | --- | --- | --- | --- | --- |",
      `| before | | | | | ${megabytes(before.heap)} | ${before.nodes} | ${before.listeners} |`,
      ...rows,
    ].join("\n"),
    `Over the hour: median ${seconds(quantile(all, 0.5))}, 99th percentile ${seconds(quantile(all, 0.99))} (target: under 0.5 s). The heap at the end is ${((measured.at(-1)?.heap ?? 0) / (measured[0]?.heap ?? 1)).toFixed(2)} times what it was after the first quarter, while the report below shows ${quarters} times as many candidates. Script at first load: ${(script / 1e3).toFixed(1)} kB compressed (target: at most 300).`,
    "Where a run stands is written at most ten times a second and looked for twenty times a second, so that up to a sixth of a second is what is waited on purpose; what comes between is left out, not queued. Large parts of the report below are asked for when they come near to what is seen, or when nothing has happened for a while; here the page shows its top.",
  ].join("\n\n");
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
