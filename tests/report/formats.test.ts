import { beforeAll, describe, expect, test } from "vitest";
import {
  candidatesCsv,
  junitXml,
  matrixCsv,
  pullRequestComment,
  renderMarkdown,
  renderText,
  runBlocks,
  runReportJson,
  runSections,
  viewBlocks,
  type RunView,
} from "../../src/report/index.ts";
import { html, markupOf } from "../../src/base/index.ts";
import { hostile } from "./hostile.ts";
import { madeView } from "./made-view.ts";

/** Rows of a CSV text, by RFC 4180. */
function rowsOf(csv: string): string[][] {
  const fields = [...csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)];
  const rows: string[][] = [[]];
  for (const [, quoted, plain = "", end] of fields) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

describe("the forms of a report", () => {
  let view: RunView;
  let evil: RunView;
  beforeAll(async () => {
    view = await madeView({ tasks: 100, candidates: 6, gain: 0.08 });
    evil = await madeView({ run: "evil-1", text: hostile });
  });

  test("CSV has a row a task and a column a candidate, with the scores of the view", () => {
    const [head = [], ...rows] = rowsOf(matrixCsv(view));
    expect(head.slice(6)).toEqual([
      "candidate 0",
      "candidate 1",
      "candidate 2",
      "candidate 3",
      "candidate 4",
      "candidate 5",
    ]);
    expect(rows).toHaveLength(view.matrix.tasks.length);
    rows.forEach((row, column) => {
      const scores = view.matrix.scores.map((line) => line[column]);
      expect(row.slice(6)).toEqual(scores.map((score) => (score === null ? "" : String(score))));
    });
  });

  test("seconds of reflection calls stand beside its tokens and money, in every form", () => {
    expect(view.byRole.reflection.calls).toBe(15);
    expect(view.costs.reflection.secondsOfCall).toBe(2.5);
    const text = renderText("", runBlocks(view));
    expect(text).toContain("reflection 60k tokens, $0.15, 15 calls of 2.5 s");
    expect(text).toMatch(new RegExp(`reflection .*${((15 * 2.5) / view.rollouts).toFixed(3)} .*15 calls of 2.5 s`));
    expect(renderMarkdown("", viewBlocks(view))).toContain("15 calls of 2.5 s");
    expect(markupOf(runSections.find(({ id }) => id === "money")?.render(view) ?? html``)).toMatch(
      /Reflection: 15 calls[\s\S]{1,900}>2\.5</,
    );
    expect(runReportJson(view)).toMatchObject({
      by_role: { reflection: { calls: 15 } },
      costs: { reflection: { secondsOfCall: 2.5 } },
    });
  });

  test("CSV of the candidates has one row each, the winner named", () => {
    const [head = [], ...rows] = rowsOf(candidatesCsv(view));
    expect(rows.map((row) => row.length)).toEqual(rows.map(() => head.length));
    expect(rows).toHaveLength(6);
    expect(rows[0]?.at(-1)).toBe("seed");
    expect(rows[5]?.at(-1)).toBe("finalist winner");
  });

  test("CSV gives a spreadsheet no formula, however a text begins", () => {
    for (const text of [matrixCsv(evil), candidatesCsv(evil)]) {
      const fields = rowsOf(text).flat();
      expect(fields.filter((field) => /^\s*[=+\-@|%]/.test(field))).toEqual([]);
      expect(fields.some((field) => field.includes("cmd|"))).toBe(true);
    }
  });

  test("JUnit has a case a task of the sealed test, failed where the finalist broke it", () => {
    const xml = junitXml(view);
    const sealed = view.matrix.tasks.filter(({ split }) => split === "test");
    expect(xml.match(/<testcase /g)).toHaveLength(sealed.length);
    expect(xml.match(/<failure /g) ?? []).toHaveLength(view.comparison?.broken.length ?? -1);
    expect(xml).toContain(`<property name="verdict" value="${view.comparison?.verdict}"/>`);
    expect(xml).toContain(`tests="${sealed.length}" failures="${view.comparison?.broken.length}"`);
  });

  test("the comment for a pull request is short, says the verdict first and folds the lists", () => {
    const comment = pullRequestComment(view);
    expect(comment.split("\n")[0]).toBe(`### ▲ ${view.sentence}`);
    expect(comment).toContain("simulated model");
    expect(comment.match(/<details>/g)).toHaveLength(4);
    expect(comment.length).toBeLessThan(20_000);
    expect(pullRequestComment(evil).length).toBeLessThan(60_000);
  });

  test("Markdown has no effect in what is not ours", () => {
    for (const text of [renderMarkdown("Run", viewBlocks(evil)), pullRequestComment(evil)]) {
      const outside = text.replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, "").replaceAll(/(?<!\\)(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
      expect(outside).not.toMatch(/<(script|img|svg|!--|\/script)/);
      expect(outside).not.toMatch(/(?<!\\)\]\(/);
      expect(outside).not.toMatch(/^# heading/m);
      expect(outside).not.toMatch(/(?<!\\)\*\*bold/);
      // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
      expect(text).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F\u202A-\u202E\u2066-\u2069]/);
    }
  });

  test("text for terminals holds no escapes", () => {
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(renderText("Run", viewBlocks(evil))).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F]/);
  });

  test("operators, predictions and what is known of a judge stand in text and on the page", () => {
    const { predictions, operators } = view;
    expect(predictions.byOperator.length).toBeGreaterThan(0);
    const judge = {
      model: "judge-1",
      calibrations: [
        {
          judge: "judge-1",
          version: "1",
          rubric: "Right.",
          n: 12,
          observed: 0.75,
          kappa: 0.41,
          interval: [0.05, 0.77] as const,
          bias: 0.2,
          drift: null,
          length: null,
        },
      ],
    };
    const judged = { ...view, judge };
    const text = renderText("Run", runBlocks(judged), 80).replaceAll(/\s+/g, " ");
    const page = ["verdict", "operators", "predictions"]
      .map((id) => markupOf(runSections.find((part) => part.id === id)?.render(judged) ?? html``))
      .join("");
    for (const shown of [text, page]) {
      expect(shown).toContain("kappa 0.41 [0.05, 0.77] with people on 12 rated answers");
      expect(shown).toContain("only 12 answers: rate more; kinder than people by 0.200");
      for (const { operator } of operators) expect(shown).toContain(operator);
      expect(shown).toContain(`${predictions.byOperator[0]?.better} of ${predictions.byOperator[0]?.measured}`);
    }
    expect(text).toContain("OPERATORS");
    for (const { gain } of operators) expect(text).toContain(`+${gain.toFixed(3)}`);
  });

  test("every part of the page stands alone, for pages that embed it", () => {
    for (const { id, render } of runSections) {
      const markup = markupOf(render(view));
      expect(markup).toMatch(new RegExp(`^<section id="${id}"`));
      expect(markup.match(/<section/g)).toHaveLength(1);
      expect(markup.match(/<\/section>/g)).toHaveLength(1);
    }
  });
});
