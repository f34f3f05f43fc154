import { html, type Html } from "../../base/index.ts";
import {
  dataTable,
  differenceChart,
  lead,
  formatCount,
  formatMoney,
  formatScore,
  said,
  shortId,
  simulatedNote,
  tagTable,
  verdictBadge,
} from "../../report/index.ts";
import { compareGenomes, type ComparisonResult } from "../../workbench/index.ts";
import { elsewhere, page, type Action, type View } from "../answer.ts";
import { actForm, choice, field, genomeLink, given } from "../parts.ts";
import { link } from "../router.ts";

const splits = ["validation", "train", "test"] as const;

/** Asks which two; measuring is started by a button, for it may cost, and opening the sealed test is counted. */
export const compareView: View = {
  show: ({ query }) =>
    page({
      title: "Compare",
      part: "/compare",
      body: html`<h1>Is B better than A?</h1>
<p>Both work on the same tasks. What was measured before is read back; the rest is measured now and costs what it costs.</p>
${actForm(
  "/compare",
  html`${field({ name: "a", label: "A", hint: "file, run, RUN#3, PROFILE@channel, hash", value: given(query, "a"), required: true })}
${field({ name: "b", label: "B", value: given(query, "b"), required: true })}
${field({ name: "dataset", label: "Dataset", hint: "the one B comes from when empty", value: given(query, "dataset") })}
${choice({ name: "split", label: "Split", hint: "opening test is counted", value: given(query, "split") ?? "validation" }, splits)}`,
  "Compare",
)}`,
    }),
};

export const compareAction: Action = ({ dashboard: { workbench, jobs }, form }) => {
  const [a, b, dataset] = [given(form, "a") ?? "", given(form, "b") ?? "", given(form, "dataset")];
  const split = splits.find((word) => word === given(form, "split")) ?? "validation";
  const id = jobs.start({
    title: `Compare ${a} and ${b} on ${split}`,
    key: `compare ${[a, b, dataset ?? "", split].join(" ")}`,
    work: async (onLive, signal) =>
      comparison(await compareGenomes(workbench, { a, b, dataset, split, repeats: 1, signal, onLive })),
  });
  return elsewhere(link(["jobs", id]));
};

const words: Readonly<Record<string, string>> = {
  better: "B is better than A",
  worse: "B is worse than A",
  same: "A and B are the same, within the margin that counts as none",
  "cannot-tell": "Whether B is better than A cannot be told from these tasks",
};

/** Paired figures first; then tags, costs and the tasks that turned. */
function comparison(result: ComparisonResult): Html {
  const { comparison: found, a, b, dataset, split, model, simulated } = result;
  const { verdict, n, fixed, broken } = found;
  return html`<section class="verdict" aria-label="Verdict"><p>${verdictBadge(verdict)}</p>${lead(`${words[verdict] ?? verdict} (${n} tasks).`)}
<p>A is ${genomeLink(a.id, said(a.label, 80))} <small>${shortId(a.id)}</small>, B is ${genomeLink(b.id, said(b.label, 80))} <small>${shortId(b.id)}</small>, on ${said(dataset, 80)}, ${split}. <small>${said(model, 100)}</small></p>
${simulated && simulatedNote()}${n > 0 && differenceChart("comparison-chart", found)}</section>
<section aria-labelledby="costs-title"><h2 id="costs-title">Scores and costs</h2>${costs(found)}</section>
<section aria-labelledby="tags-title"><h2 id="tags-title">By tag</h2>${tagTable(found)}</section>
<section aria-labelledby="flips-title"><h2 id="flips-title">Tasks that turned</h2>${flips("Fixed by B", fixed)}${flips("Broken by B", broken)}</section>
<p><a href="${link(["genomes", `hash:${b.id}`], { against: `hash:${a.id}` })}">What differs between their genes</a></p>`;
}

function costs({ a, b }: ComparisonResult["comparison"]): Html {
  return dataTable(
    "Both sides",
    [
      { head: "", cell: ([name]) => name },
      { head: "Score", cell: ([, side]) => formatScore(side.score), figure: true },
      { head: "Tokens a rollout", cell: ([, side]) => formatCount(side.tokens), figure: true },
      { head: "Cost in all", cell: ([, side]) => formatMoney(side.usd), figure: true },
    ],
    [["A", a] as const, ["B", b] as const],
  );
}

function flips(title: string, tasks: ComparisonResult["comparison"]["fixed"]): Html {
  const names = tasks.map((task) => (typeof task === "string" ? task : String(task)));
  return names.length === 0
    ? html`<p>${title}: none.</p>`
    : dataTable(
        title,
        [{ head: title, cell: (task: string) => html`<a href="${link(["tasks", task])}">${said(task, 100)}</a>` }],
        names,
      );
}
