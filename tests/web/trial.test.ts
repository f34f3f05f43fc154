import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import {
  openWorkbench,
  profileHistoryRows,
  rateSession,
  resolveGenome,
  type Workbench,
} from "../../src/workbench/index.ts";
import { noBrowser, openPage, seriousFindings, startBrowser } from "../browser.ts";
import { allele } from "../cli/allele.ts";
import { answerOf, shop } from "../live/shop.ts";
import { arrive, servedFor, sideways, until } from "./site.ts";

/** What the store of a project holds, beside the dashboard. */
function within<T>(folder: string, read: (workbench: Workbench) => T): T {
  const workbench = openWorkbench({ cwd: folder, environment: { USER: "ada" }, log: () => {} });
  try {
    return read(workbench);
  } finally {
    workbench.close();
  }
}

/** What the history says of the profile, the newest first, without what differs from clock to clock. */
function historyOf(folder: string): readonly Readonly<Record<string, unknown>>[] {
  const rows = within(folder, (workbench) => profileHistoryRows(workbench, "help"));
  return rows.map((row) => ({ ...row, at: 0 }));
}

/** The same project again, for the command line to do there what the page does here. */
function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), "allele-copy-"));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** The name of the genome that is live. */
function liveIn(folder: string): string {
  return within(folder, (workbench) => resolveGenome(workbench, "profile:help").genome.name);
}

describe.skipIf(noBrowser !== "")(`a challenger beside what is live, from the page${noBrowser}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  /** The shop with its polite genome live, a page on its profile, and how to have the thorough one tried there. */
  async function openShop(): Promise<{
    readonly folder: string;
    readonly url: string;
    readonly page: Page;
    readonly complaints: readonly string[];
    readonly tryIt: (how: (page: Page) => Promise<void>) => Promise<void>;
  }> {
    const { folder } = await shop();
    const first = ["promote", "polite", "-p", "help", "--against", "curt", "-d", "questions"];
    expect((await allele(folder, first)).code).toBe(0);
    const url = await servedFor(folder);
    const { page, complaints } = await openPage(browser, { bypassCSP: true });
    const tryIt = async (how: (page: Page) => Promise<void>): Promise<void> => {
      await page.goto(`${url}/profiles/help`);
      await page.locator("input[name=genome]").fill("thorough");
      await page.locator("input[name=dataset]").fill("questions");
      await how(page);
      await page.getByRole("button", { name: "Check gates and promote" }).click();
    };
    return { folder, url, page, complaints, tryIt };
  }

  test("a canary is begun, talked to, rated, accepted as the command line accepts it, and rolled back", async () => {
    const { folder, url, page, complaints, tryIt } = await openShop();
    await tryIt((form) => form.locator("input[name=canary]").fill("0.5"));
    await page.getByText("It answers 50 % of new sessions. The pointer stays.").waitFor();
    await page.getByRole("link", { name: "Profile help@dev" }).click();
    await page.getByRole("heading", { name: "Canary, 50 % of sessions in dev" }).waitFor();
    await page.getByText("Cannot tell yet").waitFor();

    await page.getByRole("link", { name: "Talk to it" }).click();
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByLabel("Your question").fill("Where is it?");
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByText(/^Answered by the (challenger|incumbent) \(canary\)/).waitFor();
    await page.getByRole("button", { name: "Good" }).click();
    await page.getByText("What you said of it is kept.").waitFor();

    const second = await openPage(browser);
    await second.page.goto(`${url}/profiles/help`);
    await page.goto(`${url}/profiles/help`);
    expect(await page.locator("section", { hasText: "Canary" }).locator("tbody").first().innerText()).toContain("n=1");
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFindings(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await sideways(page)).toBe(0);
    const copy = copyOf(folder);
    const reason = "It knows <b>Friday</b>.";
    await page.getByLabel("Why").fill(reason);
    await page.getByRole("button", { name: "Accept: point dev at it" }).click();
    await page.getByRole("heading", { name: "Canary, 50 % of sessions in dev (over)" }).waitFor();
    expect(await page.locator(".history li").first().innerText()).toContain(reason);
    expect(liveIn(folder)).toBe("thorough");
    const accepted = historyOf(folder);
    expect(accepted[0]).toMatchObject({ kind: "promote", evidence: { trial: { kind: "canary" } } });
    expect((await allele(copy, ["profile", "canary", "help", "--accept", "--reason", reason])).code).toBe(0);
    expect(accepted).toEqual(historyOf(copy));

    // The other tab shows what was; its button is too late, and says so.
    await second.page.getByLabel("Why").fill("Too late.");
    await second.page.getByRole("button", { name: "Drop it" }).click();
    await second.page.getByRole("alert").getByText("no-trial").waitFor();
    expect(historyOf(folder)).toEqual(accepted);

    await page.locator("input[name=reason]").fill("Friday was <i>wrong</i>.");
    await page.getByRole("button", { name: "Roll back" }).click();
    await page.locator(".history li", { hasText: "Friday was <i>wrong</i>." }).waitFor();
    expect(await page.locator(".history li").first().innerText()).toMatch(/^rollback in dev/);
    expect(liveIn(folder)).toBe("polite");
    expect((await allele(copy, ["profile", "rollback", "help", "--reason", "Friday was <i>wrong</i>."])).code).toBe(0);
    expect(historyOf(folder)).toEqual(historyOf(copy));
    expect([...complaints, ...second.complaints].filter((text) => !text.includes("400"))).toEqual([]);
  });

  test("a shadow answers nobody, both sides are rated, one that people rate worse is not accepted, and is dropped", async () => {
    const { folder, url, page, complaints, tryIt } = await openShop();
    await tryIt(async (form) => {
      await form.locator("input[name=canary]").fill("0.5");
      await form.getByLabel("As a shadow").check();
    });
    await page.getByRole("alert").getByText("two-trials").waitFor();
    await page.getByRole("link", { name: "Change something and ask again" }).click();
    expect(await page.getByLabel("As a shadow").isChecked()).toBe(true);
    await tryIt((form) => form.getByLabel("As a shadow").check());
    await page.getByText("It works on every session and answers nobody. The pointer stays.").waitFor();

    for (const question of ["Where is it?", "And <b>now</b>?"]) {
      await page.goto(`${url}/chat?profile=help@dev`);
      await page.getByRole("button", { name: "Start" }).click();
      await page.getByLabel("Your question").fill(question);
      await page.getByRole("button", { name: "Ask" }).click();
      await page.locator(".agent", { hasText: answerOf("polite") }).waitFor();
    }
    await page.goto(`${url}/profiles/help`);
    const answers = page.getByRole("table", { name: "Answers in dev", includeHidden: true });
    // The shadow delays no answer: it may still be at work.
    await until(async () => {
      await page.reload();
      return (await answers.locator("tbody tr").count()) >= 4;
    });
    expect(await answers.locator("tbody tr").count()).toBe(4);
    await page.getByText("Answers of both").click();
    expect(await answers.innerText()).toContain("And <b>now</b>?");
    expect(await answers.innerText()).toContain(answerOf("thorough"));
    const session = await answers.locator("tbody th").first().innerText();
    await arrive(page, () =>
      page.getByRole("button", { name: `Good for the incumbent in session ${session}` }).click(),
    );
    await page.getByText("Answers of both").click();
    await page.getByRole("button", { name: `Bad for the challenger in session ${session}` }).click();
    await page.getByText(/Cannot tell: challenger against incumbent -1\.000.*n=1 pairs/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    // Many more sessions, that people were of the same mind about.
    within(folder, (workbench) => {
      const trial = workbench.store.promotions.list("help").at(-1);
      if (trial?.previous === undefined) throw new Error("no trial");
      for (let index = 0; index < 60; index++) {
        const base = { trial: trial.index, session: `c${index}`, at: 0 };
        workbench.store.sessions.put({ ...base, arm: "incumbent", genome: trial.previous });
        workbench.store.sessions.put({ ...base, arm: "challenger", genome: trial.genome });
        rateSession(workbench, `c${index}`, { score: 1 });
        rateSession(workbench, `c${index}`, { score: 0, arm: "challenger" });
      }
    });
    await page.getByLabel("Why").fill("I like it.");
    await page.getByRole("button", { name: "Accept: point dev at it" }).click();
    await page.getByRole("alert").getByText("trial-worse").waitFor();
    expect(await page.getByLabel("Why").inputValue()).toBe("I like it.");
    expect(liveIn(folder)).toBe("polite");
    const copy = copyOf(folder);
    await page.getByRole("button", { name: "Drop it" }).click();
    await page.getByRole("heading", { name: "Shadow in dev (over)" }).waitFor();
    expect((await allele(copy, ["profile", "canary", "help", "--drop", "--reason", "I like it."])).code).toBe(0);
    const dropped = historyOf(folder);
    expect(dropped[0]).toMatchObject({ kind: "drop", reason: "I like it." });
    expect(dropped).toEqual(historyOf(copy));
    expect(complaints.filter((text) => !text.includes("400"))).toEqual([]);
  });
});
