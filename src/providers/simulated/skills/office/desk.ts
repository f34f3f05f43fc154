import type { Json } from "../../../../base/index.ts";
import type { ToolDefinition } from "../../../provider.ts";
import type { HabitName } from "../habit-name.ts";
import type { Mind, ToolCallPlan, ToolResult } from "../skill.ts";

/** A part of a script: yields rounds of tool calls, comes to a T. */
export type Work<T> = Generator<readonly ToolCallPlan[], T, readonly ToolResult[]>;
export type Data = Readonly<Record<string, Json>>;

/** Thrown where the model ends its work before the end of the script, with what it says then. */
export class Ending {
  readonly answer: string;
  constructor(answer: string) {
    this.answer = answer;
  }
}

/** Somebody at work: a mind and the tools that are offered. */
export interface Desk {
  readonly mind: Mind;
  bites(habit: HabitName, site?: string): boolean;
  has(tool: string): boolean;
  /** Whether a wrong turn that led to nothing is noticed, and another way tried. */
  recovers(site: string): boolean;
  /** One call. A tool that is not offered fails without a call. */
  ask(tool: string, given: Data): Work<ToolResult>;
  /** Several calls, together when a plan tells what is to come, else three at a time; results in call order. */
  askAll(tool: string, given: readonly Data[]): Work<readonly ToolResult[]>;
}

const unavailable: ToolResult = { value: "there is no such tool", failed: true };
const atATime = 3;
/** Share of the wrong turns that are noticed by those who do not give up easily. */
const noticed = 0.5;

export function makeDesk(mind: Mind, tools: readonly ToolDefinition[]): Desk {
  const offered = new Set(tools.map(({ name }) => name));
  function* together(calls: readonly ToolCallPlan[]): Work<readonly ToolResult[]> {
    if (calls.some(({ name }) => !offered.has(name))) return calls.map(() => unavailable);
    const results = yield calls;
    return calls.map((_, index) => results[index] ?? unavailable);
  }
  return {
    mind,
    bites: (habit, site) => mind.bites(habit, site),
    has: (tool) => offered.has(tool),
    recovers: (site) =>
      !mind.bites("gives-up-on-empty", site) && mind.random(`second thoughts ${site}`).next() < noticed,
    *ask(name, given) {
      const [result = unavailable] = yield* together([{ name, arguments: given }]);
      return result;
    },
    *askAll(name, given) {
      const size = mind.planned ? given.length : atATime;
      const results: ToolResult[] = [];
      for (let start = 0; start < given.length; start += size) {
        const calls = given.slice(start, start + size).map((one) => ({ name, arguments: one }));
        results.push(...(yield* together(calls)));
      }
      return results;
    },
  };
}

/** A result as a record; empty when it failed or is something else. */
export function data({ value, failed }: ToolResult): Data {
  return failed || !isRecord(value) ? {} : value;
}

export function text(record: Data | undefined, key: string): string {
  const value = record?.[key];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

export function amount(record: Data, key: string): number {
  const value = record[key];
  return typeof value === "number" ? value : Number(typeof value === "string" ? value : 0) || 0;
}

export function rows(record: Data, key: string): readonly Data[] {
  const value = record[key];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** What a tool said when it failed, as part of a sentence. */
export function complaint({ value }: ToolResult): string {
  const said = isRecord(value) ? text(value, "error") : typeof value === "string" ? value : "";
  return said.replace(/\.$/, "") || "the system does not accept it";
}

function isRecord(value: Json | undefined): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
