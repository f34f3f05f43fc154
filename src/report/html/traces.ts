import { foreignText, html, type Html } from "../../base/index.ts";
import { formatCount, formatDuration, formatScore } from "../format.ts";
import type { StepView, TracePair, TraceView } from "../trace-view.ts";
import type { RunView } from "../run-view.ts";
import { note, paragraph, said, section } from "./parts.ts";

/** Seed and finalist at work on the tasks that tell the most. */
export function traceSection({ traces }: RunView): Html {
  if (traces.length === 0)
    return section("traces", "Traces", paragraph("No task was chosen: nothing was fixed, broken or failed."));
  return section(
    "traces",
    "Traces",
    html`${traces.map((pair) => tracePairHtml(pair, ["Seed", "Finalist"]))}${note("Broken tasks first, then fixed ones. Others: allele report RUN --task ID.")}`,
  );
}

/** Both sides of a task side by side, and where they part. */
export function tracePairHtml(pair: TracePair, names: readonly [a: string, b: string]): Html {
  const { task, input, a, b, parting } = pair;
  const scores = `${names[0]} ${scoreOf(a)}, ${names[1]} ${scoreOf(b)}`;
  const parts = parting === undefined ? "" : `; they part at step ${parting + 1}`;
  return html`<details class="trace"><summary>${said(task, 80)} <small>${scores}${parts}</small></summary>
${input !== undefined && html`<p class="ask">${foreignText(input, 1500)}</p>`}
<div class="sides">${side(names[0], a, parting)}${side(names[1], b, parting)}</div></details>\n`;
}

function scoreOf(trace: TraceView | undefined): string {
  return trace === undefined ? "not kept" : formatScore(trace.score);
}

function side(name: string, trace: TraceView | undefined, parting: number | undefined): Html {
  if (trace === undefined) return html`<div><h3>${name}</h3><p>No trace is kept of this side.</p></div>`;
  const { score, steps, calls, tokens, milliseconds, feedback } = trace;
  return html`<div><h3>${name} <small>score ${formatScore(score)}, ${calls} model calls, ${formatCount(tokens)} tokens, ${formatDuration(milliseconds / 1000)}</small></h3>
<ol class="steps">${steps.map((step, index) => stepHtml(step, index === parting))}</ol>
${feedback.length > 0 && html`<ul class="feedback">${feedback.map((sentence) => html`<li>${said(sentence, 400)}</li>`)}</ul>`}</div>`;
}

function stepHtml({ kind, name, text, result, ok }: StepView, parts: boolean): Html {
  return html`<li class="step ${kind}${!ok && " failed"}${parts && " parting"}">${parts && html`<em>Here they part.</em> `}<strong>${kind === "tool" ? said(name, 80) : kind}</strong>${!ok && html` <em>failed</em>`}
<div class="text">${foreignText(text, 1500)}</div>${result !== undefined && html`<div class="text result">${foreignText(result, 1500)}</div>`}</li>`;
}
