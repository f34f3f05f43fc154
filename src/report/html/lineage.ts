import { stratify, tree } from "d3-hierarchy";
import { linkHorizontal } from "d3-shape";
import { html, type Html } from "../../base/index.ts";
import { formatScore } from "../format.ts";
import type { LineageNode, RunView } from "../run-view.ts";
import { figure, round } from "./chart.ts";
import { dataTable, folded, paragraph, said, section } from "./parts.ts";

/** Whence every candidate came, and why each child was taken or refused. */
export function lineageSection(view: RunView): Html {
  const { lineage, refused } = view;
  if (view.candidates.length === 0) return section("lineage", "Lineage", paragraph("Nothing has been measured yet."));
  const reasons = Object.entries(refused).toSorted(([, a], [, b]) => b - a);
  return section(
    "lineage",
    "Lineage",
    html`${lineageChart(view)}${reasons.length > 0 && paragraph("Thrown away: ", reasons.map(([reason, count]) => `${count} ${words(reason)}`).join(", "), ".")}
${attemptTable(lineage)}`,
  );
}

const rowHeight = 22;
const columnWidth = 118;

function lineageChart({ lineage, candidates, winner, finalist }: RunView): Html {
  const pool = lineage.filter((node) => node.candidate !== undefined && candidates[node.candidate] !== undefined);
  const indexOf = (node: LineageNode): number => node.candidate ?? 0;
  const root = stratify<LineageNode>()
    .id((node) => String(indexOf(node)))
    .parentId((node) => (indexOf(node) === 0 ? null : String(node.parents[0] ?? 0)))([...pool]);
  const laid = tree<LineageNode>()
    .nodeSize([rowHeight, columnWidth])
    .separation(() => 1)(root);
  const nodes = laid.descendants();
  const top = Math.min(...nodes.map(({ x }) => x)) - rowHeight;
  const frame = {
    width: Math.max(360, (laid.height + 1) * columnWidth + 60),
    height: Math.max(...nodes.map(({ x }) => x)) - top + rowHeight,
  };
  const place = ({ x, y }: { readonly x: number; readonly y: number }): [number, number] => [
    round(y + 14),
    round(x - top),
  ];
  const places = new Map(nodes.map((node) => [indexOf(node.data), place(node)]));
  const curve = linkHorizontal<unknown, [number, number]>().digits(1);
  const links = nodes.flatMap((node) =>
    node.data.parents.flatMap((parent, rank) => {
      const [source, target] = [places.get(parent), places.get(indexOf(node.data))];
      if (source === undefined || target === undefined) return [];
      return [html`<path class="${rank === 0 ? "link" : "link second"}" d="${curve({ source, target }) ?? ""}"/>`];
    }),
  );
  const marks = nodes.map((node) => {
    const index = indexOf(node.data);
    const [x, y] = places.get(index) ?? [0, 0];
    const row = candidates[index];
    const isWinner = row?.genome === winner.genome;
    const score = row === undefined ? "" : ` ${formatScore(row.validation.score)}`;
    const title = `#${index} ${node.data.origin}. ${node.data.reason}`;
    const kind = node.data.fate === "incumbent" || index === 0 ? "dot proven" : "dot";
    return html`<g><title>${said(title, 400)}</title><circle class="${kind}" cx="${x}" cy="${y}" r="${isWinner ? 7 : 5}"/><text class="label${isWinner && " strong"}" x="${x + 10}" y="${y + 4}">#${index}${score}${isWinner ? " winner" : row?.genome === finalist && index !== 0 ? " finalist" : ""}</text></g>`;
  });
  return figure({
    id: "lineage-chart",
    title: "Family tree of the candidates",
    description: `${pool.length} candidates in ${laid.height + 1} generations. The table below tells of each why it was taken or refused.`,
    frame,
    drawing: html`${links}${marks}`,
    caption: html`From the seed at the left to its descendants, each with its validation score. Filled: the seed, and whoever was proven better than the incumbent of its time. A dashed line comes from the second parent of a merge.`,
  });
}

/** So many rows are shown: those that were measured first, then refusals. */
const MOST_ROWS = 800;

function attemptTable(lineage: readonly LineageNode[]): Html {
  const measured = lineage.filter(({ fate }) => fate !== "refused");
  const left = Math.max(0, MOST_ROWS - measured.length);
  const shown = new Set([
    ...measured.slice(0, MOST_ROWS),
    ...lineage.filter(({ fate }) => fate === "refused").slice(0, left),
  ]);
  const rows = lineage.filter((node) => shown.has(node));
  const hidden = lineage.length - rows.length;
  const table = dataTable(
    "What became of every child and idea",
    [
      { head: "Iteration", cell: ({ iteration }) => iteration ?? "–", figure: true },
      {
        head: "Fate",
        cell: ({ fate, candidate }) =>
          html`<span class="fate ${fate}">${fateWords[fate]}${candidate !== undefined && ` #${candidate}`}</span>`,
      },
      { head: "Reason", cell: ({ reason }) => said(reason, 260), words: true },
      { head: "From", cell: ({ parents }) => parents.map((parent) => `#${parent}`).join(" ") || "–" },
      { head: "Made by", cell: ({ origin }) => said(origin, 70) },
      { head: "Idea", cell: ({ hypothesis }) => (hypothesis === "" ? "–" : said(hypothesis, 150)), words: true },
    ],
    rows,
  );
  const cut = hidden > 0 && paragraph(`${hidden} more are in the JSON report.`);
  return folded(`Every attempt with its reason (${lineage.length})`, html`${cut}${table}`);
}

const fateWords: Readonly<Record<LineageNode["fate"], string>> = {
  seed: "seed",
  incumbent: "became incumbent",
  accepted: "joined",
  rejected: "left",
  refused: "refused",
  open: "open",
};

function words(reason: string): string {
  return reason.replaceAll("-", " ");
}
