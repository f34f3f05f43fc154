import { join } from "node:path";
import { makeRandom, tryParseJson } from "../../src/base/index.ts";
import { loadDataset, scoreOutcome, type Outcome, type Task } from "../../src/dataset/index.ts";
import type { HabitName } from "../../src/providers/simulated/skills/habit-name.ts";
import { nextAction } from "../../src/providers/simulated/skills/drive.ts";
import { office } from "../../src/providers/simulated/skills/office/office.ts";
import type { Mind, ToolCallPlan, ToolResult } from "../../src/providers/simulated/skills/skill.ts";
import { desk } from "../desk/rollout.ts";

export const dataset = await loadDataset(join(import.meta.dirname, "../../datasets/desk"));

export const tools = desk.tools.map(({ name, description }) => ({ name, description, parameters: {} }));

export type Temper = (request: string) => Mind;

/** Minds whose habits bite exactly where `bites` says so. */
export function temper(bites: (habit: HabitName, site: string) => boolean, planned = false): Temper {
  return (request) => ({
    bites: (habit, site = "") => bites(habit, site),
    planned,
    random: (site) => makeRandom(`${request}/${site}`),
  });
}

export const perfect = temper(() => false);
export const worst = temper(() => true);

/** Lets the skill work on a request in a world with the real tools, from one model call to the next, and hands over what it left behind. */
export function work<T>(
  request: string,
  seed: number,
  temper: Temper,
  use: (outcome: Outcome) => T,
  offered = tools,
): T {
  const world = desk.createWorld({ seed });
  try {
    const mind = temper(request);
    const reading = office.read(request, offered);
    const rounds: ToolResult[][] = [];
    const toolCalls: Outcome["toolCalls"][number][] = [];
    for (let step = 1; step <= 60; step++) {
      const action =
        reading === undefined
          ? { answer: "" }
          : nextAction(office, reading, offered, mind, { request, plan: undefined, rounds });
      if ("answer" in action) {
        const query = world.query?.bind(world);
        return use({ answer: action.answer, toolCalls, steps: step, tokens: 0, usd: 0, milliseconds: 0, query });
      }
      const results = action.calls.map((call) => result(call, world));
      toolCalls.push(
        ...results.map(({ failed }, index) => ({ name: "", arguments: {}, ...action.calls[index], ok: !failed })),
      );
      rounds.push(results);
    }
    throw new Error(`no end to: ${request}`);
  } finally {
    world.close?.();
  }
}

function result(call: ToolCallPlan, world: ReturnType<typeof desk.createWorld>): ToolResult {
  const tool = desk.tools.find(({ name }) => name === call.name);
  if (tool === undefined) return { value: { error: `no tool ${call.name}` }, failed: true, call };
  const parsed = tool.parameters.safeParse(call.arguments);
  if (!parsed.success) return { value: { error: `Invalid arguments: ${parsed.error.message}` }, failed: true, call };
  try {
    const value = tryParseJson(JSON.stringify(tool.run(parsed.data as never, { world } as never))) ?? null;
    return { value, failed: false, call };
  } catch (error) {
    return { value: { error: String(error) }, failed: true, call };
  }
}

export function scoreOf(task: Task, temper: Temper): number {
  return work(task.input, seedOf(task), temper, (outcome) => scoreOutcome(task.checks, outcome).score);
}

export function seedOf({ world }: Task): number {
  return Number((world as { readonly seed: number }).seed);
}

export function meanScore(tasks: readonly Task[], temper: Temper): number {
  return tasks.reduce((sum, task) => sum + scoreOf(task, temper), 0) / tasks.length;
}
