import type { Database } from "better-sqlite3";
import type { z } from "zod";
import type { Json } from "../base/index.ts";
import type { Tool, World } from "./tool.ts";

/** What Allele hands to a dataset's tool module, so that the module needs no imports of its own. */
export interface ToolKit {
  readonly z: typeof z;
  /** A fresh in-memory SQLite database: empty, or a copy of one that `serialize()` gave, which is many times faster than filling it. */
  readonly openDatabase: (serialized?: Uint8Array) => Database;
  /** Worlds that come with Allele, by name; see docs/real-data.md. */
  readonly worlds: Readonly<Record<string, WorldMaker>>;
}

/** Makes the tools of a world that comes with Allele. Throws when it cannot use the options. */
export type WorldMaker = (options: Readonly<Record<string, Json>>) => ToolModule;

/** The tools of a dataset and the world they work on. */
export interface ToolModule {
  /** Changes whenever tools or world change behaviour: part of the cache key. */
  readonly version: string;
  readonly tools: readonly Tool<never>[];
  /** Makes one isolated world from a task's `world` member (or the dataset's default). */
  createWorld(spec: Json | undefined): World;
}

/** A dataset's `tools.ts` exports `createTools` of this type. */
export type CreateTools = (kit: ToolKit) => ToolModule;
