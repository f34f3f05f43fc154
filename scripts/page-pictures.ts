import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { startBrowser } from "../tests/browser.ts";

const program = resolve(import.meta.dirname, "../src/main.ts");
const size = { width: 1100, height: 820 };
/** The run of the dashboard's picture is caught when it has spent so many rollouts. */
const caughtAfter = 900;

/** Draws a run's report, and the dashboard with a run that goes on, as a browser shows them. `project` has the run. */
export async function drawPages(folder: string, project: string, run: string): Promise<void> {
  const browser = await startBrowser();
  const children: ChildProcess[] = [];
  try {
    await draw(browser, pathToFileURL(join(project, "runs", run, "report.html")).href, join(folder, "report.png"));
    const server = start(project, ["serve", "--port", "0"]);
    children.push(server);
    const url = await addressOf(server);
    const argv = ["evolve", "-g", "desk-seed", "-d", "desk", "--rollouts", "2000", "--seed", "2", "--name", "shop-2"];
    children.push(start(project, argv));
    await draw(browser, `${url}/runs/shop-2`, join(folder, "dashboard.png"), caughtAfter);
  } finally {
    for (const child of children) {
      child.kill("SIGINT");
      if (child.exitCode === null) await once(child, "exit");
    }
    await browser.close();
  }
}

function start(cwd: string, argv: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, ...argv], {
    cwd,
    env: { ...process.env, NO_COLOR: "1", NODE_NO_WARNINGS: "1" },
    stdio: ["ignore", argv[0] === "serve" ? "pipe" : "ignore", "ignore"],
  });
}

async function addressOf(server: ChildProcess): Promise<string> {
  let said = "";
  for await (const part of server.stdout ?? []) {
    said += String(part);
    const url = /listening on (\S+)/.exec(said)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`the dashboard ended: ${said}`);
}

/** Waits, where a number of rollouts is given, until the page shows so many. */
async function draw(browser: Browser, address: string, file: string, rollouts = 0): Promise<void> {
  const page = await browser.newPage({ viewport: size, colorScheme: "light" });
  for (;;) {
    await page.goto(address);
    const shown = await page.evaluate("Number(document.querySelector('[data-rollouts]')?.dataset.rollouts ?? 0)");
    if (Number(shown) >= rollouts) break;
    await page.waitForTimeout(500);
  }
  await page.screenshot({ path: file });
  await page.close();
}
