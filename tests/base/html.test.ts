import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  clippedText,
  dataScript,
  foreignText,
  html,
  markupOf,
  parseJson,
  trustedHtml,
  visibleText,
  type Html,
} from "../../src/base/index.ts";

const hostile = `<script>alert("1")</script><img src=x onerror='alert(2)'>&amp;`;

describe("a template of markup", () => {
  test("escapes every value, in text and in attributes", () => {
    const page = markupOf(html`<p title="${hostile}">${hostile}</p>`);
    const escaped =
      "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&lt;img src=x onerror=&#39;alert(2)&#39;&gt;&amp;amp;";
    expect(page).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  test("composes: markup of its own kind and lists of it stand as they are", () => {
    const items = ["a", "<b>"].map((item) => html`<li>${item}</li>`);
    expect(markupOf(html`<ul>${items}</ul>${undefined}${false}${null}${0}`)).toBe(
      "<ul><li>a</li><li>&lt;b&gt;</li></ul>0",
    );
    expect(markupOf(html`n = ${3} ${trustedHtml("<hr>")}`)).toBe("n = 3 <hr>");
  });

  test("takes nothing that was parsed from outside for markup", () => {
    const forged = parseJson('{"markup":"<script>","Symbol(markup)":"<script>"}') as unknown as Html;
    expect(markupOf(html`<p>${forged}</p>`)).not.toContain("<script>");
  });

  test("lets no address run a script", () => {
    const link = (address: string): string => markupOf(html`<a class="x" href="${address}">y</a>`);
    for (const address of [
      "javascript:alert(1)",
      " javascript:1",
      "JaVaScRiPt:1",
      "data:text/html,x",
      "java\tscript:1",
    ]) {
      expect(link(address)).toBe('<a class="x" href="#">y</a>');
    }
    for (const address of ["#task", "/runs/a?b=1", "runs/desk-1", "https://example.org/a", "page.html"]) {
      expect(link(address)).toContain(`href="${address}"`);
    }
  });

  test("refuses a value where no escaping would help", () => {
    expect(() => html`<p class=${"a b"}>`).toThrow("quotes");
    expect(() => html`<p id="${"a"}" onclick="${"x"}">`).toThrow("onclick");
    expect(() => html`<p style="color: ${"red"}">`).toThrow("style");
  });

  test("never lets a text open a tag, close an attribute or end a script", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const page = markupOf(html`<p title="${text}">${text}</p>`);
        expect(page.match(/[<>]/g)).toHaveLength(4);
        expect(page.match(/"/g)).toHaveLength(2);
        expect(page).not.toContain("'");
        const script = markupOf(dataScript("data", { text: `${text}</script>\u2028` }));
        expect(script.match(/<\/script/g)).toHaveLength(1);
        expect(parseJson(script.replaceAll(/<[^>]*>/g, ""))).toEqual({ text: `${text}</script>\u2028` });
      }),
    );
  });
});

describe("a foreign text", () => {
  test("shows controls, escapes of terminals, marks of direction and invisible characters", () => {
    expect(visibleText("a\u001B[31mred\u0007\u007F\u0085")).toBe("a␛[31mred␇␡‹U+0085›");
    expect(visibleText("abc\u202Efdp.exe\u2066\u200B\uFEFF")).toBe("abc‹U+202E›fdp.exe‹U+2066›‹U+200B›‹U+FEFF›");
    expect(visibleText("a\r\nb\tc\rd")).toBe("a\nb\tc␍d");
    expect(visibleText("half \uD83D of a character")).toBe("half \uFFFD of a character");
  });

  test("leaves Hebrew, Persian, emoji and accents as they are", () => {
    const text = "שלום · می\u200Cخواهم · 👩\u200D🔬 · é";
    expect(visibleText(text)).toBe(text);
  });

  test("is kept apart from the direction around it, and cut with the length that is missing stated", () => {
    expect(markupOf(foreignText("x".repeat(10_000), 10))).toBe("<bdi>xxxxxxxxxx… (9990 more characters)</bdi>");
    expect(clippedText("ab🔬c", 3)).toBe("ab… (3 more characters)");
    expect(clippedText("ab", 2)).toBe("ab");
  });
});
