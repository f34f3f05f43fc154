import { html, type Html } from "../../base/index.ts";
import { dataTable, formatScore, geneChanges, said, shortId } from "../../report/index.ts";
import type { SteeringView } from "../../workbench/index.ts";
import { button, genomeLink } from "../parts.ts";
import { link } from "../router.ts";

type Pending = SteeringView["pending"][number];
type Member = SteeringView["pool"][number];

/** Children that are being measured: what each changes and why, and what can be done about it. */
export function childCards({ run, pending, searching }: SteeringView): Html {
  if (pending.length === 0) return html`<p class="empty">Nothing at the moment.</p>`;
  return html`<ul class="cards">${pending.map((child) => card(run, child, searching))}</ul>`;
}

function card(run: string, child: Pending, searching: boolean): Html {
  const { genome, iteration, origin, hypothesis, changed, parents, vetoed, diff } = child;
  const from = parents.length === 0 ? "" : ` from ${parents.map((index) => `#${index}`).join(" and ")}`;
  return html`<li class="card${vetoed && " vetoed"}"><div class="title"><h3><code>${shortId(genome)}</code> <small>iteration ${iteration},${from} by ${said(origin, 120)}</small></h3>
${vetoed ? html`<strong>vetoed</strong>` : searching && html`<div class="actions">${button(link(["runs", run, "steer"]), html`Veto<span class="visually-hidden"> ${shortId(genome)}</span>`, "danger", { what: "veto", child: genome })}${editLink(run, genome)}</div>`}</div>
<p>${hypothesis === "" ? html`<span class="note">No hypothesis.</span>` : said(hypothesis, 1000)}</p>
${diff === undefined ? html`<p class="note">Changes ${said(changed.join(", "), 300)}.</p>` : html`<details><summary>Changes ${said(changed.join(", "), 300)}</summary>${geneChanges(diff)}</details>`}</li>`;
}

function editLink(run: string, genome: string): Html {
  return html`<a class="button" href="${link(["runs", run, "steer", genome])}">Edit<span class="visually-hidden"> ${shortId(genome)}</span></a>`;
}

/** Members that are shown; of more, the newest and those that something was said of. */
const most = 200;

/** Who may be a parent, the newest first. */
export function poolTable(view: SteeringView): Html {
  const { pool, run, searching } = view;
  if (pool.length === 0) return html`<p class="empty">The seed is still being measured.</p>`;
  const steered = (row: Member): boolean => row.pinned || row.vetoed || row.candidate === view.incumbent;
  const shown = pool.filter((row) => row.candidate >= pool.length - most || steered(row)).toReversed();
  return html`${dataTable(
    shown.length === pool.length
      ? "Candidates, newest first"
      : `${shown.length} of ${pool.length} candidates, newest first`,
    [
      { head: "#", cell: (row) => `#${row.candidate}` },
      { head: "Genome", cell: (row) => genomeLink(row.genome) },
      {
        head: "Validation",
        cell: ({ n, score }) => (n === 0 ? "screened only" : html`${formatScore(score)} <small>n=${n}</small>`),
        figure: true,
      },
      { head: "Made by", cell: (row) => said(row.origin, 80) },
      { head: "State", cell: (row) => stateOf(row, view) },
      ...(searching ? [{ head: "Steer", cell: (row: Member) => buttons(run, row) }] : []),
    ],
    shown,
  )}<p class="note">A pinned candidate goes on being a parent and takes part in the last race. A vetoed one is no parent and no finalist any more.</p>`;
}

function stateOf({ candidate, pinned, vetoed, waiting }: Member, { incumbent }: SteeringView): Html {
  const states = [
    ...(candidate === incumbent ? ["incumbent"] : []),
    ...(pinned ? ["pinned"] : []),
    ...(vetoed ? ["vetoed"] : []),
    ...waiting.map((word) => `${word} not taken yet`),
  ];
  return states.length === 0 ? html`–` : html`<strong>${states.join(", ")}</strong>`;
}

function buttons(run: string, { candidate, genome, pinned, vetoed, waiting }: Member): Html {
  const act = (what: "pin" | "unpin" | "veto", label: string, kind: "plain" | "danger" = "plain"): Html =>
    button(link(["runs", run, "steer"]), html`${label}<span class="visually-hidden"> #${candidate}</span>`, kind, {
      what,
      child: String(candidate),
    });
  const willBePinned = waiting.findLast((word) => word !== "veto") ?? (pinned ? "pin" : "unpin");
  return html`<div class="actions">${willBePinned === "pin" ? act("unpin", "Unpin") : act("pin", "Pin")}
${candidate > 0 && !vetoed && !waiting.includes("veto") && act("veto", "Veto", "danger")}${editLink(run, genome)}</div>`;
}
