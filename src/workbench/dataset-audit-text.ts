import { renderText, type Block } from "../report/index.ts";
import type { AuditFinding, DatasetAudit } from "./dataset-audit.ts";

/** What each kind of finding means, in a few words. */
export const auditMeanings: Readonly<Record<AuditFinding["kind"], string>> = {
  mislabelled: "good candidates agree against the label",
  leak: "consists of training text",
  "near-duplicate": "nearly the same in another split",
  "answer-in-input": "the right answer stands in the input",
  flaky: "repeats disagree",
  unsolved: "no candidate passes it",
  saturated: "every candidate passes it",
  "small-split": "too few tasks for the difference wanted",
  "small-tag": "too few tasks of a tag",
};

/** Findings of one kind that are told one by one; `--json` has all. */
const mostOfKind = 12;

export function renderDatasetAudit({ dataset, tasks, measured, findings }: DatasetAudit, width?: number): string {
  const basis =
    measured.rollouts === 0
      ? "Nothing was measured on these tasks as they are now: only the data were looked at."
      : `${measured.rollouts} rollouts of ${measured.candidates} candidates on ${measured.tasks} of them were looked at.`;
  const groups = [...Map.groupBy(findings, ({ kind }) => kind)];
  const blocks: Block[] = [{ kind: "paragraph", text: `${tasks} tasks. ${basis}` }];
  if (findings.length === 0) blocks.push({ kind: "paragraph", text: "Nothing suspicious was found." });
  else {
    blocks.push({
      kind: "table",
      head: ["what", "found", "meaning"],
      rows: groups.map(([kind, group]) => [kind, group.length, auditMeanings[kind]]),
      right: [1],
    });
  }
  for (const [kind, group] of groups) {
    const more = group.length - mostOfKind;
    blocks.push(
      { kind: "heading", text: kind },
      {
        kind: "list",
        items: [...group.slice(0, mostOfKind).map(lineOf), ...(more > 0 ? [`and ${more} more; all with --json`] : [])],
      },
    );
  }
  return renderText(`Audit of ${dataset}`, blocks, width);
}

function lineOf({ task, split, detail }: AuditFinding): string {
  if (task !== undefined) return `${task} (${split}): ${detail}`;
  return split === "-" ? detail : `${split}: ${detail}`;
}
