import { canonicalJson, foreignText, html, type Html } from "../../base/index.ts";
import { formatCount, said } from "../../report/index.ts";
import type { StepTime, Trace } from "../../runtime/index.ts";

const MOST_STEPS = 400;

/** A trace step by step; steps that a model or a tool made fold. */
export function traceSteps({ steps, times, answer, stop }: Trace): Html {
  const shown = steps.slice(0, MOST_STEPS);
  return html`<ol class="timeline">${shown.map((step, index) => {
    const took = timeOf(times?.[index]);
    switch (step.kind) {
      case "plan":
        return item("plan", html`Plan${took}`, foreignText(step.content.trim(), 6000));
      case "model":
        return step.calls === 0
          ? html``
          : item(
              "model",
              html`Model, ${step.calls} tool ${step.calls === 1 ? "call" : "calls"}${took}`,
              foreignText(step.content.trim(), 6000),
            );
      case "tool":
        return html`<li class="turn tool${!step.ok && " failed"}"><details${!step.ok && html` open`}><summary><strong>${said(step.name, 80)}</strong> <small>${said(canonicalJson(step.arguments), 120)}</small>${!step.ok && html` <em>failed</em>`}${took}</summary>
<div class="text">${foreignText(canonicalJson(step.arguments), 6000)}</div><div class="text result">${foreignText(step.result, 12_000)}</div></details></li>`;
    }
  })}${steps.length > shown.length && html`<li>${steps.length - shown.length} more steps</li>`}
${stop !== "answered" && item("end", `Ended by the ${stop.replace("-", " ")}`, html``)}
${item("answer", "Answer", answer.trim() === "" ? "(none)" : foreignText(answer.trim(), 12_000))}</ol>`;
}

/** When a step began, how long it took, and what its model call used. */
function timeOf(time: StepTime | undefined): Html | undefined {
  if (time === undefined) return undefined;
  const { at, milliseconds, tokens } = time;
  return html` <small class="took">at ${(at / 1000).toFixed(2)} s, ${milliseconds} ms${tokens > 0 && `, ${formatCount(tokens)} tokens`}</small>`;
}

function item(kind: string, name: Html | string, content: Html | string): Html {
  return html`<li class="turn ${kind}"><strong>${name}</strong><div class="text">${content}</div></li>`;
}
