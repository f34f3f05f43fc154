import type { ServerResponse } from "node:http";
import { markupOf, type Clock } from "../base/index.ts";
import type { LivePart } from "./answer.ts";
import { digestOf, type Fragment } from "./fragment.ts";

/** How often changes are looked for, in milliseconds. */
const look = 100;
/** A part that took so long to make is not made again before so many times as long: looking must not slow the work. */
const patience = 8;
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

interface Watch {
  readonly listeners: Set<Listener>;
  readonly stop: () => void;
}

export function makeWatches(clock: Clock, onFault: (error: unknown) => void): Watches {
  const watches = new Map<string, Watch>();
  const ended = new AbortController();

  const start = (address: string, parts: readonly LivePart[]): Watch => {
    const stopped = new AbortController();
    const watch: Watch = { listeners: new Set(), stop: () => stopped.abort() };
    watches.set(address, watch);
    void follow(parts, watch.listeners, clock, AbortSignal.any([stopped.signal, ended.signal]), onFault);
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
  listeners: ReadonlySet<Listener>,
  clock: Clock,
  signal: AbortSignal,
  onFault: (error: unknown) => void,
): Promise<void> {
  const followed = parts.map((part): Followed => ({ part, version: undefined, due: 0, busy: false }));
  const latest = new Map<string, Fragment & { readonly digest: string }>();
  const tell = (): void => {
    for (const listener of listeners) sendNew(listener, latest, clock.now());
  };
  // A part that takes long keeps no other waiting.
  const bring = async (entry: Followed): Promise<void> => {
    entry.busy = true;
    try {
      const began = clock.now();
      const version = entry.part.version();
      if (version !== entry.version) {
        const fragments = await entry.part.render();
        for (const made of fragments) latest.set(made.id, { ...made, digest: digestOf(made.content) });
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
function sendNew(
  listener: Listener,
  latest: ReadonlyMap<string, Fragment & { readonly digest: string }>,
  now: number,
): void {
  const { response, sent } = listener;
  if (response.writableNeedDrain || response.writableEnded) return;
  for (const { id, content, digest } of latest.values()) {
    if (sent.get(id) === digest) continue;
    sent.set(id, digest);
    listener.lastWord = now;
    response.write(eventText(`${id}:${digest}`, markupOf(content)));
  }
  if (now - listener.lastWord < silence) return;
  listener.lastWord = now;
  response.write(": still here\n\n");
}

/** The id, which a browser gives back when it connects again, begins the data too: the page needs it. */
function eventText(id: string, markup: string): string {
  const data = markup.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return `id: ${id}\ndata: ${id}\n${data.join("")}\n`;
}

function splitAtColon(entry: string): [string, string] {
  const at = entry.lastIndexOf(":");
  return [entry.slice(0, at), entry.slice(at + 1)];
}
