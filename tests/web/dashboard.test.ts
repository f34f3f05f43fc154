import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { noBrowser, openPage, seriousFindings, startBrowser } from "../browser.ts";
import { openWorkbench } from "../../src/workbench/index.ts";
import { makeRun } from "../report/made-run.ts";
import { allele, listening, projectFolder, start } from "../cli/allele.ts";
import { journalIn } from "../workbench/project.ts";
import { arrive, statusOf, until } from "./site.ts";

const environment = { NODE_NO_WARNINGS: "1" };

async function dashboard(): Promise<{ readonly folder: string; readonly url: string }> {
  const folder = projectFolder();
  await allele(folder, ["init", "."]);
  const url = await listening(start(folder, ["serve", "--port", "0"], { environment }));
  return { folder, url };
}

const form = (url: string, fields: Readonly<Record<string, string>>, origin = new URL(url).origin): Promise<Response> =>
  fetch(url, { method: "POST", body: new URLSearchParams(fields), headers: { origin }, redirect: "manual" });

function statusIn(url: string, run: string): Promise<string> {
  return statusOf({ text: async (path) => (await fetch(url + path)).text() }, run);
}

/** Waits until each part of the page is the one that a page opened later shows. That one is followed too: a run that has ended may still write what it ended with. */
async function upToDate(page: Page, fresh: Page): Promise<void> {
  const digests = (shown: Page): Promise<string> =>
    shown.evaluate(
      "JSON.stringify([...document.querySelectorAll('[data-fragment]')].map(({ id, dataset }) => [id, dataset.fragment]))",
    );
  await until(async () => (await digests(page)) === (await digests(fresh)));
}

describe("the dashboard", () => {
  test("refuses foreign names, foreign pages and what is no form, and says what is not there", async () => {
    const { url } = await dashboard();
    const host = await new Promise<number | undefined>((done) => {
      request(`${url}/`, { headers: { host: "evil.example" } }, (response) => done(response.statusCode)).end();
    });
    expect(host).toBe(403);
    expect((await form(`${url}/runs`, { genome: "starter" }, "http://evil.example")).status).toBe(403);
    expect((await fetch(`${url}/runs`, { method: "POST", body: "{}", headers: { origin: url } })).status).toBe(415);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/%E0%A4%A`)).status).toBe(400);
    expect((await form(`${url}/runs`, { genome: "starter", dataset: "starter", rollouts: "many" })).status).toBe(400);
    const page = await fetch(`${url}/`);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("makes the page of a large run without keeping anybody else waiting", async () => {
    const folder = projectFolder();
    const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
    const run = makeRun(workbench, { tasks: 200, candidates: 100 });
    workbench.close();
    const url = await listening(start(folder, ["serve", "--port", "0"], { environment }));
    const answered: string[] = [];
    const ask = async (path: string): Promise<void> => {
      await (await fetch(url + path)).text();
      answered.push(path);
    };
    // The second is asked when the first is under way.
    await Promise.all([ask(`/runs/${run}`), ask("/settings").then(() => ask("/settings"))]);
    expect(answered).toEqual(["/settings", "/settings", `/runs/${run}`]);
  });

  test("says that its port is in use, and ends with 2", async () => {
    const { folder, url } = await dashboard();
    const second = await allele(folder, ["serve", "--port", new URL(url).port]);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain("port-in-use");
  });

  test("pauses and resumes a run that it started, and leaves the journal of one that was never cut", async () => {
    const { folder, url } = await dashboard();
    const fields = { genome: "starter", dataset: "starter", rollouts: "6000", seed: "3" };
    expect((await form(`${url}/runs`, { ...fields, name: "cut" })).headers.get("location")).toBe("/runs/cut");
    await until(async () => (await statusIn(url, "cut")) === "running");
    await form(`${url}/runs/cut/pause`, {});
    await until(async () => (await statusIn(url, "cut")) === "interrupted");
    await form(`${url}/runs/cut/resume`, {});
    await until(async () => (await statusIn(url, "cut")) === "finished");
    const seed = ["--seed", "3", "--name", "whole"];
    await allele(folder, ["evolve", "-g", "starter", "-d", "starter", "--rollouts", "6000", ...seed]);
    expect(journalIn(folder, "cut")).toEqual(journalIn(folder, "whole"));
  });
});

describe.skipIf(noBrowser !== "")(`the dashboard in a browser${noBrowser}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  test("a pre-test is asked for on the start page, answers as the terminal does, and starts no run", async () => {
    const { folder, url } = await dashboard();
    const { page, complaints } = await openPage(browser, { bypassCSP: true });
    await page.goto(`${url}/runs/new`);
    await page.locator("input[name=rollouts]").fill("2000");
    await page.getByRole("button", { name: "What does it buy?" }).click();
    await page.getByText("of the pre-test").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const small = page.locator("input[name=headroom]");
    await small.fill("12");
    await page.getByRole("button", { name: "Test it first" }).click();
    await page.getByRole("alert").getByText("bad-field").waitFor();
    expect(await page.locator("input[name=rollouts]").first().inputValue()).toBe("2000");
    await arrive(page, () => page.getByRole("button", { name: "What does it buy?" }).click());
    await small.fill("120");
    await page.getByRole("button", { name: "Test it first" }).click();
    await page.waitForURL("**/jobs/*");
    await page.locator("#job .lead").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const asked = ["evolve", "-g", "starter", "-d", "starter", "--rollouts", "2000", "--headroom", "120"];
    const { stdout } = await allele(folder, asked);
    expect(stdout).toContain("0 of them paid now");
    const answer = await page.locator("#job .lead").innerText();
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(answer);
    expect(await page.locator("#job").innerText()).toMatch(/[1-9]\d* of them paid now/);
    await page.goto(`${url}/`);
    await page.getByText("No runs yet.").waitFor();
    expect(complaints.filter((text) => !text.includes("400"))).toEqual([]);
  });

  test("parts out of sight are brought up to date once nothing else happens, in sight at once, and what is folded away when it is unfolded", async () => {
    const { url } = await dashboard();
    const low = await openPage(browser, { viewport: { width: 900, height: 300 } });
    const tall = await openPage(browser, { viewport: { width: 900, height: 20_000 } });
    await form(`${url}/runs`, { genome: "starter", dataset: "starter", rollouts: "3000", name: "long" });
    await until(async () => (await statusIn(url, "long")) === "running");
    // Both have seen the run before it is finished.
    await form(`${url}/runs/long/pause`, {});
    await until(async () => (await statusIn(url, "long")) === "interrupted");
    const tabs = [low, tall];
    for (const { page } of tabs) {
      await page.goto(`${url}/runs/long`);
      await page.locator("#run-head .status.interrupted").waitFor();
    }
    await form(`${url}/runs/long/resume`, {});
    for (const { page } of tabs) await page.locator("#run-head .status.finished").waitFor();
    const fresh = await openPage(browser);
    await fresh.page.goto(`${url}/runs/long`);
    for (const { page, requests } of tabs) {
      await upToDate(page, fresh.page);
      expect(requests.some((address) => address.endsWith("fragment=part-lineage"))).toBe(true);
      expect(await page.locator("#lineage details tbody tr").count()).toBe(0);
      await page.locator("#lineage summary").click();
      await page.locator("#lineage details tbody tr").first().waitFor();
    }
    await fresh.page.locator("#lineage summary").click();
    await fresh.page.locator("#lineage details tbody tr").first().waitFor();
    const rows = await fresh.page.locator("#lineage details").innerText();
    for (const { page } of tabs) expect(await page.locator("#lineage details").innerText()).toBe(rows);
    expect([...low.complaints, ...tall.complaints]).toEqual([]);
  });

  test("shows a run live in two tabs, through a reload, and its matrix is listened for once however often it is replaced", async () => {
    const { url } = await dashboard();
    const { page, complaints } = await openPage(browser);
    await page.goto(`${url}/runs/new?genome=starter&dataset=starter&rollouts=300&seed=1&name=watched`);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.waitForURL("**/runs/watched");
    const second = await openPage(browser);
    await second.page.goto(`${url}/runs/watched`);
    await page.reload();
    for (const tab of [page, second.page]) await tab.locator("#run-head .status.finished").waitFor();
    for (const tab of [page, second.page]) await tab.locator("#part-verdict .lead").waitFor();
    // The matrix is out of sight, so it comes last.
    const fresh = await openPage(browser);
    await fresh.page.goto(`${url}/runs/watched`);
    await upToDate(page, fresh.page);
    const devtools = await page.context().newCDPSession(page);
    const listeners = async (): Promise<number> => {
      const { result } = await devtools.send("Runtime.evaluate", { expression: "window" });
      const found = await devtools.send("DOMDebugger.getEventListeners", { objectId: result.objectId ?? "" });
      return found.listeners.filter(({ type }) => type === "resize").length;
    };
    await until(async () => (await listeners()) > 0);
    const before = await listeners();
    await page.evaluate(`for (let time = 0; time < 20; time++) {
      const part = document.getElementById("part-matrix");
      part.innerHTML = part.innerHTML.replaceAll('data-started="yes"', "").replaceAll(/ style="[^"]*"/g, "");
      document.dispatchEvent(new CustomEvent("allele:changed"));
    }`);
    expect([before, await listeners()]).toEqual([1, 1]);
    // It is drawn anew all the same.
    const width = "document.querySelector('[data-matrix-canvas]').width";
    await page.evaluate(`${width} = 1`);
    await page.setViewportSize({ width: 500, height: 800 });
    await until(async () => (await page.evaluate<number>(width)) > 1);
    expect([...complaints, ...second.complaints]).toEqual([]);
  });
});
