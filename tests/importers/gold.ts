import { basename } from "node:path";
import { z } from "zod";
import { validate } from "../../src/base/index.ts";
import { Check, scoreOutcome } from "../../src/dataset/index.ts";
import type { ImportedSet, ImportedTask } from "../../src/importers/form.ts";
import { replay } from "../../src/importers/forms/replay-actions.ts";
import { forms } from "../../src/importers/index.ts";
import { readRows, type Row } from "../../src/importers/rows.ts";
import type { ToolModule } from "../../src/runtime/index.ts";
import { worlds } from "../../src/worlds/index.ts";

/** A recorded way to do a task: calls of tools, and what is said at the end. */
export interface Recorded {
  readonly task: Pick<ImportedTask, "id" | "world" | "tags"> & { readonly checks: readonly unknown[] };
  readonly actions: readonly { readonly name: string; readonly kwargs: Readonly<Record<string, string>> }[];
  readonly answer: string;
}

export interface Replayed {
  readonly score: number;
  /** Calls that failed. */
  readonly failed: readonly string[];
}

/** Carries recorded actions out in a world of their own, and scores what is left. */
export function replayed(module: ToolModule, { task, actions, answer }: Recorded): Replayed {
  const world = module.createWorld(task.world);
  try {
    const failures = replay(module.tools, world, actions);
    const calls = actions.map(({ name, kwargs }) => ({
      name,
      arguments: kwargs,
      ok: !failures.some(({ action }) => action.kwargs === kwargs),
    }));
    const checks = task.checks.map((check) => Check.parse(check));
    const outcome = { answer, toolCalls: calls, steps: 1, tokens: 0, usd: 0, milliseconds: 0 };
    const query = world.query === undefined ? undefined : (sql: string) => world.query?.(sql) ?? [];
    return {
      score: scoreOutcome(checks, { ...outcome, query }).score,
      failed: failures.map(({ action, error }) => `${action.name}: ${String(error)}`),
    };
  } finally {
    world.close?.();
  }
}

/** A solution without one of its writes, which stood at a position of the whole. */
export type Cut = Recorded & { readonly left: string; readonly whole: Recorded; readonly index: number };

/** The recorded solution with each of its writes left out in turn. */
export function withoutOneWrite(module: ToolModule, whole: Recorded): readonly Cut[] {
  const writes = new Set(module.tools.filter(({ effect }) => effect === "write").map(({ name }) => name));
  return whole.actions.flatMap(({ name }, index) =>
    writes.has(name) ? [{ ...whole, left: name, whole, index, actions: whole.actions.toSpliced(index, 1) }] : [],
  );
}

/** Why a solution leaves the same state without a write; what it does is looked at in a world of its own, by the queries of the task's checks. */
export function whyUnseen(module: ToolModule, { whole, index }: Cut): string {
  const before = stateAfter(module, whole, whole.actions.slice(0, index));
  const after = stateAfter(module, whole, whole.actions.slice(0, index + 1));
  if (after.failures > before.failures) return "the call fails, and changes nothing";
  if (after.state === before.state) return "the call works, and leaves everything as it was";
  return "another write of the solution sets the same again";
}

function stateAfter(module: ToolModule, { task }: Recorded, actions: Recorded["actions"]) {
  const world = module.createWorld(task.world);
  try {
    const failures = replay(module.tools, world, actions).length;
    const queries = task.checks.flatMap((check) => {
      const read = Check.parse(check);
      return read.type === "sql" ? [read.query] : [];
    });
    return { failures, state: JSON.stringify(queries.map((query) => world.query?.(query))) };
  } finally {
    world.close?.();
  }
}

const Actions = z.object({
  actions: z.array(z.object({ name: z.string(), kwargs: z.record(z.string(), z.json()) })),
  outputs: z.array(z.string()),
});

/** The recorded solutions of tau-bench's airline or retail, read from its folder. */
export function tauBench(
  folder: string,
  files: readonly string[],
): { module: ToolModule; recorded: readonly Recorded[] } {
  const set = read("tau-bench", [folder]);
  const module = worlds[basename(folder)]?.({ folder });
  if (module === undefined) throw new Error(`no world for ${folder}`);
  const recorded = pair(set, files).map(({ task, row }) => {
    const { actions, outputs } = validate(Actions, row.values, () => row.where);
    return { task, actions: actions as unknown as Recorded["actions"], answer: outputs.join("; ") };
  });
  return { module, recorded };
}

/** The recorded statements and answers of dbbench. */
export function dbBench(files: readonly string[]): {
  set: ImportedSet;
  module: ToolModule;
  recorded: readonly Recorded[];
} {
  const set = read("dbbench", files);
  const module = worlds["table"]?.({});
  if (module === undefined) throw new Error("no world of tables");
  const recorded = pair(set, files).map(({ task, row }) => {
    const labels = (row.values["label"] as readonly string[]).map(String);
    const writes = task.tags?.includes("write") === true;
    const answer = labels.length > 1 ? JSON.stringify(labels) : (labels[0] ?? "");
    return {
      task,
      actions: writes ? labels.map((statement) => ({ name: "sql", kwargs: { statement } })) : [],
      answer: writes ? "Done." : `Answer: ${answer}`,
    };
  });
  return { set, module, recorded };
}

function read(form: string, files: readonly string[]): ImportedSet {
  const found = forms.find(({ name }) => name === form);
  if (found === undefined) throw new Error(`no form ${form}`);
  return found.read(files, {});
}

/** Tasks with the rows they were made of. */
function pair({ tasks }: ImportedSet, files: readonly string[]): readonly { task: ImportedTask; row: Row }[] {
  const rows = new Map(files.flatMap(readRows).map((row) => [`${row.where.file}:${row.where.line}`, row]));
  return tasks.flatMap((task) => {
    const row = rows.get(`${task.where.file}:${task.where.line}`);
    return row === undefined ? [] : [{ task, row }];
  });
}
