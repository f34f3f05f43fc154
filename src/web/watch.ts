import type { ServerResponse } from "node:http";
import { markupOf, type Clock } from "../base/index.ts";
import type { LivePart } from "./answer.ts";
import { digestOf } from "./fragment.ts";

/** How often changes are looked for, in milliseconds. */
const look = 50;
/** A part that took so long to make is not made again before so many times as long: looking must not slow the work. */
const patience = 8;
/** Fragments of more characters are named when they change, and asked for by pages that show them: a browser takes long to put them in. */
const large = 16_000;
/** A word now and then keeps connections open, and tells of those that are gone. */
const silence = 15_000;

/** Keeps pages up to date. One look serves everybody who looks at the same address. */
export interface Watches {
  /** Sends what is new to `response` until it closes. `have` are digests of fragments that the page shows. */
  readonly join: (
    address: string,
    parts: readonly LivePart[],
    response: ServerResponse,
    have: readonly string[],
  ) => void;
  /** A fragment as it was last told of at an address that is looked at, in the form in which it is sent; undefined where there is none. */
  readonly latest: (address: string, id: string) => string | undefined;
  /** How many addresses are looked at. */
  readonly count: () => number;
  readonly end: () => void;
}

interface Listener {
  readonly response: ServerResponse;
  /** Digest of each fragment that was sent, by id. */
  readonly sent: Map<string, string>;
  lastWord: number;
}

/** A fragment with what tells its content from any other. */
interface Made {
  readonly id: string;
  readonly digest: string;
  readonly markup: string;
}

interface Watch {
  readonly listeners: Set<Listener>;
  readonly made: Map<string, Made>;
  readonly stop: () => void;
}

export function makeWatches(clock: Clock, onFault: (error: unknown) => void): Watches {
  const watches = new Map<string, Watch>();
  const ended = new AbortController();

  const start = (address: string, parts: readonly LivePart[]): Watch => {
    const stopped = new AbortController();
    const watch: Watch = { listeners: new Set(), made: new Map(), stop: () => stopped.abort() };
    watches.set(address, watch);
    void follow(parts, watch, clock, AbortSignal.any([stopped.signal, ended.signal]), onFault);
    return watch;
  };

  return {
    join: (address, parts, response, have) => {
      const watch = watches.get(address) ?? start(address, parts);
      const listener: Listener = {
        response,
        sent: new Map(have.map((entry) => splitAtColon(entry))),
        lastWord: clock.now(),
      };
      watch.listeners.add(listener);
      response.once("close", () => {
        watch.listeners.delete(listener);
        if (watch.listeners.size > 0) return;
        watch.stop();
        if (watches.get(address) === watch) watches.delete(address);
      });
    },
    latest: (address, id) => {
      const made = watches.get(address)?.made.get(id);
      return made === undefined ? undefined : textOf(made);
    },
    count: () => watches.size,
    end: () => {
      ended.abort();
      for (const { listeners } of watches.values()) for (const { response } of listeners) response.end();
    },
  };
}

/** Looks for changes until the signal aborts, and sends each listener what it has not got. */
async function follow(
  parts: readonly LivePart[],
  { listeners, made }: Pick<Watch, "listeners" | "made">,
  clock: Clock,
  signal: AbortSignal,
  onFault: (error: unknown) => void,
): Promise<void> {
  const followed = parts.map((part): Followed => ({ part, version: undefined, due: 0, busy: false }));
  const tell = (): void => {
    for (const listener of listeners) sendNew(listener, made, clock.now());
  };
  // A part that takes long keeps no other waiting.
  const bring = async (entry: Followed): Promise<void> => {
    entry.busy = true;
    try {
      const began = clock.now();
      const version = entry.part.version();
      if (version !== entry.version) {
        const fragments = await entry.part.render();
        for (const { id, content } of fragments)
          made.set(id, { id, digest: digestOf(content), markup: markupOf(content) });
        entry.version = version;
        entry.due = clock.now() + patience * (clock.now() - began);
        tell();
      }
    } catch (error) {
      if (!signal.aborted) onFault(error);
      entry.due = clock.now() + silence;
    } finally {
      entry.busy = false;
    }
  };
  while (!signal.aborted) {
    for (const entry of followed) if (!entry.busy && clock.now() >= entry.due) void bring(entry);
    tell();
    await clock.sleep(look, signal).catch(() => {});
  }
}

/** A part that somebody looks at. */
interface Followed {
  readonly part: LivePart;
  version: number | string | undefined;
  /** Not to be looked at before. */
  due: number;
  busy: boolean;
}

/** Who does not keep up with reading is sent nothing until it has; then the newest, not all that was between. */
function sendNew(listener: Listener, made: ReadonlyMap<string, Made>, now: number): void {
  const { response, sent } = listener;
  if (response.writableNeedDrain || response.writableEnded) return;
  for (const fragment of made.values()) {
    const { id, digest, markup } = fragment;
    if (sent.get(id) === digest) continue;
    sent.set(id, digest);
    listener.lastWord = now;
    response.write(
      markup.length > large ? eventText("changed", `${id}:${digest}`) : eventText("message", textOf(fragment)),
    );
  }
  if (now - listener.lastWord < silence) return;
  listener.lastWord = now;
  response.write(": still here\n\n");
}

/** The first line names the fragment and its content's digest. */
function textOf({ id, digest, markup }: Made): string {
  return `${id}:${digest}\n${markup}`;
}

function eventText(kind: "message" | "changed", text: string): string {
  const data = text.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return `event: ${kind}\n${data.join("")}\n`;
}

function splitAtColon(entry: string): [string, string] {
  const at = entry.lastIndexOf(":");
  return [entry.slice(0, at), entry.slice(at + 1)];
}
