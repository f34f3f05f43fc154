import { manualClock } from "../../src/base/index.ts";
import { Check, type Dataset, type Task } from "../../src/dataset/index.ts";
import { makeEvaluator, type EvaluatorParts } from "../../src/evaluate/make-evaluator.ts";
import type { Genome } from "../../src/genome/index.ts";
import type { ChatReply, ChatRequest, Provider } from "../../src/providers/index.ts";
import type { CreateTools, Tool, ToolModule, World } from "../../src/runtime/index.ts";
import { openMemoryDatabase, type Store } from "../../src/store/index.ts";
import { z } from "zod";

interface Stock extends World {
  stock(item: string): unknown;
}

/** A small tool module: a stock of items in SQLite, with one tool that reads and one that writes. */
const createTools: CreateTools = (kit) => {
  const count: Tool<Stock> = {
    name: "count",
    description: "Counts an item.",
    parameters: kit.z.object({ item: kit.z.string() }),
    effect: "read",
    run: ({ item }: { item: string }, { world }) => world.stock(item),
  };
  const discard: Tool<Stock> = { ...count, name: "discard", description: "Discards an item.", effect: "write" };
  return {
    version: "1",
    tools: [count, discard] as unknown as readonly Tool<never>[],
    createWorld: (spec): Stock => {
      const database = kit.openDatabase();
      database.exec("CREATE TABLE stock (item TEXT PRIMARY KEY, count INTEGER)");
      const { item, count: number } = spec as { item: string; count: number };
      database.prepare("INSERT INTO stock VALUES (?, ?)").run(item, number);
      return {
        stock: (name) => database.prepare("SELECT * FROM stock WHERE item = ?").get(name) ?? { error: "unknown item" },
        query: (sql) => database.prepare(sql).all() as readonly Record<string, unknown>[],
        close: () => {
          database.close();
        },
      };
    },
  };
};

export const stockTools: ToolModule = createTools({ z, openDatabase: openMemoryDatabase, worlds: {} });

const numberOf = (index: number): number => 100 + ((index * 37) % 900);

export function stockTask(index: number): Task {
  return {
    id: `task-${index}`,
    input: `How many of item-${index} are in stock?`,
    tags: [index % 2 === 0 ? "even" : "odd"],
    split: "train",
    world: { item: `item-${index}`, count: numberOf(index) },
    checks: [
      Check.parse({ type: "contains", value: `Answer: ${numberOf(index)}`, group: "answer", weight: 3 }),
      Check.parse({ type: "sql", query: "SELECT count(*) FROM stock", value: 1, group: "world" }),
    ],
  };
}

export function stockDataset(count: number): Dataset {
  return {
    name: "stock",
    description: "How many are there?",
    licence: "MIT",
    tasks: Array.from({ length: count }, (_, index) => stockTask(index)),
    customChecks: new Map(),
    folder: "",
    file: "",
  };
}

function genomeSaying(system: string): Genome {
  return { name: "clerk", genes: { system: { type: "text", value: system, max_tokens: 1500 } }, parents: [] };
}
export const careful = genomeSaying("Look up the number before you answer.");
export const hasty = genomeSaying("Answer.");

export interface Clerk extends Provider {
  /** Model calls made, by the item they are about. */
  readonly paid: Map<string, number>;
  /** Most calls under way at one time. */
  readonly most: () => number;
}

/**
 * A model that answers questions about the stock. Told to look up, it does so; else it guesses 137, which is right for one
 * item. Later items are answered sooner, so that rollouts end in another order than they began.
 */
export function makeClerk(onCall: (item: string, signal?: AbortSignal) => unknown = () => {}): Clerk {
  const paid = new Map<string, number>();
  let underWay = 0;
  let most = 0;
  return {
    name: "clerk",
    paid,
    most: () => most,
    complete: async (request, options) => {
      const item = /item-\d+/.exec(request.messages.find(({ role }) => role === "user")?.content ?? "")?.[0] ?? "";
      underWay += 1;
      most = Math.max(most, underWay);
      try {
        for (let turn = Number(item.slice(5)) % 7; turn < 7; turn++) await new Promise(setImmediate);
        await onCall(item, options?.signal);
        paid.set(item, (paid.get(item) ?? 0) + 1);
        return answer(request, item);
      } finally {
        underWay -= 1;
      }
    },
  };
}

function answer(request: ChatRequest, item: string): ChatReply {
  const usage = { inputTokens: 100, outputTokens: 10 };
  const last = request.messages.at(-1);
  const number = last?.role === "tool" ? /"count":(\d+)/.exec(last.content)?.[1] : undefined;
  const looksUp = request.messages.some(({ role, content }) => role === "system" && content.includes("Look up"));
  if (number === undefined && looksUp) {
    const call = { id: "call-1", name: "count", arguments: JSON.stringify({ item }) };
    return { content: "", toolCalls: [call], usage, finish: "tool-calls" };
  }
  return { content: `Answer: ${number ?? 137}`, toolCalls: [], usage, finish: "stop" };
}

export function evaluatorOf(store: Store, provider: Provider, change: Partial<EvaluatorParts> = {}) {
  return makeEvaluator({
    store,
    provider,
    tools: stockTools,
    customChecks: new Map(),
    clock: manualClock(),
    model: "clerk-1",
    modelIdentity: "clerk-1 at home",
    concurrency: 8,
    ...change,
  });
}
