import { html, type Html } from "../../base/index.ts";
import { formatCount, formatDifference, formatMoney, formatSeconds } from "../format.ts";
import { GAIN_NOTE, gainPer100, mostGainful } from "../operator-gain.ts";
import type { RunView } from "../run-view.ts";
import { round } from "./chart.ts";
import { dataTable, note, paragraph, section } from "./parts.ts";

/** What each operator was drawn for, what came of it, and what it took. */
export function operatorSection({ operators }: RunView): Html {
  if (operators.length === 0) return section("operators", "Operators", paragraph("No operator was drawn yet."));
  const most = Math.max(1e-9, ...operators.map(gainPer100));
  return section(
    "operators",
    "Operators",
    html`${dataTable(
      "What the operators came to",
      [
        { head: "Operator", cell: ({ operator }) => operator },
        { head: "Drawn", cell: ({ turns }) => turns, figure: true },
        { head: "Children", cell: ({ children }) => children, figure: true },
        { head: "Joined", cell: ({ accepted }) => accepted, figure: true },
        { head: "Refused", cell: ({ refused }) => refused, figure: true },
        { head: "Rollouts", cell: ({ rollouts }) => rollouts, figure: true },
        {
          head: "Gain per 100 rollouts",
          cell: (row) => html`${bar(gainPer100(row) / most)} ${formatDifference(gainPer100(row))}`,
          figure: true,
        },
      ],
      mostGainful(operators),
    )}${note(GAIN_NOTE)}`,
  );
}

/** Who spent what. */
export function moneySection({ byRole, costs, tokens, usd, rollouts }: RunView): Html {
  const { task, reflection } = byRole;
  const rows = [
    { role: "Rollouts, judges and the sealed test included", ...task, seconds: costs.task.seconds },
    { role: `Reflection: ${reflection.calls} calls`, ...reflection, seconds: costs.reflection.secondsOfCall },
  ];
  return section(
    "money",
    "Money by role",
    dataTable(
      "Tokens and money by role",
      [
        { head: "Role", cell: ({ role }) => role },
        { head: "Tokens", cell: (row) => formatCount(row.tokens), figure: true },
        {
          head: "Share of tokens",
          cell: (row) =>
            html`${bar(row.tokens / Math.max(1, tokens))} ${((100 * row.tokens) / Math.max(1, tokens)).toFixed(0)} %`,
          figure: true,
        },
        { head: "Money", cell: (row) => formatMoney(row.usd), figure: true },
        { head: "Seconds each", cell: (row) => formatSeconds(row.seconds), figure: true },
      ],
      [...rows, { role: `All, ${rollouts} rollouts`, tokens, usd, seconds: undefined }],
    ),
  );
}

/** A bar for a share in [0, 1]; the figure beside it says the same. */
function bar(share: number): Html {
  const width = round(64 * Math.min(1, Math.max(0, share)));
  return html`<svg class="bar" viewBox="0 0 64 8" width="64" height="8" aria-hidden="true"><rect class="bar-room" width="64" height="8" rx="2"/><rect class="bar-share" width="${width}" height="8" rx="2"/></svg>`;
}
