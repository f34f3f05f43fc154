import type { Block } from "./document.ts";
import { formatCount, formatEstimate, formatMoney } from "./format.ts";
import { runBlocks } from "./run-document.ts";
import type { RunView } from "./run-view.ts";
import type { TracePair, TraceView } from "./trace-view.ts";

/** The whole view of a run for Markdown and text: the report, and what else there is to tell. */
export function viewBlocks(view: RunView): Block[] {
  const { asked, notes, openings, reproduction } = view;
  const tasks = asked.tasks;
  const budget = Object.entries(asked.budget).map(([name, limit]) => `${limit} ${name}`);
  return [
    ...notes.map((text): Block => ({ kind: "paragraph", text })),
    ...runBlocks(view),
    { kind: "heading", text: "What was asked" },
    {
      kind: "list",
      items: [
        `Make ${asked.seedLabel} better at ${view.dataset} within ${budget.join(" and ")}.`,
        `Tasks: ${tasks.train} train, ${tasks.validation} validation, ${tasks.test} sealed test.`,
        `Started ${asked.started}.`,
      ],
    },
    ...frontBlocks(view),
    ...taskBlocks(view),
    ...lineageBlocks(view),
    ...traceBlocks(view.traces, ["Seed", "Finalist"]),
    { kind: "heading", text: "Openings of the sealed test" },
    {
      kind: "list",
      items: openings.length === 0 ? ["None."] : openings.slice(-20).map(({ at, purpose }) => `${at}: ${purpose}`),
    },
    { kind: "heading", text: "How to reproduce it" },
    { kind: "code", text: reproduction.command },
  ];
}

function frontBlocks({ front }: RunView): Block[] {
  const best = front.filter(({ onFront }) => onFront).toSorted((a, b) => b.score - a.score);
  if (best.length === 0) return [];
  return [
    { kind: "heading", text: "Front: quality, cost, length" },
    {
      kind: "table",
      head: ["candidate", "validation", "tokens a rollout", "cost a rollout", "characters"],
      rows: best.map((point) => [
        `#${point.candidate}`,
        formatEstimate(point),
        formatCount(point.tokens),
        formatMoney(point.usd),
        point.length,
      ]),
      right: [2, 3, 4],
    },
  ];
}

function taskBlocks({ matrix }: RunView): Block[] {
  if (matrix.tasks.length === 0) return [];
  const items = (["fixed", "broken", "flaky", "saturated", "unsolved"] as const).map((mark) => {
    const named = matrix.tasks.filter(({ marks }) => marks.includes(mark)).map(({ task }) => task);
    if (mark === "flaky" && matrix.repeated === 0) return "flaky: not known, no task was run twice";
    return `${mark}: ${named.length}${named.length === 0 ? "" : ` (${named.slice(0, 8).join(", ")}${named.length > 8 ? ", ..." : ""})`}`;
  });
  return [
    { kind: "heading", text: "Striking tasks of all splits" },
    { kind: "list", items },
  ];
}

const MOST_ATTEMPTS = 200;

function lineageBlocks({ lineage }: RunView): Block[] {
  if (lineage.length === 0) return [];
  const rows = lineage.slice(0, MOST_ATTEMPTS);
  return [
    { kind: "heading", text: "Every attempt with its reason" },
    {
      kind: "table",
      head: ["iteration", "fate", "from", "made by", "reason"],
      rows: rows.map(({ iteration, fate, candidate, parents, origin, reason }) => [
        iteration ?? "-",
        candidate === undefined ? fate : `${fate} #${candidate}`,
        parents.map((parent) => `#${parent}`).join(" ") || "-",
        origin.slice(0, 40),
        reason,
      ]),
      right: [0],
    },
    ...(lineage.length > rows.length
      ? [{ kind: "paragraph", text: `${lineage.length - rows.length} more are in the JSON report.` } as const]
      : []),
  ];
}

/** Both sides of each task, step by step. */
export function traceBlocks(traces: readonly TracePair[], names: readonly [a: string, b: string]): Block[] {
  return traces.flatMap(({ task, input, a, b, parting }): Block[] => [
    { kind: "heading", text: `Task ${task}` },
    ...(input === undefined ? [] : [{ kind: "paragraph", text: input } as const]),
    { kind: "paragraph", text: parting === undefined ? "No step differs." : `They part at step ${parting + 1}.` },
    ...sideBlocks(names[0], a),
    ...sideBlocks(names[1], b),
  ]);
}

function sideBlocks(name: string, trace: TraceView | undefined): Block[] {
  if (trace === undefined) return [{ kind: "paragraph", text: `${name}: no trace is kept.` }];
  const steps = trace.steps.map(({ kind, name: tool, text, result }, index) => {
    const what = kind === "tool" ? `called ${tool} ${text}` : `${kind}: ${text}`;
    return `${index + 1}. ${what}${result === undefined ? "" : `\n   -> ${result}`}`;
  });
  return [
    { kind: "paragraph", text: `${name}, score ${trace.score.toFixed(3)}` },
    { kind: "code", text: [...steps, ...trace.feedback.map((sentence) => `! ${sentence}`)].join("\n") },
  ];
}
