import { html, markupOf, trustedHtml, type Html } from "../base/index.ts";
import { formatScore } from "./format.ts";
import type { MatrixTask } from "./task-matrix.ts";
import type { RunView } from "./run-view.ts";

/**
 * The sealed test as JUnit XML: a test case a task, failed where the finalist broke what the seed passed, skipped where one of both has no
 * score. The verdict and its figures are properties. Before the test was opened there are no cases.
 */
export function junitXml(view: RunView): string {
  const { run, matrix, comparison, dataset, finalist, candidates, winner } = view;
  const index = candidates.findIndex(({ genome }) => genome === finalist);
  const tasks = matrix.tasks.map((task, column) => ({ task, column })).filter(({ task }) => task.split === "test");
  const cases = tasks.map(({ task, column }) =>
    testCase(dataset, task, matrix.scores[0]?.[column] ?? null, matrix.scores[index]?.[column] ?? null),
  );
  const failures = tasks.filter(({ task }) => task.marks.includes("broken")).length;
  const skipped = cases.filter(({ isSkipped }) => isSkipped).length;
  const counts = html`tests="${cases.length}" failures="${failures}" skipped="${skipped}" errors="0"`;
  const properties = Object.entries({
    verdict: comparison?.verdict ?? "none",
    sentence: view.sentence,
    difference: comparison?.difference,
    interval_low: comparison?.interval[0],
    interval_high: comparison?.interval[1],
    p: comparison?.p,
    n: comparison?.n,
    seed_score: view.seed.test?.score,
    finalist_score: view.finalistTest?.score,
    winner: winner.genome,
    model: view.model,
    simulated: String(view.simulated),
    status: view.status,
  }).flatMap(([name, value]) => (value === undefined ? [] : [html`    <property name="${name}" value="${value}"/>\n`]));
  return markupOf(html`${trustedHtml('<?xml version="1.0" encoding="UTF-8"?>')}
<testsuites name="allele" ${counts}>
  <testsuite name="${run}: sealed test of ${dataset}" ${counts} timestamp="${view.asked.updated.slice(0, 19)}">
    <properties>
${properties}    </properties>
${cases.map(({ markup }) => markup)}  </testsuite>
</testsuites>
`);
}

function testCase(
  dataset: string,
  { task, tags, marks }: MatrixTask,
  before: number | "failed" | null,
  after: number | "failed" | null,
): { readonly markup: Html; readonly isSkipped: boolean } {
  const isSkipped = typeof before !== "number" || typeof after !== "number";
  const words = (score: number | "failed" | null): string =>
    typeof score === "number" ? formatScore(score) : "no score";
  const scores = `seed ${words(before)}, finalist ${words(after)}`;
  const outcome = isSkipped
    ? html`<skipped message="${scores}: a call failed outside or the budget ended"/>`
    : marks.includes("broken")
      ? html`<failure type="broken" message="the seed passed this task and the finalist fails it: ${scores}"/>`
      : html`<system-out>${[scores, ...marks].join(", ")}</system-out>`;
  const group = [dataset, ...tags.slice(0, 1)].join(".");
  return { isSkipped, markup: html`    <testcase classname="${group}" name="${task}">${outcome}</testcase>\n` };
}
