import type { Scored } from "../evaluate/index.ts";
import type { Evidence } from "./operator.ts";

/** Two tools that the evidence suggests are mixed up. */
export interface Confusion {
  /** Called where the other was right, and the other. */
  readonly called: string;
  readonly right: string;
  /** How strongly the evidence says so. */
  readonly weight: number;
  /** Tasks in which it was seen. */
  readonly tasks: readonly string[];
}

type Call = Extract<Scored["trace"]["steps"][number], { kind: "tool" }>;

/** Later calls than this have little to do with a failed one. */
const reach = 2;

/**
 * Pairs of the named tools that seem to be mixed up, the strongest first: a call that failed or found nothing before another tool
 * worked; a tool that the feedback names and that was not called, beside a kindred one that was; a call that led nowhere, beside a
 * kindred tool. Tools are kindred when their names share a word.
 */
export function confusions(evidence: readonly Evidence[], tools: readonly string[]): readonly Confusion[] {
  const found = new Map<string, { called: string; right: string; weight: number; tasks: Set<string> }>();
  const note = (task: string, called: string, right: string, weight: number): void => {
    if (called === right || !tools.includes(called) || !tools.includes(right)) return;
    const key = `${called} ${right}`;
    const entry = found.get(key) ?? { called, right, weight: 0, tasks: new Set() };
    entry.weight += weight * (kindred(called, right) ? 2 : 1);
    entry.tasks.add(task);
    found.set(key, entry);
  };
  for (const { task, rollout } of evidence) {
    if (rollout.state !== "scored" || rollout.score >= 1) continue;
    for (const { called, right, weight } of seenIn(rollout, tools))
      note(task.id, called, right, weight * (1 - rollout.score));
  }
  return [...found.values()]
    .map((entry) => ({ ...entry, tasks: [...entry.tasks] }))
    .toSorted((a, b) => b.weight - a.weight || (`${a.called} ${a.right}` < `${b.called} ${b.right}` ? -1 : 1));
}

function seenIn({ trace, feedback }: Scored, tools: readonly string[]): readonly Omit<Confusion, "tasks">[] {
  const calls = trace.steps.filter((step): step is Call => step.kind === "tool");
  const names = new Set(calls.map(({ name }) => name));
  const retried = calls.flatMap((call, i) => {
    if (!fruitless(call)) return [];
    const next = calls.slice(i + 1, i + 1 + reach).find((later) => later.name !== call.name && !fruitless(later));
    if (next !== undefined) return [{ called: call.name, right: next.name, weight: 1 }];
    return tools.filter((tool) => kindred(tool, call.name)).map((right) => ({ called: call.name, right, weight: 0.4 }));
  });
  const told = tools.filter((tool) => !names.has(tool) && feedback.some((line) => line.includes(tool)));
  const missed = told.flatMap((right) =>
    [...names].filter((called) => kindred(called, right)).map((called) => ({ called, right, weight: 1 })),
  );
  return [...retried, ...missed];
}

/** It failed, or it found nothing. */
function fruitless({ ok, result }: Call): boolean {
  return !ok || /"total":\s*0\b|^\s*(?:\[\s*\]|null|none)?\s*$|\bnot found\b|\bno (?:results?|matches)\b/i.test(result);
}

function kindred(a: string, b: string): boolean {
  const words = new Set(a.toLowerCase().split(/[^a-z0-9]+/));
  return (
    a !== b &&
    b
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .some((word) => word.length > 2 && words.has(word))
  );
}
