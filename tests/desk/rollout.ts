import { z } from "zod";
import { tryParseJson, type Json } from "../../src/base/index.ts";
import type { Outcome } from "../../src/dataset/index.ts";
import { openMemoryDatabase } from "../../src/store/index.ts";
import { createTools } from "../../datasets/desk/tools.ts";

export const desk = createTools({ z, openDatabase: openMemoryDatabase, worlds: {} });

interface ListedOrder {
  readonly order_id: string;
  readonly date: string;
  readonly status: string;
  readonly total: number;
  readonly currency: string;
}
interface Customer {
  readonly customer_id: string;
  readonly name: string;
  readonly email: string;
  readonly city: string;
}
interface Texts {
  readonly articles: readonly { readonly text: string }[];
  readonly notes: readonly { readonly text: string }[];
}

/** What the tools tell, as far as the tests read it. */
export interface Results {
  readonly order_lookup: ListedOrder & {
    readonly customer_id: string;
    readonly items: readonly { readonly name: string }[];
  };
  readonly order_search: { readonly pages: number; readonly total: number; readonly orders: readonly ListedOrder[] };
  readonly customer_lookup: Customer & { readonly tier: string; readonly address: string };
  readonly customer_search: { readonly total: number; readonly customers: readonly Customer[] };
  readonly product_lookup: { readonly stock: number };
  readonly payment_list: {
    readonly payments: readonly {
      readonly date: string;
      readonly amount: number;
      readonly currency: string;
      readonly status: string;
    }[];
  };
  readonly refund_quote: { readonly amount: number; readonly currency: string; readonly reasons: readonly string[] };
  readonly refund_issue: { readonly issued: boolean };
  readonly shipment_track: {
    readonly carrier: string;
    readonly tracking_number: string;
    readonly shipped: string;
    readonly delivered: string;
  };
  readonly exchange_rate: { readonly rate: number };
  readonly calculate: { readonly result: number };
  readonly days_between: { readonly days: number };
  readonly policy_search: Pick<Texts, "articles">;
  readonly note_search: Pick<Texts, "notes">;
  readonly note_add: { readonly note_id: string };
  readonly identity_verify: { readonly verified: boolean };
  readonly order_cancel: { readonly status: string };
}

/** Calls a tool as a model would, arguments as JSON. A failure is told as `error`; the other members are then missing. */
export type Ask = <Name extends keyof Results>(
  name: Name,
  given: Readonly<Record<string, Json>>,
) => Results[Name] & { readonly error?: string };

/** Lets a scripted agent work in a world, and hands what it left behind to `use` before the world is closed. */
export function runScript<T>(seed: number, script: (ask: Ask) => string, use: (outcome: Outcome) => T): T {
  const world = desk.createWorld({ seed });
  const toolCalls: Outcome["toolCalls"][number][] = [];
  const ask = (name: string, given: Readonly<Record<string, Json>>): Json => {
    const told = call(name, given, world);
    toolCalls.push({ name, arguments: given, ok: !(typeof told === "object" && told !== null && "error" in told) });
    return told;
  };
  try {
    const answer = script(ask as Ask);
    const query = world.query?.bind(world);
    return use({ answer, toolCalls, steps: toolCalls.length + 1, tokens: 0, usd: 0, milliseconds: 0, query });
  } finally {
    world.close?.();
  }
}

function call(name: string, given: Json, world: ReturnType<typeof desk.createWorld>): Json {
  const tool = desk.tools.find((candidate) => candidate.name === name);
  if (tool === undefined) throw new Error(`no tool ${name}`);
  const parsed = tool.parameters.safeParse(given);
  if (!parsed.success) return { error: parsed.error.message };
  try {
    return tryParseJson(JSON.stringify(tool.run(parsed.data as never, { world } as never))) ?? null;
  } catch (error) {
    return { error: String(error) };
  }
}
