import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { readGenome, withGene, writeGenome } from "../../src/genome/index.ts";
import { noBrowser } from "../browser.ts";
import { allele } from "../cli/allele.ts";
import { journalIn } from "../workbench/project.ts";
import { arrive, openSite, statusOf, until, type Site } from "./site.ts";

describe.skipIf(noBrowser !== "")(`steering from the page${noBrowser}`, () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  test("vetoes, edits, pins, adds ideas and a child of one's own, shows it after a reload, and the run goes on as if the terminal had said it", async () => {
    await site.send("/runs", { genome: "starter", dataset: "starter", rollouts: "6000", seed: "3", name: "led" });
    const { page, complaints } = await site.open("/runs/led/steer");
    // Live: members of the pool come by themselves.
    await page.locator("#steer-pool tbody tr").nth(2).waitFor();
    await site.send("/runs/led/pause", {});
    await until(async () => (await statusOf(site, "led")) === "interrupted");
    const seed = readGenome(join(site.folder, "genomes/starter.yaml"));
    const own = withGene(seed, "system", "Sort the message into billing, delivery, returns or account.", []);
    writeGenome(join(site.folder, "genomes/own.yaml"), own);
    const copy = mkdtempSync(join(tmpdir(), "allele-copy-"));
    onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
    cpSync(site.folder, copy, { recursive: true });

    await page.goto(`${site.url}/runs/led/steer`);
    const press = (name: string): Promise<void> =>
      arrive(page, () => page.getByRole("button", { name, exact: true }).click());
    await press("Pin #1");
    await press("Veto #2");
    await page.locator("select[name=gene]").selectOption("system");
    await page.getByLabel("Hypothesis").fill("It does not name <b>queues</b>.");
    await press("Say it");
    await page.locator("input[name=genome]").fill("led#1");
    await page.getByRole("button", { name: "Measure it" }).click();
    await page.getByRole("alert").getByText("child-refused").waitFor();
    expect(await page.locator("input[name=genome]").inputValue()).toBe("led#1");
    await page.locator("input[name=genome]").fill("own");
    await page.getByRole("button", { name: "Measure it" }).click();
    await page.waitForURL("**/runs/led/steer");
    await page.locator("#steer-said li", { hasText: "own" }).waitFor();
    await page
      .getByRole("link", { name: /^Edit #?\S+/ })
      .last()
      .click();
    await page.locator("summary", { hasText: "system" }).click();
    const value = page.getByLabel("Value of system");
    await value.fill("");
    await page.getByRole("button", { name: "Measure it with this" }).locator("visible=true").click();
    await page.getByRole("alert").waitFor();
    await value.fill("Name the queue: billing, delivery, returns or account.");
    await page.getByRole("button", { name: "Measure it with this" }).locator("visible=true").click();
    await page.waitForURL("**/runs/led/steer");
    await page.reload();
    const pool = page.locator("#steer-pool");
    const row = (name: string): Promise<string> => pool.locator(`tr:has(:text-is("${name}"))`).first().innerText();
    expect(await row("#1")).toContain("pin not taken yet");
    expect(await row("#2")).toContain("veto not taken yet");
    expect(await page.locator("#steer-said li").count()).toBe(5);
    expect(await page.locator("#steer-said").innerText()).toContain("It does not name <b>queues</b>.");

    const edited = await page.locator("#steer-said li").first().innerText();
    expect(edited).toContain("system of");
    for (const words of [
      ["--pin", "#1"],
      ["--veto", "#2"],
      ["--hypothesis", "It does not name <b>queues</b>.", "--gene", "system"],
      ["--child", "own"],
      ["--edit", "#0", "--gene", "system", "--value", "Name the queue: billing, delivery, returns or account."],
    ])
      expect((await allele(copy, ["steer", "led", ...words])).code).toBe(0);
    await Promise.all([
      allele(copy, ["resume", "led"]),
      site.send("/runs/led/resume", {}).then(() => until(async () => (await statusOf(site, "led")) === "finished")),
    ]);
    const journal = journalIn(site.folder, "led");
    expect(journal.filter((event) => event.includes('"steered"'))).toHaveLength(5);
    expect(journal).toEqual(journalIn(copy, "led"));

    await page.goto(`${site.url}/runs/led`);
    await page.getByText("What people said").waitFor();
    expect(await page.locator("#run-steer").innerText()).toMatch(/Its turn was iteration \d+\./);
    const ownChild = page.locator("#run-steer li", { hasText: "own" });
    expect(await ownChild.innerText()).toMatch(/iteration \d+/);
    await page.goto(`${site.url}/runs/led/steer`);
    await page.getByText("there is nothing left to steer").waitFor();
    expect(await page.getByRole("button", { name: "Pin #1" }).count()).toBe(0);
    expect(complaints.filter((text) => !text.includes("400"))).toEqual([]);
  });
});
