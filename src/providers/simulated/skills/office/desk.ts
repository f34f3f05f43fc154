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
  /** One call. A tool that is not offered fails without a call. */
  ask(tool: string, given: Data): Work<ToolResult>;
  /** Several calls in one round; results in call order. */
  askAll(tool: string, given: readonly Data[]): Work<readonly ToolResult[]>;
}

export function makeDesk(mind: Mind, tools: readonly ToolDefinition[]): Desk {
  const offered = new Set(tools.map(({ name }) => name));
  const unavailable: ToolResult = { value: "there is no such tool", failed: true };
  return {
    mind,
    bites: (habit, site) => mind.bites(habit, site),
    has: (tool) => offered.has(tool),
    *ask(tool, given) {
      if (!offered.has(tool)) return unavailable;
      const [result] = yield [{ name: tool, arguments: given }];
      return result ?? unavailable;
    },
    *askAll(tool, given) {
      if (!offered.has(tool) || given.length === 0) return given.map(() => unavailable);
      const results = yield given.map((one) => ({ name: tool, arguments: one }));
      return given.map((_, index) => results[index] ?? unavailable);
    },
  };
}

/** A result as a record; empty when it failed or is something else. */
export function data(result: ToolResult): Data {
  const { value, failed } = result;
  return failed || typeof value !== "object" || value === null || Array.isArray(value) ? {} : (value as Data);
}

export function text(record: Data, key: string): string {
  const value = record[key];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

export function amount(record: Data, key: string): number {
  const value = record[key];
  return typeof value === "number" ? value : 0;
}

export function rows(record: Data, key: string): readonly Data[] {
  const value = record[key];
  return Array.isArray(value)
    ? value.filter((item): item is Data => typeof item === "object" && item !== null && !Array.isArray(item))
    : [];
}
