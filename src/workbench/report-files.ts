import { basename, resolve } from "node:path";
import { AlleleError, writeTextAtomic } from "../base/index.ts";
import {
  candidatesCsv,
  junitXml,
  matrixCsv,
  pullRequestComment,
  renderMarkdown,
  renderText,
  runPage,
  runReportJson,
  viewBlocks,
  type RunView,
} from "../report/index.ts";
import { projectPath } from "./paths.ts";
import type { Workbench } from "./workbench.ts";

/** How a run is written down. */
const forms = {
  html: runPage,
  markdown: (view) => renderMarkdown(`Run ${view.run}`, viewBlocks(view)),
  text: (view) => renderText(`Run ${view.run} (${view.status})`, viewBlocks(view)),
  json: (view) => `${JSON.stringify(runViewJson(view), null, 2)}\n`,
  tasks: matrixCsv,
  candidates: candidatesCsv,
  junit: junitXml,
  "pr-comment": pullRequestComment,
} as const satisfies Readonly<Record<string, (view: RunView) => string>>;
export type ReportForm = keyof typeof forms;

/** What the end of a file's name says of its form, the longer ones first. */
const endings: readonly (readonly [ending: string, form: ReportForm])[] = [
  [".candidates.csv", "candidates"],
  [".csv", "tasks"],
  [".html", "html"],
  [".htm", "html"],
  [".md", "markdown"],
  [".json", "json"],
  [".xml", "junit"],
  [".txt", "text"],
];

/** Writes a report; without a form the end of the file's name decides. Answers the path written. Throws `unknown-form` or `write-failed`. */
export function writeReport(workbench: Workbench, view: RunView, file: string, form?: ReportForm): string {
  const path = resolve(workbench.root, file);
  writeTextAtomic(path, forms[form ?? formOf(path)](view));
  return projectPath(workbench.root, path);
}

function formOf(path: string): ReportForm {
  const name = basename(path).toLowerCase();
  const found = endings.find(([ending]) => name.endsWith(ending));
  if (found !== undefined) return found[1];
  throw new AlleleError({
    code: "unknown-form",
    message: `cannot tell the form of a report from "${basename(path)}"`,
    hint: "Name a file that ends in .html, .md, .json, .csv (tasks), .candidates.csv, .xml (JUnit) or .txt.",
  });
}

/** The promised `--json` shape of `report`, with everything else there is to show of a run. */
export function runViewJson(view: RunView): Record<string, unknown> {
  const {
    sentence,
    asked,
    finalistTest,
    progress,
    front,
    lineage,
    matrix,
    traces,
    openings,
    reproduction,
    notes,
    ...report
  } = view;
  return {
    ...runReportJson(report),
    sentence,
    asked,
    finalist_test: finalistTest ?? null,
    progress,
    front,
    lineage,
    matrix,
    traces,
    openings,
    reproduction,
    notes,
  };
}
