import { scaleLinear } from "d3-scale";
import { foreignText, html, type Html } from "../../base/index.ts";
import { EQUIVALENCE_MARGIN, type Verdict } from "../../statistics/index.ts";
import { formatDifference, formatInterval } from "../format.ts";
import { calibrationSentence, calibrationWarnings, type JudgedBy } from "../judge-calibration.ts";
import { cautionsOf } from "../one-answer.ts";
import type { RunView } from "../run-view.ts";
import { figure, round } from "./chart.ts";

/** A word and a sign for each answer: "cannot tell" and "the same" are different answers and must not look alike. */
const answers: Readonly<Record<Verdict | "none", { readonly word: string; readonly sign: string }>> = {
  better: { word: "Better", sign: "▲" },
  worse: { word: "Worse", sign: "▼" },
  same: { word: "The same", sign: "=" },
  "cannot-tell": { word: "Cannot tell", sign: "?" },
  none: { word: "No verdict", sign: "–" },
};

/** The answer to a comparison as a badge: a word with a sign, a border of its own kind, and only then a colour. */
export function verdictBadge(verdict: Verdict | undefined): Html {
  const { word, sign } = answers[verdict ?? "none"];
  return html`<span class="badge ${verdict ?? "none"}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}

/** What a report begins with: the verdict in one sentence, and the interval of the difference as a picture. */
export function verdictSection(view: RunView): Html {
  const { comparison, judge, sentence, simulated } = view;
  return html`<section id="verdict" class="verdict" aria-label="Verdict">
<p>${verdictBadge(comparison?.verdict)}</p>${lead(sentence)}
${cautionsOf(view).map((text) => html`<p class="caution">${text}</p>`)}
${simulated && simulatedNote()}
${judge !== undefined && judgeNote(judge)}
${comparison !== undefined && comparison.n > 0 && differenceChart("verdict-chart", comparison)}</section>\n`;
}

/** The sentence with its figures and what follows from them a little lighter, so that the answer is read first. */
export function lead(sentence: string): Html {
  const [, answer = sentence, figures = "", rest = ""] = /^([^(]*)(\([^)]*\)\.?)(.*)$/s.exec(sentence) ?? [];
  const unbroken = figures
    .replaceAll("95 % interval", "95\u00A0% interval")
    .replaceAll(" = ", "\u00A0=\u00A0")
    .replaceAll(" < ", "\u00A0<\u00A0");
  return html`<p class="lead">${answer}<span class="figures">${unbroken}${rest}</span></p>`;
}

export function simulatedNote(): Html {
  return html`<p class="caution">All figures here come from the <strong>simulated model</strong>: they show how the search behaves, not how a real model would score.</p>`;
}

/** How far the judge can be trusted that a model's scores come from. */
export function judgeNote({ model, calibrations }: JudgedBy): Html {
  const warnings = calibrations.flatMap(calibrationWarnings);
  return html`<p class="caution">${foreignText(calibrationSentence(model, calibrations), 1000)}${warnings.length > 0 && html` Mind: ${foreignText(warnings.join("; "), 1000)}.`}</p>`;
}

const width = 600;
const height = 92;
const margin = 16;

/** The interval of a difference on a line with zero and the range that counts as the same. */
export function differenceChart(
  id: string,
  {
    difference,
    interval,
    verdict,
    n,
  }: {
    readonly difference: number;
    readonly interval: readonly [number, number];
    readonly verdict: Verdict;
    readonly n: number;
  },
): Html {
  const [low, high] = interval;
  const reach = 1.15 * Math.max(0.05, Math.abs(low), Math.abs(high));
  const x = scaleLinear([-reach, reach], [margin, width - margin]);
  const at = (value: number): number => round(x(value));
  const ticks = x
    .ticks(6)
    .map(
      (value) =>
        html`<text class="tick" x="${at(value)}" y="${height - 8}" text-anchor="middle">${value === 0 ? "0" : formatDifference(value).replace(/0+$/, "")}</text>`,
    );
  const band = at(EQUIVALENCE_MARGIN) - at(-EQUIVALENCE_MARGIN);
  const drawing = html`<defs><pattern id="${id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch" width="2.5" height="6"/></pattern></defs>
<rect class="same-band" x="${at(-EQUIVALENCE_MARGIN)}" y="12" width="${round(band)}" height="52"/>
<line class="axis" x1="${margin}" x2="${width - margin}" y1="64" y2="64"/><line class="zero" x1="${at(0)}" x2="${at(0)}" y1="8" y2="68"/>
<rect class="interval ${verdict}" x="${at(low)}" y="28" width="${Math.max(2, round(at(high) - at(low)))}" height="16" rx="3" ${verdict === "cannot-tell" && html`fill="url(#${id}-hatch)"`}/>
<circle class="point ${verdict}" cx="${at(difference)}" cy="36" r="6"/>${ticks}`;
  const words = `${formatDifference(difference)}, 95 % interval ${formatInterval(interval, formatDifference)}, over ${n} tasks`;
  return figure({
    id,
    title: "Difference in score, with its 95 % interval",
    description: `The difference is ${words}. ${low > 0 ? "The whole interval is above zero." : high < 0 ? "The whole interval is below zero." : "The interval includes zero."}`,
    frame: { width, height },
    drawing,
    caption: html`Difference in score: left of the line worse, right of it better. The grey strip (±${EQUIVALENCE_MARGIN}) is what counts as the same; a hatched bar means that it cannot be told.`,
  });
}
