import type { ContentHash, Json } from "../base/index.ts";
import type { Genome } from "../genome/index.ts";

export type RunStatus = "running" | "interrupted" | "finished" | "failed";

export interface RunRecord {
  /** Kebab-case name, unique: given by the user or made from the genome's name and a counter (`desk-1`). */
  readonly id: string;
  readonly status: RunStatus;
  /** The resolved, frozen options and configuration the run was started with. */
  readonly options: Json;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Numbered from 0 within its run; the journal of a run is the list of its events. */
export interface EventRecord {
  readonly index: number;
  readonly at: number;
  readonly event: Json;
}

export interface RolloutRecord {
  /** Hash of the rollout key. */
  readonly key: ContentHash;
  readonly genome: ContentHash;
  readonly task: string;
  readonly split: string;
  readonly repeat: number;
  /** The scored rollout without its trace. */
  readonly rollout: Json;
  /** Loaded only when asked for. */
  readonly trace?: Json | undefined;
}

export interface PromotionRecord {
  /** Numbered from 1 within the store. */
  readonly index: number;
  readonly profile: string;
  readonly channel: string;
  readonly genome: ContentHash;
  /** The genome that was live before, if any. */
  readonly previous: ContentHash | undefined;
  readonly kind: "promote" | "rollback";
  readonly verdict: string;
  readonly evidence: Json;
  readonly reason: string;
  readonly at: number;
}

interface TestOpening {
  readonly dataset: string;
  readonly genomes: readonly ContentHash[];
  readonly purpose: string;
  readonly at: number;
}

/**
 * Everything a workbench keeps. Synchronous; every method is one transaction, and what it wrote is on the disk when it returns.
 * Any method may throw AlleleError of kind "outside": `store-readonly`, `store-full`, `store-corrupt`, `store-busy`, `store-unwritable`.
 */
export interface Store {
  readonly runs: {
    /** Throws `run-exists`; `run-name` when the name cannot name a folder. */
    create(run: Omit<RunRecord, "status" | "updatedAt">): void;
    get(id: string): RunRecord | undefined;
    /** Newest first. */
    list(): readonly RunRecord[];
    /** Throws `run-missing`. */
    setStatus(id: string, status: RunStatus, at: number): void;
    /**
     * Takes the run, which need not exist yet; throws `run-locked` when it is held, here or by another living process.
     * Returns the release; a process that ends, however, releases too.
     */
    lock(id: string): () => void;
  };
  readonly events: {
    /** Appends in order, all or none. `index` of the first must equal the number already there. Throws `run-missing`. */
    append(run: string, events: readonly EventRecord[]): void;
    list(run: string): readonly EventRecord[];
  };
  readonly genomes: {
    put(id: ContentHash, genome: Genome, at: number): void;
    get(id: ContentHash): Genome | undefined;
    /** All whose id starts with the given text (`s256:ab12` or `ab12`). */
    find(prefix: string): readonly ContentHash[];
  };
  /** The evaluation cache. */
  readonly rollouts: {
    /** The first record of a key stays. */
    put(record: RolloutRecord, at: number): void;
    /** Without trace. */
    get(key: ContentHash): RolloutRecord | undefined;
    trace(key: ContentHash): Json | undefined;
    /** Oldest first, without traces. */
    listByGenome(genome: ContentHash): readonly RolloutRecord[];
    /** The mean number at an SQLite JSON path of the rollouts, by task, over the newest 20,000; tasks without one are left out. */
    meanByTask(path: string): ReadonlyMap<string, number>;
  };
  /** Paid replies of reflection and judge models, by content of the request, so that a resumed run does not pay twice. */
  readonly replies: {
    /** The first reply of a key stays. Throws `run-missing`. */
    put(run: string, key: ContentHash, reply: Json, at: number): void;
    get(run: string, key: ContentHash): Json | undefined;
  };
  readonly promotions: {
    append(promotion: Omit<PromotionRecord, "index">): PromotionRecord;
    /** Oldest first. */
    list(profile?: string): readonly PromotionRecord[];
    /** What a channel of a profile points at now. */
    current(profile: string, channel: string): ContentHash | undefined;
  };
  readonly testOpenings: { append(opening: TestOpening): void; list(dataset: string): readonly TestOpening[] };
  /** Groups several calls in one transaction: all or none. `work` must be synchronous. May be nested. */
  transaction<T>(work: () => T): T;
  close(): void;
}
