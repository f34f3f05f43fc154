import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noBrowser, openPage, startBrowser } from "../browser.ts";
import { launch, listening, projectFolder } from "../cli/allele.ts";
import type { Browser } from "playwright-core";
import { endServer, sendForm, serve, servedFor } from "./site.ts";

describe.skipIf(noBrowser !== "")(`the dashboard and its connection${noBrowser}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  async function project(): Promise<string> {
    const folder = projectFolder();
    await launch(folder, ["init", "."]).finished;
    return folder;
  }

  test("a page that lost its connection says so, finds a server that comes back, and shows what happened meanwhile", async () => {
    const folder = await project();
    const first = serve(folder);
    const url = await listening(first);
    const { page } = await openPage(browser);
    await page.goto(`${url}/`);
    await page.getByText("No runs yet.").waitFor();
    await endServer(first);
    await page.getByText("The connection is lost; trying again.").waitFor();
    await launch(folder, [
      "evolve",
      "-g",
      "starter",
      "-d",
      "starter",
      "--rollouts",
      "120",
      "--name",
      "meanwhile",
      "--yes",
    ]).finished;
    expect(await servedFor(folder, "--port", new URL(url).port)).toBe(url);
    await page.locator("#runs").getByText("meanwhile").waitFor();
    expect(await page.locator("#connection").innerText()).toBe("");
    // What hangs on the connection goes on: two tabs hear of a run that one of them starts.
    const second = await openPage(browser);
    await second.page.goto(`${url}/`);
    await sendForm(url, "/runs", { genome: "starter", dataset: "starter", rollouts: "120", name: "after" });
    for (const tab of [page, second.page])
      await tab.locator("#runs tr", { hasText: "after" }).getByText("finished").waitFor();
  });

  test("reached from elsewhere it asks for its token, which becomes a cookie", async () => {
    const folder = await project();
    // Of this machine, but not one of the addresses that need no token.
    const address = await servedFor(folder, "--host", "127.0.0.2");
    const { origin } = new URL(address);
    expect((await fetch(origin)).status).toBe(401);
    expect((await fetch(`${origin}/?token=wrong`)).status).toBe(401);
    expect((await sendForm(origin, "/runs", { genome: "starter", dataset: "starter" })).status).toBe(401);
    const { page, complaints } = await openPage(browser);
    await page.goto(address);
    expect(page.url()).toBe(`${origin}/`);
    await page.goto(`${origin}/runs/new?genome=starter&dataset=starter&rollouts=120&name=inside`);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.locator("#run-head .status.finished").waitFor();
    expect(complaints).toEqual([]);
    const stranger = await openPage(browser);
    await stranger.page.goto(`${origin}/runs/inside`);
    await stranger.page.getByText("token-needed").waitFor();
  });
});

test("a dashboard that is started from its source warns of nothing", async () => {
  const server = serve(projectFolder());
  expect((await fetch(await listening(server))).status).toBe(200);
  await endServer(server);
  const { stdout, stderr } = await server.finished;
  expect(stdout.trim().split("\n")).toEqual([expect.stringMatching(/^listening on http/)]);
  expect(stderr.trim().split("\n")).toEqual([expect.stringMatching(/^Ending: /)]);
});
