import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noBrowser } from "../browser.ts";
import { launch } from "../cli/allele.ts";
import { openSite, type Site } from "./site.ts";
import { openTalk, writeTalk } from "./talk.ts";

describe.skipIf(noBrowser !== "")(`what people say, in the page${noBrowser}`, () => {
  let site: Site;
  let close: () => void;
  beforeAll(async () => {
    const talk = await openTalk();
    close = talk.close;
    site = await openSite(async (folder) => {
      writeTalk(folder, talk.baseUrl, 4, { type: "judge", rubric: "Right." });
      for (const genome of ["curt", "thorough"])
        await launch(folder, ["evaluate", "-g", genome, "-d", "talk", "-s", "train"]).finished;
    });
  });
  afterAll(async () => {
    await site.close();
    close();
  });

  /** Rates the rollout that stands in a row of a task's page. */
  async function rate(task: string, row: number, fields: Readonly<Record<string, string>>): Promise<string> {
    const text = await site.text(`/datasets/talk/tasks/${task}`);
    const paths = [...text.matchAll(/href="(\/rollouts\/[^"]+)"/g)].map(([, path]) => path ?? "");
    const path = paths[row] ?? "";
    const { status } = await site.send(path, { dataset: "talk", ...fields });
    expect(status).toBe(303);
    return path;
  }

  test("a rollout is rated and commented on its page; disagreements are listed, labelled and become checks", async () => {
    const { page, complaints } = await site.open("/datasets/talk/tasks/q1");
    await page.getByText("how far it can be trusted is not known").waitFor();
    await page.locator("main tbody a").first().click();
    await page.getByText("Because <i>so</i>.").first().waitFor();
    await page.getByRole("button", { name: "Keep this rating" }).click();
    await page.getByRole("alert").getByText("empty-rating").waitFor();
    await page.getByLabel("The answer is").selectOption("1");
    await page.locator("input[name=author]").fill("ada");
    await page.locator("textarea[name=comment]").fill("Short, and <b>right</b>.");
    await page.getByRole("button", { name: "Keep this rating" }).click();
    await page.getByText("Short, and <b>right</b>.").waitFor();
    expect(await page.locator("input[name=author]").inputValue()).toBe("ada");

    await rate("q0", 0, { score: "1", author: "ada" });
    await page.goto(`${site.url}/labels?disagreements=yes`);
    expect(await page.locator("main tbody").first().locator("tr").count()).toBe(1);
    await page.getByRole("link", { name: "q1" }).click();
    await page.locator("textarea[name=answer]").fill("one");
    await page.getByRole("button", { name: "Keep this rating" }).click();
    await page.getByText("Right would have been: one").waitFor();
    await page.goto(`${site.url}/labels`);
    await page.getByRole("button", { name: "Make checks" }).click();
    await page.getByText("1 tasks with a labelled answer").waitFor();
    const file = await page.getByRole("link", { name: "tasks.jsonl" }).getAttribute("href");
    const line = JSON.parse(await site.text(file ?? "")) as { readonly id: string; readonly checks: unknown };
    expect(line).toMatchObject({ id: "q1", checks: [{ type: "equals", value: "one" }] });
    expect(complaints.filter((text) => !text.includes("400"))).toEqual([]);
  });

  test("judges are held against people, in both orders too, and it is said wherever their scores are", async () => {
    for (const task of ["q0", "q1", "q2", "q3"]) {
      await rate(task, 0, { score: "1", author: "bob" });
      await rate(task, 1, { score: "0", author: "bob" });
    }
    const { page, complaints } = await site.open("/labels");
    const row = page.locator("#judges tbody tr");
    expect(await row.innerText()).toContain("8");
    expect(await row.innerText()).toMatch(/0\.00 \[-?\d/);
    expect(await page.locator("#judges").innerText()).toContain("not shown to agree with people more than chance does");
    await page.getByRole("button", { name: "Ask the judge" }).click();
    await page.getByText("it stays with its word on 0 %").waitFor();
    await page.getByText("it names the first answer in 100 %").waitFor();
    const sentence = /Scores come from the judge .*with people on 8 rated answers/;
    await page.goto(`${site.url}/compare?a=curt&b=thorough&dataset=talk&split=train`);
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByText(sentence).waitFor();
    await page.goto(`${site.url}/datasets/talk/tasks/q0`);
    await page.getByText(sentence).waitFor();
    await page.locator("main tbody a").first().click();
    await page.getByText(sentence).waitFor();
    expect(complaints).toEqual([]);
  });
});
