import { scaleLinear } from "d3-scale";
import { html, type Html } from "../../base/index.ts";
import { EQUIVALENCE_MARGIN } from "../../statistics/index.ts";
import { formatDifference, formatInterval, formatP, shortId } from "../format.ts";
import { trendNotes, trendSentence, type TrendStep, type TrendVersion, type TrendView } from "../trend.ts";
import { axisLeft, chartFigure, round, whisker, type Frame } from "./chart.ts";
import { documentOf } from "./page.ts";
import { dataTable, estimate, genomeName, note, said, section } from "./parts.ts";
import { lead, simulatedNote, verdictBadge } from "./verdict.ts";

/** The history of a genome as one file that opens from disk. */
export function trendPage(view: TrendView): string {
  const { label, dataset, split, model, simulated, versions } = view;
  const last = versions.findLast(({ gain }) => gain !== undefined);
  return documentOf(
    `Versions of ${label} on ${dataset}`,
    html`<header><h1>Versions of ${said(label, 80)} on ${said(dataset)}, ${split} tasks <small>${said(model)}</small></h1></header>
<main id="main"><section id="verdict" class="verdict" aria-label="Verdict"><p>${verdictBadge(last?.gain?.verdict)}</p>${lead(trendSentence(view))}
${simulated && simulatedNote()}${trendNotes(view).map((text) => note(text))}</section>
${last !== undefined && section("trend", "Gain over the first version", trendChart(view))}
${section("versions", "Versions", versionTable(view))}</main>`,
  );
}

/** Room for the name of a version below the chart; where there are more versions than fit, evenly chosen ones are named. */
const nameRoom = 70;

function trendChart({ base, versions }: TrendView): Html {
  const points = versions.filter(({ genome, gain }) => genome === base || gain !== undefined);
  return chartFigure({
    id: "trend-chart",
    title: "Gain over the first version, with 95 % intervals",
    description: `${points.length} versions, the oldest at the left. The table below has every figure.`,
    draw: (frame) => drawing(points, frame),
    caption: html`From the oldest version to the newest. Lines are 95 % intervals of paired differences, filled is the first and what is proven better than it, the grey strip (±${EQUIVALENCE_MARGIN}) counts as the same. The number of tasks differs from version to version: the table has it.`,
  });
}

function drawing(points: readonly TrendVersion[], frame: Frame): Html {
  const ends = points.flatMap(({ gain }) => (gain === undefined ? [] : [...gain.interval]));
  const y = scaleLinear(
    [Math.min(-EQUIVALENCE_MARGIN, ...ends) - 0.01, Math.max(EQUIVALENCE_MARGIN, ...ends) + 0.01],
    [frame.height - frame.bottom, frame.top + 8],
  ).nice();
  const width = frame.width - frame.left - frame.right;
  const x = scaleLinear([-0.5, points.length - 0.5], [frame.left, frame.left + width]);
  const every = Math.ceil(points.length / Math.round(width / nameRoom));
  const marks = points.map(({ genome, gain }, index) => {
    const [cx, cy] = [round(x(index)), round(y(gain?.difference ?? 0))];
    const proven = gain === undefined || gain.verdict === "better";
    const words = gain === undefined ? "the first version that was measured" : stepWords(gain);
    return html`${gain !== undefined && whisker(cx, y(gain.interval[0]), y(gain.interval[1]), "whisker")}<circle class="${proven ? "dot proven" : "dot"}" cx="${cx}" cy="${cy}" r="5"><title>${shortId(genome)}: ${words}</title></circle>${index % every === 0 && html`<text class="tick" x="${cx}" y="${frame.height - frame.bottom + 18}" text-anchor="middle">${shortId(genome).slice(0, 6)}</text>`}`;
  });
  const [top, bottom] = [round(y(EQUIVALENCE_MARGIN)), round(y(-EQUIVALENCE_MARGIN))];
  return html`<rect class="same-band" x="${frame.left}" y="${top}" width="${width}" height="${bottom - top}"/>
${axisLeft(y, frame, "gain in score", formatDifference)}<line class="zero" x1="${frame.left}" x2="${frame.left + width}" y1="${round(y(0))}" y2="${round(y(0))}"/>${marks}`;
}

function versionTable({ base, versions }: TrendView): Html {
  return dataTable<TrendVersion>(
    "Every version, the oldest first",
    [
      { head: "Version", cell: ({ genome }) => genomeName(genome) },
      { head: "Changed", cell: ({ changed }) => (changed.length === 0 ? "–" : said(changed.join(", "), 120)) },
      {
        head: "Own score",
        cell: ({ score }) => (score === undefined ? "not measured" : estimate(score)),
        figure: true,
      },
      {
        head: "Gain over the first",
        cell: ({ genome, gain }) => (gain === undefined ? (genome === base ? "the first" : "–") : stepFigures(gain)),
        figure: true,
      },
      { head: "p (Holm)", cell: ({ gain }) => (gain === undefined ? "–" : formatP(gain.p)), figure: true },
      { head: "Verdict", cell: ({ gain }) => (gain === undefined ? "–" : verdictBadge(gain.verdict)) },
      {
        head: "Fixed, broken",
        cell: ({ gain }) => (gain === undefined ? "–" : `${gain.fixed.length}, ${gain.broken.length}`),
        figure: true,
      },
      {
        head: "Against its ancestor",
        cell: ({ step }) => (step === undefined ? "–" : stepFigures(step)),
        figure: true,
      },
    ],
    versions,
  );
}

function stepFigures({ difference, interval, n }: TrendStep): Html {
  return html`<span class="estimate">${formatDifference(difference)} <small>${formatInterval(interval, formatDifference)} n=${n}</small></span>`;
}

function stepWords({ difference, interval, n }: TrendStep): string {
  return `${formatDifference(difference)}, 95 % interval ${formatInterval(interval, formatDifference)}, over ${n} tasks`;
}
