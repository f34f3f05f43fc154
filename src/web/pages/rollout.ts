import { canonicalJson, foreignText, html, type Html } from "../../base/index.ts";
import { facts, formatCount, formatDuration, formatMoney, formatScore, said } from "../../report/index.ts";
import type { Trace } from "../../runtime/index.ts";
import { viewRollout } from "../../workbench/index.ts";
import { page, type View } from "../answer.ts";
import { genomeLink } from "../parts.ts";

/** One rollout: what happened, step by step, what it took, how it was scored, and what people said of it. */
export const rolloutView: View = {
  show: ({ dashboard: { workbench }, params }) => {
    const { record, kept, trace } = viewRollout(workbench, params["key"] ?? "");
    const { score, objectives, feedback, usage } = kept;
    return page({
      title: `Rollout on ${record.task}`,
      part: "/",
      body: html`<h1>Rollout on <bdi>${record.task}</bdi></h1>
${facts([
  ["Genome", genomeLink(record.genome)],
  ["Task", html`<bdi>${record.task}</bdi>, ${record.split}, repeat ${record.repeat}`],
  [
    "Score",
    html`<strong>${formatScore(score)}</strong> <small>${Object.entries(objectives)
      .map(([name, value]) => `${name} ${formatScore(value)}`)
      .join(", ")}</small>`,
  ],
  [
    "Took",
    `${usage.modelCalls} model calls, ${formatCount(usage.inputTokens)} tokens in, ${formatCount(usage.outputTokens)} out, ${formatMoney(usage.usd)}, ${formatDuration(usage.milliseconds / 1000)}`,
  ],
])}
${feedback.length > 0 && html`<section aria-labelledby="feedback-title"><h2 id="feedback-title">What the checks said</h2><ul class="feedback">${feedback.map((sentence) => html`<li>${said(sentence, 800)}</li>`)}</ul></section>`}
<section aria-labelledby="trace-title"><h2 id="trace-title">What happened</h2>${trace === undefined ? html`<p class="empty">The trace was not kept.</p>` : traceSteps(trace)}</section>`,
    });
  },
};

const MOST_STEPS = 400;

/** A trace step by step; steps that a model or a tool made fold. */
export function traceSteps({ steps, answer, stop }: Trace): Html {
  const shown = steps.slice(0, MOST_STEPS);
  return html`<ol class="timeline">${shown.map((step) => {
    switch (step.kind) {
      case "plan":
        return item("plan", "Plan", foreignText(step.content.trim(), 6000));
      case "model":
        return step.calls === 0
          ? html``
          : item(
              "model",
              `Model, ${step.calls} tool ${step.calls === 1 ? "call" : "calls"}`,
              foreignText(step.content.trim(), 6000),
            );
      case "tool":
        return html`<li class="turn tool${!step.ok && " failed"}"><details${!step.ok && html` open`}><summary><strong>${said(step.name, 80)}</strong> <small>${said(canonicalJson(step.arguments), 120)}</small>${!step.ok && html` <em>failed</em>`}</summary>
<div class="text">${foreignText(canonicalJson(step.arguments), 6000)}</div><div class="text result">${foreignText(step.result, 12_000)}</div></details></li>`;
    }
  })}${steps.length > shown.length && html`<li>${steps.length - shown.length} more steps</li>`}
${stop !== "answered" && item("end", `Ended by the ${stop.replace("-", " ")}`, html``)}
${item("answer", "Answer", answer.trim() === "" ? "(none)" : foreignText(answer.trim(), 12_000))}</ol>`;
}

function item(kind: string, name: string, content: Html | string): Html {
  return html`<li class="turn ${kind}"><strong>${name}</strong><div class="text">${content}</div></li>`;
}
