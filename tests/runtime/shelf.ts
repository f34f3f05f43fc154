import { z } from "zod";

import type { AgentProgram, Tool, World } from "../../src/runtime/index.ts";

interface Shelf extends World {
  readonly items: Map<string, number>;
  /** What was done to it, in order, as it happened. */
  readonly log: string[];
}

/** A world of items and their number. */
export function makeShelf(): Shelf {
  return { items: new Map([["kettle", 3]]), log: [] };
}

const count: Tool<Shelf> = {
  name: "count",
  description: "Counts an item.",
  parameters: z.object({ item: z.string(), pause: z.int().default(0) }),
  effect: "read",
  run: async ({ item, pause }: { item: string; pause: number }, { world }) => {
    world.log.push(`begin ${item}`);
    for (let turn = 0; turn < pause; turn++) await Promise.resolve();
    world.log.push(`end ${item}`);
    const found = world.items.get(item);
    if (found === undefined) throw new Error(`no item ${item}`);
    return { item, count: found };
  },
};

const put: Tool<Shelf> = {
  name: "put",
  description: "Sets the number of an item.",
  parameters: z.object({ item: z.string(), count: z.int().min(0) }),
  effect: "write",
  run: async ({ item, count: number }: { item: string; count: number }, { world }) => {
    world.log.push(`begin ${item}`);
    await Promise.resolve();
    world.items.set(item, number);
    world.log.push(`end ${item}`);
  },
};

const print: Tool<Shelf> = {
  name: "print",
  description: "Prints a character many times.",
  parameters: z.object({ length: z.int() }),
  effect: "read",
  run: ({ length }: { length: number }) => "x".repeat(length),
};

const wait: Tool<Shelf> = {
  name: "wait",
  description: "Never comes back.",
  parameters: z.object({}),
  effect: "read",
  run: () => new Promise(() => {}),
};

const shelfTools = [count, put, print, wait] as unknown as readonly Tool<never>[];

export function program(change: Partial<AgentProgram> = {}): AgentProgram {
  return {
    system: "You keep a shelf.",
    demos: [],
    tools: shelfTools,
    strategy: { kind: "react", maxSteps: 8 },
    limits: {},
    model: "scripted-1",
    ...change,
  };
}
