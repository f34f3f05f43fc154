import { scaleLinear } from "d3-scale";
import { area, curveStepAfter, line } from "d3-shape";
import { html, type Html } from "../../base/index.ts";
import { formatCount, formatEstimate, formatScore, type Estimate } from "../format.ts";
import type { RunView } from "../run-view.ts";
import { axisBelow, axisLeft, chartFigure, round, whisker, type Frame } from "./chart.ts";
import { paragraph, section } from "./parts.ts";

/** Score against rollouts: the incumbent with its band, every candidate when it joined, and at the right what the sealed test said. */
export function progressSection(view: RunView): Html {
  if (view.progress.joined.length === 0)
    return section("progress", "Score against rollouts", paragraph("Nothing has been measured yet."));
  return section("progress", "Score against rollouts", progressChart(view));
}

/** Room for the sealed test beside the chart, and of it what is left of the first mark, between the marks, and from there to their names. */
const besides = { room: 128, first: 18, next: 14, name: 26 };

function progressChart(view: RunView): Html {
  const { joined, incumbents } = view.progress;
  const last = incumbents.at(-1);
  const tests = testsOf(view);
  return chartFigure({
    id: "progress-chart",
    title: "Validation score against rollouts spent",
    description: `The incumbent went from ${formatEstimate(joined[0] ?? { n: 0, score: 0, interval: [0, 1] })} to ${last === undefined ? "nothing" : `${formatEstimate(last)} (candidate #${last.candidate})`} in ${view.rollouts} rollouts. ${tests.map(({ words }) => words).join(" ")}`,
    right: tests.length > 0 ? besides.room : 0,
    draw: (frame) => drawing(view, tests, frame),
    caption: html`The line is the incumbent's mean on the validation tasks it was measured on, the band its 95 % interval; a dot is a candidate when it joined, filled where it was proven better than the incumbent of its time. Validation steers the search and proves nothing: what counts is the sealed test at the right.`,
  });
}

function drawing({ progress, rollouts }: RunView, tests: readonly TestMark[], frame: Frame): Html {
  const { joined, incumbents } = progress;
  const end = Math.max(rollouts, 1);
  const all = [...joined, ...incumbents, ...tests];
  const x = scaleLinear([0, end], [frame.left, frame.width - frame.right]).nice();
  const y = scaleLinear(
    [
      Math.max(0, Math.min(...all.map(({ interval }) => interval[0])) - 0.02),
      Math.min(1, Math.max(...all.map(({ interval }) => interval[1])) + 0.02),
    ],
    [frame.height - frame.bottom, frame.top + 8],
  );
  const last = incumbents.at(-1);
  const steps = last === undefined ? [] : [...incumbents, { ...last, rollouts: end }];
  const band = area<(typeof steps)[number]>()
    .x(({ rollouts: at }) => x(at))
    .y0(({ interval }) => y(interval[0]))
    .y1(({ interval }) => y(interval[1]))
    .curve(curveStepAfter)
    .digits(1);
  const middle = line<(typeof steps)[number]>()
    .x(({ rollouts: at }) => x(at))
    .y(({ score }) => y(score))
    .curve(curveStepAfter)
    .digits(1);
  const proven = new Set(incumbents.map(({ candidate }) => candidate));
  const dots = joined.map((point) => {
    const words = `Candidate #${point.candidate} joined after ${point.rollouts} rollouts: ${formatEstimate(point)}`;
    return html`<circle class="${proven.has(point.candidate) ? "dot proven" : "dot"}" cx="${round(x(point.rollouts))}" cy="${round(y(point.score))}" r="4"><title>${words}</title></circle>`;
  });
  return html`${axisLeft(y, frame, "score", (value) => value.toFixed(2))}${axisBelow(x, frame, "rollouts", formatCount)}
<path class="band" d="${band(steps) ?? ""}"/><path class="incumbent-line" d="${middle(steps) ?? ""}"/>${dots}
${tests.length > 0 && testDrawing(tests, (score) => y(score), frame)}`;
}

/** What the sealed test said, at the right of the chart. */
function testDrawing(tests: readonly TestMark[], y: (score: number) => number, frame: Frame): Html {
  const left = frame.width - frame.right + besides.first;
  const apart = tests.length === 2 && Math.abs(y(tests[0]?.score ?? 0) - y(tests[1]?.score ?? 0)) < 18;
  const marks = tests.map((test, index) => {
    const at = left + index * besides.next;
    const label = round(y(test.score)) + 4 + (apart ? (index === 0 ? 9 : -9) : 0);
    return html`${whisker(at, y(test.interval[0]), y(test.interval[1]), `whisker ${test.name}`)}<circle class="test ${test.name}" cx="${at}" cy="${round(y(test.score))}" r="5"><title>${test.words}</title></circle><text class="label" x="${left + besides.name}" y="${label}">${test.name} ${formatScore(test.score)}</text>`;
  });
  return html`<text class="tick" x="${left + besides.name}" y="${frame.height - frame.bottom + 18}">sealed test</text>${marks}`;
}

interface TestMark extends Estimate {
  readonly name: "seed" | "finalist";
  readonly words: string;
}

function testMark(name: TestMark["name"], test: Estimate | undefined): readonly TestMark[] {
  return test === undefined ? [] : [{ name, ...test, words: `Sealed test of the ${name}: ${formatEstimate(test)}.` }];
}

function testsOf({ seed, finalistTest }: RunView): readonly TestMark[] {
  return [testMark("seed", seed.test), testMark("finalist", finalistTest)].flat();
}
