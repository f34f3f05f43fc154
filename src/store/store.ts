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

/** What a run came to, as lists show it. `summary` is whatever else the caller wants beside what lists filter and sort by. */
export interface RunSummaryRecord {
  readonly dataset: string;
  /** Name of the genome it evolves. */
  readonly genome: string;
  readonly seed: string;
  readonly winner: string | undefined;
  readonly verdict: string | undefined;
  readonly difference: number | undefined;
  readonly rollouts: number;
  readonly usd: number;
  readonly summary: Json;
}

/** Which runs to list. Every member that is given must hold. */
export interface RunQuery {
  readonly status?: RunStatus | undefined;
  readonly verdict?: string | undefined;
  readonly dataset?: string | undefined;
  /** Its name, or the id of a run's seed or winner. */
  readonly genome?: string | undefined;
  /** Newest, largest gain, most rollouts, most money first; names from A. Runs without a figure come last. */
  readonly order?: "started" | "gain" | "rollouts" | "usd" | "name" | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

export interface ListedRun extends Omit<RunRecord, "options"> {
  /** As it was given to `summarize`. */
  readonly summary: Json;
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

/** A rollout in the store. */
export interface StoredRollout extends RolloutRecord {
  /** When it was stored, in milliseconds since the epoch. */
  readonly at: number;
}

/** What a person said of a rollout: at least one of score, answer and comment. */
export interface RatingRecord {
  /** Numbered from 1 within the store. */
  readonly index: number;
  /** Key of the rollout. */
  readonly rollout: ContentHash;
  readonly dataset: string;
  readonly author: string;
  /** In [0, 1]. */
  readonly score: number | undefined;
  /** The answer that would have been right. */
  readonly answer: string | undefined;
  readonly comment: string;
  readonly at: number;
}

interface PaidReply {
  readonly reply: Json;
  /** From asking to the reply, retries included. */
  readonly milliseconds: number;
}

export interface PromotionRecord {
  /** Numbered from 1 within the store. */
  readonly index: number;
  readonly profile: string;
  readonly channel: string;
  readonly genome: ContentHash;
  /** The genome that was live before, if any. */
  readonly previous: ContentHash | undefined;
  /** `canary` and `shadow` try a genome beside what is live, `drop` ends that; none of the three moves the pointer. */
  readonly kind: "promote" | "rollback" | "canary" | "shadow" | "drop";
  readonly verdict: string;
  readonly evidence: Json;
  readonly reason: string;
  readonly at: number;
}

/** A live session of a trial, by who worked on it. */
export interface SessionRecord {
  /** Number of the promotion that began the trial. */
  readonly trial: number;
  readonly session: string;
  readonly arm: "incumbent" | "challenger";
  readonly genome: ContentHash;
  readonly at: number;
}

/** One question of a session, and what it came to. */
export interface SessionTurn extends Omit<SessionRecord, "genome"> {
  readonly answered: boolean;
  readonly tokens: number;
  readonly usd: number;
  /** Kept only where answers are to be compared. */
  readonly question?: string | undefined;
  readonly answer?: string | undefined;
}

/** What a person said of a session. */
export interface SessionRating extends Omit<SessionRecord, "genome"> {
  readonly author: string;
  /** In [0, 1]. */
  readonly score: number;
  readonly comment: string;
}

interface CommandRecord {
  readonly position: number;
  readonly at: number;
  readonly command: Json;
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
    /** Names alone, newest first. */
    names(): readonly string[];
    /** Names of those whose status is "running", whether or not somebody still works on them. */
    running(): readonly string[];
    /** Runs that were never summed up, or whose journal has grown since. */
    unsummarized(): readonly string[];
    /** Throws `run-missing`. */
    summarize(id: string, summary: RunSummaryRecord): void;
    /** Runs that were summed up. */
    page(query: RunQuery): readonly ListedRun[];
    /** How many a query without a limit would list. */
    count(query: RunQuery): number;
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
    get(key: ContentHash): StoredRollout | undefined;
    trace(key: ContentHash): Json | undefined;
    /** Oldest first, without traces. */
    listByGenome(genome: ContentHash): readonly RolloutRecord[];
    /** Oldest first, without traces; of one genome or of all. */
    listByTask(task: string, genome?: ContentHash): readonly StoredRollout[];
    /** The mean number at an SQLite JSON path of the rollouts, by task, over the newest 20,000; tasks without one are left out. */
    meanByTask(path: string): ReadonlyMap<string, number>;
  };
  /** Paid replies of reflection and judge models, by content of the request, so that a resumed run does not pay twice. */
  readonly replies: {
    /** The first reply of a key stays. Throws `run-missing`. */
    put(run: string, key: ContentHash, paid: PaidReply, at: number): void;
    get(run: string, key: ContentHash): Json | undefined;
    /** How long the replies of a run were waited for, in all; those from before this was kept are not counted. */
    waited(run: string): { readonly count: number; readonly milliseconds: number };
  };
  /** What people want of a run. */
  readonly steering: {
    /** Answers its place among the commands of the run, from 0. Throws `run-missing`. */
    append(run: string, command: Json, at: number): number;
    /** In the order of their places, from one on. */
    list(run: string, from?: number): readonly CommandRecord[];
  };
  /** Children that are being measured, by iteration: for people who look on, no part of the journal. */
  readonly underWay: {
    /** In place of what an earlier sitting put there. Throws `run-missing`. */
    put(run: string, iteration: number, child: Json, at: number): void;
    /** Removes those of this iteration and of all before it. */
    removeUpTo(run: string, iteration: number): void;
    list(run: string): readonly { readonly iteration: number; readonly at: number; readonly child: Json }[];
  };
  readonly promotions: {
    append(promotion: Omit<PromotionRecord, "index">): PromotionRecord;
    /** Oldest first. */
    list(profile?: string): readonly PromotionRecord[];
    /** Names of all profiles, from A. */
    profiles(): readonly string[];
    /** The last entry of a channel, whatever its kind. */
    latest(profile: string, channel: string): PromotionRecord | undefined;
    /** The entry that made live what a channel of a profile points at now. */
    current(profile: string, channel: string): PromotionRecord | undefined;
  };
  readonly testOpenings: {
    append(opening: TestOpening): void;
    list(dataset: string): readonly TestOpening[];
    count(dataset: string): number;
  };
  readonly ratings: {
    append(rating: Omit<RatingRecord, "index">): RatingRecord;
    /** Oldest first; of one dataset, of one rollout, or all. */
    list(of?: { readonly dataset: string } | { readonly rollout: ContentHash }): readonly RatingRecord[];
  };
  /** Live sessions while a challenger is tried. */
  readonly sessions: {
    /** The first record of a trial, session and arm stays. Throws where there is no such promotion. */
    put(session: SessionRecord): void;
    addTurn(turn: SessionTurn): void;
    rate(rating: SessionRating): void;
    /** All of that name, oldest trial first. */
    find(session: string): readonly SessionRecord[];
    list(trial: number): readonly SessionRecord[];
    /** Oldest first. */
    turns(trial: number): readonly SessionTurn[];
    /** Oldest first. */
    ratings(trial: number): readonly SessionRating[];
  };
  /** Groups several calls in one transaction: all or none. `work` must be synchronous. May be nested. */
  transaction<T>(work: () => T): T;
  /** A number that changes when another process, or another store of this one, has written. Costs next to nothing. */
  version(): number;
  close(): void;
}
