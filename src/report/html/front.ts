import { scaleLinear, scaleSqrt } from "d3-scale";
import { html, type Html } from "../../base/index.ts";
import type { FrontPoint } from "../front.ts";
import { formatCount, formatEstimate, formatMoney, formatScore } from "../format.ts";
import type { RunView } from "../run-view.ts";
import { axisBelow, axisLeft, chartFigure, round, whisker, type Frame } from "./chart.ts";
import { dataTable, estimate, paragraph, section } from "./parts.ts";

/** Quality, cost and length of every candidate, and those that no other beats in all of them. */
export function frontSection(view: RunView): Html {
  const { front } = view;
  if (front.length === 0) return section("front", "Quality, cost, length", paragraph("Nothing has been measured yet."));
  const best = front.filter(({ onFront }) => onFront).toSorted((a, b) => b.score - a.score);
  return section(
    "front",
    "Quality, cost, length",
    html`${frontChart(front, winnerOf(view))}<details><summary>The ${best.length} candidates on the front</summary>${dataTable(
      "Candidates that no other beats in score, tokens, money and length at once",
      [
        { head: "Candidate", cell: ({ candidate }) => `#${candidate}`, figure: true },
        { head: "Validation", cell: estimate, figure: true },
        { head: "Tokens a rollout", cell: ({ tokens }) => formatCount(tokens), figure: true },
        { head: "Cost a rollout", cell: ({ usd }) => formatMoney(usd), figure: true },
        { head: "Length in characters", cell: ({ length }) => length.toLocaleString("en"), figure: true },
      ],
      best,
    )}</details>`,
  );
}

function winnerOf({ candidates, winner }: RunView): number {
  return candidates.findIndex(({ genome }) => genome === winner.genome);
}

function frontChart(front: readonly FrontPoint[], winner: number): Html {
  const paid = front.some(({ usd }) => usd > 0);
  const best = front.toSorted((a, b) => b.score - a.score)[0];
  return chartFigure({
    id: "front-chart",
    title: `Validation score against ${paid ? "money" : "tokens"} a rollout`,
    description: `${front.length} candidates, ${front.filter(({ onFront }) => onFront).length} of them on the front. ${best === undefined ? "" : `The highest score is candidate #${best.candidate}'s, ${formatScore(best.score)}.`}`,
    draw: (frame) => drawing(front, winner, paid, frame),
    caption: html`Up is better, left is cheaper, a smaller circle is a shorter genome. Filled: no other candidate is at least as good in all of these and better in one; thin lines are 95 % intervals, so neighbours may be equal.`,
  });
}

/** Money where rollouts cost any, else tokens. */
function drawing(front: readonly FrontPoint[], winner: number, paid: boolean, frame: Frame): Html {
  const costOf = (point: FrontPoint): number => (paid ? point.usd : point.tokens);
  const costs = front.map(costOf);
  const x = scaleLinear(spread(costs), [frame.left, frame.width - frame.right]).nice();
  const y = scaleLinear(spread(front.flatMap(({ score, interval, onFront }) => (onFront ? [...interval] : [score]))), [
    frame.height - frame.bottom,
    frame.top + 8,
  ]).nice();
  const radius = scaleSqrt([0, Math.max(1, ...front.map(({ length }) => length))], [2, 13]);
  // The large ones first, so that none hides another.
  const points = front
    .toSorted((a, b) => b.length - a.length)
    .map((point) => {
      const [cx, cy] = [round(x(costOf(point))), round(y(point.score))];
      const words = `Candidate #${point.candidate}: ${formatEstimate(point)}, ${formatCount(point.tokens)} tokens and ${formatMoney(point.usd)} a rollout, ${point.length} characters`;
      const kind = point.onFront ? "dot proven" : "dot";
      return html`${point.onFront && whisker(cx, clampTo(y.range(), y(point.interval[0])), clampTo(y.range(), y(point.interval[1])), "whisker faint")}<circle class="${kind}" cx="${cx}" cy="${cy}" r="${round(radius(point.length))}"><title>${words}</title></circle>`;
    });
  // On top of the circles, and none on top of another: the winner's first, then from the highest score down.
  const named = front
    .filter(({ onFront, candidate }) => candidate === winner || (onFront && front.length <= 40))
    .toSorted((a, b) => Number(b.candidate === winner) - Number(a.candidate === winner) || b.score - a.score);
  const labels = named.reduce<readonly Label[]>((placed, point) => {
    const text = `#${point.candidate}${point.candidate === winner ? " winner" : ""}`;
    const [at, gap, room] = [x(costOf(point)), radius(point.length) + 4, 8 * text.length];
    const left = round(at + gap + room > frame.width ? at - gap - room : at + gap);
    const label = { text, left, right: left + room, y: round(y(point.score)) + 4 };
    return placed.some((other) => overlap(label, other)) ? placed : [...placed, label];
  }, []);
  return html`${axisLeft(y, frame, "score", (value) => value.toFixed(2))}${axisBelow(x, frame, paid ? "US dollars a rollout" : "tokens a rollout", paid ? formatMoney : formatCount)}${points}${labels.map(({ text, left, y: top }) => html`<text class="label" x="${left}" y="${top}">${text}</text>`)}`;
}

interface Label {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

function overlap(a: Label, b: Label): boolean {
  return a.left < b.right && b.left < a.right && Math.abs(a.y - b.y) < 14;
}

function spread(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = (high - low) * 0.08 || Math.max(0.05, high * 0.05);
  return [Math.max(0, low - margin), high + margin];
}

function clampTo(range: readonly number[], value: number): number {
  return Math.min(Math.max(...range), Math.max(Math.min(...range), value));
}
