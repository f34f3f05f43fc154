import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noBrowser } from "../browser.ts";
import { openSite, until, type Site } from "./site.ts";
import { openTalk, writeTalk } from "./talk.ts";

describe.skipIf(noBrowser !== "")(`the forms of the dashboard${noBrowser}`, () => {
  let site: Site;
  let close: () => void;
  beforeAll(async () => {
    const talk = await openTalk();
    close = talk.close;
    site = await openSite((folder) => writeTalk(folder, talk.baseUrl, 16, { type: "contains", value: "thorough" }));
  });
  afterAll(async () => {
    await site.close();
    close();
  });

  test("a challenger is checked, promoted past its gates, talked to in two tabs, and rolled back", async () => {
    const { page, complaints } = await site.open("/profiles");
    const promote = async (genome: string, against: string): Promise<void> => {
      await page.goto(`${site.url}/profiles`);
      await page.locator("input[name=genome]").fill(genome);
      await page.locator("input[name=profile]").fill("desk");
      await page.locator("input[name=against]").fill(against);
      await page.locator("input[name=dataset]").fill("talk");
      await page.getByRole("button", { name: "Check gates and promote" }).click();
      await page.waitForURL("**/jobs/*");
    };
    await promote("curt", "thorough");
    await page.getByText("Refused. Nothing was changed.").waitFor();
    await page.getByRole("link", { name: "Change something and ask again" }).click();
    expect(await page.locator("input[name=against]").inputValue()).toBe("thorough");
    await promote("thorough", "curt");
    await page.getByText("The pointer has moved.").waitFor();
    expect(await page.locator("main tbody").innerText()).toContain("better-on-sealed-test");
    await page.getByRole("link", { name: "desk@dev" }).click();
    await page.getByText("Gates").first().waitFor();

    await page.getByRole("link", { name: "Talk to it" }).click();
    await page.getByRole("button", { name: "Start" }).click();
    await page.waitForURL("**/chat/*");
    const second = await site.open(new URL(page.url()).pathname);
    await page.getByLabel("Your question").fill("Question 7 <b>now</b>");
    await page.getByLabel("Your question").press("Control+Enter");
    for (const tab of [page, second.page]) await tab.getByText("A thorough answer to 7.").first().waitFor();
    expect(await second.page.locator(".you").innerText()).toContain("Question 7 <b>now</b>");

    await page.goto(`${site.url}/profiles/desk`);
    await page.locator("input[name=reason]").fill("Too <b>long</b>.");
    await page.getByRole("button", { name: "Roll back" }).click();
    await page.getByRole("alert").getByText("nothing-to-roll-back").waitFor();
    expect(await page.locator("input[name=reason]").inputValue()).toBe("Too <b>long</b>.");
    expect([...complaints, ...second.complaints].filter((text) => !text.includes("400"))).toEqual([]);
  });

  test("several challengers are compared with one, with traces side by side where they part; what is wrong stands in the form", async () => {
    const { page, complaints } = await site.open("/compare");
    await page.locator("input[name=a]").fill("curt");
    await page.locator("textarea[name=b]").fill("thorough\ncurt\n");
    await page.locator("input[name=dataset]").fill("talk");
    await page.locator("input[name=repeats]").fill("0");
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByRole("alert").getByText("repeats").waitFor();
    expect(await page.locator("textarea[name=b]").inputValue()).toBe("thorough\ncurt");
    await page.locator("input[name=repeats]").fill("1");
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByRole("heading", { name: "2 challengers of curt" }).waitFor();
    const badges = await page.locator("#challengers tbody .badge").allInnerTexts();
    expect(badges.map((badge) => badge.replaceAll(/[^\w ]/g, "").trim())).toEqual(["Better", "Cannot tell"]);
    const trace = page.locator(".trace").first();
    await trace.locator("summary").click();
    await trace.getByText("Here they part.").first().waitFor();
    await page.locator("#challenge-0 details a").first().click();
    await page.getByRole("heading", { name: /^Task q\d+/ }).waitFor();
    expect(complaints.filter((text) => !text.includes("400"))).toEqual([]);
  });

  test("a run is started with every option; what is wrong stands beside the field it is about", async () => {
    const { page, complaints } = await site.open("/runs/new");
    const wrong: readonly (readonly [field: string, value: string, code: string])[] = [
      ["genome", "curtt", "unknown-genome"],
      ["dataset", "tolk", "unknown-dataset"],
      ["rollouts", "3", "budget-too-small"],
      ["lanes", "1.5", "bad-field"],
    ];
    await page.locator("input[name=genome]").fill("curt");
    await page.locator("input[name=dataset]").fill("talk");
    await page.locator("input[name=rollouts]").fill("80");
    await page.locator("input[name=lanes]").fill("2");
    await page.locator("input[name=seed]").fill("7");
    await page.locator("select[name=proposer]").selectOption("none");
    await page.locator("input[name=name]").fill("asked");
    for (const [field, value, code] of wrong) {
      const input = page.locator(`[name=${field}]`).first();
      const before = await input.inputValue();
      await input.fill(value);
      await page.getByRole("button", { name: "What does it buy?" }).click();
      // Right behind the field it is about.
      const trouble = page.locator(`label:has([name=${field}]) ~ .failure`).first();
      await trouble.getByText(code).waitFor();
      expect(await page.locator(`[name=${field}]`).first().inputValue()).toBe(value);
      await page.locator(`[name=${field}]`).first().fill(before);
    }
    const start = async (name: string): Promise<void> => {
      await page.locator("input[name=name]").first().fill(name);
      await page.getByRole("button", { name: "What does it buy?" }).click();
      await page.getByText("This spends real tokens.").waitFor();
      await page.getByRole("button", { name: "Start", exact: true }).click();
    };
    await start("No Name");
    await page.locator("label:has([name=name]) ~ .failure").getByText("run-name").waitFor();
    await start("asked");
    await page.waitForURL("**/runs/asked");
    await page.locator("#run-head .status.finished").waitFor();
    // Out of sight, so it may come later.
    await page.locator("#part-reproduce").getByText("--rollouts 80 --seed 7 --lanes 2").waitFor();
    const again = await site.send("/runs", { genome: "curt", dataset: "talk", rollouts: "80", name: "asked" });
    expect([again.status, await again.text()]).toEqual([409, expect.stringContaining("run-exists")]);
    await until(async () => (await site.text("/")).includes("asked"));
    expect(complaints.filter((text) => !/40[0-9]/.test(text))).toEqual([]);
  });
});
