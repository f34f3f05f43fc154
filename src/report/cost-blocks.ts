import type { Block } from "./document.ts";
import { formatCount, formatMoney, formatSeconds } from "./format.ts";
import type { RunReport } from "./run-report.ts";

/** What a rollout takes, by role; of reflection its share of all calls. */
export function costBlocks({ byRole, costs, rollouts }: RunReport): Block[] {
  const each = Math.max(1, rollouts);
  const { secondsOfCall } = costs.reflection;
  const seconds = {
    task: costs.task.seconds,
    reflection: secondsOfCall === undefined ? undefined : (byRole.reflection.calls * secondsOfCall) / each,
  };
  const inAll = { task: "", reflection: `, ${callsText(byRole.reflection.calls, secondsOfCall)}` };
  return [
    { kind: "heading", text: "Cost of a rollout" },
    {
      kind: "table",
      head: ["role", "tokens", "money", "seconds", "in all", "price"],
      rows: (["task", "reflection"] as const).map((role) => {
        const { tokens, usd } = byRole[role];
        return [
          role,
          Math.round(tokens / each),
          formatMoney(usd / each),
          formatSeconds(seconds[role]),
          `${formatCount(tokens)} tokens, ${formatMoney(usd)}${inAll[role]}`,
          costs[role].price,
        ];
      }),
    },
  ];
}

/** "task 11.8M tokens, $0; reflection 659k tokens, $0, 155 calls of 0.069 s". */
export function rolesText({ byRole, costs }: RunReport): string {
  const spent = Object.entries(byRole).map(
    ([role, { tokens, usd }]) => `${role} ${formatCount(tokens)} tokens, ${formatMoney(usd)}`,
  );
  return `${spent.join("; ")}, ${callsText(byRole.reflection.calls, costs.reflection.secondsOfCall)}`;
}

/** "41 calls of 2.3 s". */
function callsText(calls: number, seconds: number | undefined): string {
  const each = calls === 0 || seconds === undefined ? "" : ` of ${formatSeconds(seconds)} s`;
  return `${calls} call${calls === 1 ? "" : "s"}${each}`;
}
