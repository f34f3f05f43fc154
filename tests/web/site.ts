import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { noBrowser, openPage, startBrowser, type WatchedPage } from "../browser.ts";
import { launch, listening, type Started } from "../cli/allele.ts";

/** A project with a dashboard and a browser, for many tests. */
export interface Site {
  readonly folder: string;
  readonly url: string;
  /** A page that is closed after the test. */
  readonly open: (path: string, options?: BrowserContextOptions) => Promise<WatchedPage>;
  /** As a browser sends a form. */
  readonly send: (path: string, fields: Readonly<Record<string, string>>) => Promise<Response>;
  readonly text: (path: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Makes a project of `allele init` and what `prepare` adds, and serves it. Without Chromium only requests can be sent. */
export async function openSite(prepare: (folder: string) => unknown = () => {}): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "allele-site-"));
  await launch(folder, ["init", "."]).finished;
  await prepare(folder);
  const server = serve(folder);
  const [url, browser] = await Promise.all([
    listening(server),
    noBrowser === "" ? startBrowser() : Promise.resolve(undefined),
  ]);
  return {
    folder,
    url,
    open: async (path, options) => {
      const opened = await openPage(browser as Browser, options);
      await opened.page.goto(url + path);
      return opened;
    },
    send: (path, fields) => sendForm(url, path, fields),
    text: async (path) => (await fetch(url + path)).text(),
    close: async () => {
      await browser?.close();
      await endServer(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function serve(folder: string, ...more: readonly string[]): Started {
  const port = more.includes("--port") ? [] : ["--port", "0"];
  return launch(folder, ["serve", ...port, ...more]);
}

export async function endServer(server: Started): Promise<void> {
  server.kill("SIGINT");
  await server.finished;
}

/** A server that ends after the test. */
export async function servedFor(folder: string, ...more: readonly string[]): Promise<string> {
  const server = serve(folder, ...more);
  onTestFinished(() => endServer(server));
  return listening(server);
}

export function sendForm(url: string, path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  const { origin } = new URL(url);
  return fetch(url + path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { origin },
    redirect: "manual",
  });
}

/** The word in which the list of runs says what one is doing: cheaper to ask for than its page. */
export async function statusOf({ text }: Pick<Site, "text">, run: string): Promise<string> {
  return new RegExp(`/runs/${run}"[^]*?<span class="status (\\w+)">`).exec(await text("/"))?.[1] ?? "";
}

export async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await new Promise((done) => setTimeout(done, 50));
}

/** Acts on a page, and waits for the page that comes of it, so that what follows is not asked of the one before. */
export async function arrive(page: Page, act: () => Promise<void>): Promise<void> {
  const loaded = page.waitForEvent("load");
  await act();
  await loaded;
}

/** How far a page can be scrolled sideways, in pixels. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
