import { visibleText } from "../base/index.ts";
import type { RunView } from "./run-view.ts";

/** Tasks by candidates: a row a task, a column a candidate, empty where it was not measured, "failed" where the outside failed. */
export function matrixCsv({ matrix }: RunView): string {
  const head = [
    "task",
    "split",
    "tags",
    "marks",
    "scored",
    "passed",
    ...matrix.candidates.map((index) => `candidate ${index}`),
  ];
  const rows = matrix.tasks.map(({ task, split, tags, marks, scored, passed }, column) => [
    task,
    split,
    tags.join(" "),
    marks.join(" "),
    scored,
    passed,
    ...matrix.scores.map((row) => row[column] ?? null),
  ]);
  return csv([head, ...rows]);
}

/** A row a candidate: whence it comes, how it did, what it takes, and what became of it. */
export function candidatesCsv({ candidates, front, lineage, winner, finalist }: RunView): string {
  const nodes = new Map(lineage.flatMap((node) => (node.candidate === undefined ? [] : [[node.candidate, node]])));
  const head = [
    "candidate",
    "genome",
    "parents",
    "made_by",
    "idea",
    "iteration",
    "rollouts",
    "validation",
    "low",
    "high",
    "n",
    "tokens_a_rollout",
    "usd_a_rollout",
    "length",
    "on_front",
    "fate",
    "reason",
    "role",
  ];
  const rows = candidates.map(({ index, genome, origin, hypothesis }) => {
    const point = front[index];
    const node = nodes.get(index);
    const role = [index === 0 && "seed", genome === finalist && "finalist", genome === winner.genome && "winner"];
    return [
      index,
      genome,
      (node?.parents ?? []).join(" "),
      origin,
      hypothesis,
      node?.iteration ?? null,
      node?.rollouts ?? null,
      point?.score ?? null,
      point?.interval[0] ?? null,
      point?.interval[1] ?? null,
      point?.n ?? null,
      point?.tokens ?? null,
      point?.usd ?? null,
      point?.length ?? null,
      point?.onFront === true ? "yes" : "no",
      node?.fate ?? "",
      node?.reason ?? "",
      role.filter((name) => name !== false).join(" "),
    ];
  });
  return csv([head, ...rows]);
}

/** Comma-separated values (RFC 4180), which no spreadsheet takes for formulas: a text that begins like one gets an apostrophe before it. */
function csv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function field(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = visibleText(value);
  const harmless = /^\s*[=+\-@|%]/.test(text) || /^[\t\n]/.test(text) ? `'${text}` : text;
  return /[",\n\r]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
