import { html, type Html } from "../../base/index.ts";
import { dataTable, said } from "../../report/index.ts";
import { auditMeanings, type AuditFinding, type DatasetAudit } from "../../workbench/index.ts";
import { page, type View } from "../answer.ts";
import { givenLines, givenNumber } from "../form-data.ts";
import { askForm, field, given, textField } from "../parts.ts";
import { link } from "../router.ts";

/** Findings of one kind that are shown at once. */
const most = 300;

/** What is suspicious about a dataset, each finding with a way to its task. Runs nothing. */
export const auditView: View = {
  show: async ({ dashboard, params, query }) => {
    const name = params["dataset"] ?? "";
    const runs = givenLines(query, "runs");
    const request = {
      dataset: name,
      runs: runs.length === 0 ? undefined : runs,
      effect: givenNumber(query, "effect", 0.005, 1) ?? 0.05,
      power: givenNumber(query, "power", 0.05, 0.999) ?? 0.8,
    };
    const audit = await dashboard.aside.audit(request, dashboard.version());
    const groups = [...Map.groupBy(audit.findings, ({ kind }) => kind)];
    return page({
      title: `Audit of ${name}`,
      part: "/datasets",
      body: html`<h1>Audit of <a href="${link(["datasets", name])}"><bdi>${name}</bdi></a></h1><p>${basisOf(audit)} Findings are reasons to look, not verdicts.</p>
${askForm(
  link(["datasets", name, "audit"]),
  html`${field({ name: "effect", label: "A split should show", hint: "a difference of this size", value: String(request.effect) }, "number")}
${field({ name: "power", label: "With probability", value: String(request.power) }, "number")}
${textField({ name: "runs", label: "Only candidates of these runs", hint: "one a line; everything that was measured when empty", value: given(query, "runs") }, 2)}`,
  "Look again",
)}
${groups.length === 0 ? html`<p class="empty">Nothing suspicious was found.</p>` : overview(groups)}
${groups.map(([kind, found]) => findings(name, kind, found))}`,
    });
  },
};

function basisOf({ tasks, measured }: DatasetAudit): string {
  const basis =
    measured.rollouts === 0
      ? "Nothing was measured on them as they are now: only the data were looked at."
      : `${measured.rollouts} rollouts of ${measured.candidates} candidates on ${measured.tasks} of them were looked at.`;
  return `${tasks} tasks. ${basis}`;
}

type Group = readonly [kind: AuditFinding["kind"], found: readonly AuditFinding[]];

function overview(groups: readonly Group[]): Html {
  return dataTable(
    "What was found, the worst for a verdict first",
    [
      { head: "What", cell: ([kind]) => html`<a href="#${kind}">${kind.replaceAll("-", " ")}</a>` },
      { head: "Found", cell: ([, found]) => found.length, figure: true },
      { head: "Meaning", cell: ([kind]) => auditMeanings[kind] },
    ],
    groups,
  );
}

function findings(dataset: string, kind: AuditFinding["kind"], found: readonly AuditFinding[]): Html {
  const caption = found.length > most ? `The first ${most} of ${found.length}` : `${found.length} found`;
  return html`<section id="${kind}" aria-labelledby="${kind}-title"><h2 id="${kind}-title">${kind.replaceAll("-", " ")}</h2>${dataTable(
    `${kind.replaceAll("-", " ")}: ${caption}`,
    [
      {
        head: "Task",
        cell: ({ task }) =>
          task === undefined
            ? "–"
            : html`<a href="${link(["datasets", dataset, "tasks", task])}">${said(task, 80)}</a>`,
      },
      { head: "Split", cell: ({ split }) => split },
      { head: "Why", cell: ({ detail }) => said(detail, 600), words: true },
    ],
    found.slice(0, most),
  )}</section>`;
}
