import { canonicalJson, foreignText, html, type Html } from "../../base/index.ts";
import { said } from "../../report/index.ts";
import type { Trace } from "../../runtime/index.ts";

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
