import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { dataScript, foreignText, html, markupOf, trustedHtml } from "../../src/base/index.ts";
import { noBrowser, openPage, seriousFindings, startBrowser } from "../browser.ts";

const hostile = [
  `<script>document.title = "taken"</script>`,
  `"><img src="x" onerror="document.title = 'taken'">`,
  `</script><script>document.title = "taken"</script>`,
  `</textarea></title></style><svg onload="document.title = 'taken'">`,
  `javascript:document.title='taken'`,
  `\u001B]0;taken\u0007\u202Egpj.exe\u0000`,
  `<!--`,
  `x`.repeat(1e6),
];

describe.skipIf(noBrowser !== "")(`hostile text in a real page${noBrowser}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  test("runs nothing, loads nothing and is read as it was written", async () => {
    const folder = mkdtempSync(join(tmpdir(), "allele-page-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const items = hostile.map((text) => html`<li title="${text}"><a href="${text}">${foreignText(text)}</a></li>`);
    const page = html`${trustedHtml("<!doctype html>")}<html lang="en"><head><meta charset="utf-8"><title>safe</title></head>
<body><main><h1>Texts</h1><ul>${items}</ul></main>${dataScript("texts", hostile)}</body></html>`;
    const file = join(folder, "page.html");
    writeFileSync(file, markupOf(page));

    const { page: opened, complaints, requests } = await openPage(browser);
    await opened.goto(pathToFileURL(file).href);
    expect(await opened.title()).toBe("safe");
    expect(requests).toEqual([pathToFileURL(file).href]);
    const shown = await opened.locator("li").allInnerTexts();
    expect(shown).toHaveLength(hostile.length);
    expect(shown[0]).toBe(hostile[0]);
    expect(shown[5]).toBe("␛]0;taken␇‹U+202E›gpj.exe␀");
    expect(shown.at(-1)).toContain("… (998000 more characters)");
    expect(await opened.evaluate("JSON.parse(document.getElementById('texts').textContent)")).toEqual(hostile);
    for (const link of await opened.locator('a[href="#"]').all()) await link.dispatchEvent("click");
    expect(await opened.locator('a[href="#"]').count()).toBe(hostile.length - 1);
    expect(await opened.title()).toBe("safe");
    expect(complaints).toEqual([]);
    expect(await seriousFindings(opened)).toEqual([]);
  });
});
