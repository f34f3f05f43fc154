import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { AlleleError, trustedHtml, type Html } from "../base/index.ts";
import type { Workbench } from "../workbench/index.ts";
import type { Answers, Failure, Reply, Request, Surroundings } from "./aside-thread.ts";

/** Work that takes long enough to keep others waiting, done in a thread of its own: the dashboard goes on answering meanwhile. */
export interface Aside {
  /** The sections of a run's page, by their ids. Rejects with what `viewRun` throws. */
  readonly sections: (run: string, version: string) => Promise<ReadonlyMap<string, Html>>;
  /** Rejects with what `viewSteering` throws. */
  readonly steering: (run: string, version: string) => Promise<Answers["steering"]>;
  /** Rejects with what `auditDataset` throws. */
  readonly audit: (request: Request<"audit">["what"], version: string) => Promise<Answers["audit"]>;
  readonly end: () => Promise<void>;
}

/** Answers that are kept: a page that is opened again, or in a second tab, while nothing has changed. */
const most = 12;

/** The thread is started at once, since loading takes longer than most answers. `version` changes with everything an answer depends on. */
export function makeAside(workbench: Workbench): Aside {
  const kept = new Map<string, { readonly version: string; readonly answer: Promise<unknown> }>();
  const thread = makeThread(workbench);

  const once = <Kind extends keyof Answers>(
    kind: Kind,
    what: Request<Kind>["what"],
    version: string,
  ): Promise<Answers[Kind]> => {
    const key = JSON.stringify([kind, what]);
    const known = kept.get(key);
    if (known?.version === version) return known.answer as Promise<Answers[Kind]>;
    const answer = thread.ask(kind, what);
    kept.delete(key);
    kept.set(key, { version, answer });
    answer.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return answer;
  };

  return {
    sections: async (run, version) => {
      const sections = await once("sections", run, version);
      return new Map(sections.map(({ id, markup }) => [id, trustedHtml(markup)]));
    },
    steering: (run, version) => once("steering", run, version),
    audit: (request, version) => once("audit", request, version),
    end: thread.end,
  };
}

interface Thread {
  readonly ask: <Kind extends keyof Answers>(kind: Kind, what: Request<Kind>["what"]) => Promise<Answers[Kind]>;
  readonly end: () => Promise<void>;
}

/** One question after the other. A thread that broke is started anew with the next question. */
function makeThread({ root, environment }: Workbench): Thread {
  const waiting = new Map<
    number,
    { readonly done: (answer: unknown) => void; readonly fail: (error: unknown) => void }
  >();
  let count = 0;
  const failAll = (error: unknown): void => {
    for (const { fail } of waiting.values()) fail(error);
    waiting.clear();
    worker = undefined;
  };
  const start = (): Worker => {
    const surroundings: Surroundings = { root, environment: { ...environment } };
    const file = new URL(`./aside-thread${extname(import.meta.filename)}`, import.meta.url);
    const started = new Worker(file, { workerData: surroundings });
    started.on("message", ({ id, answer, failure }: Reply) => {
      const entry = waiting.get(id);
      waiting.delete(id);
      if (failure === undefined) entry?.done(answer);
      else entry?.fail(errorOf(failure));
    });
    started.on("error", failAll);
    return started;
  };
  let worker: Worker | undefined = start();
  return {
    ask: <Kind extends keyof Answers>(kind: Kind, what: Request<Kind>["what"]) =>
      new Promise<Answers[Kind]>((done, fail) => {
        count += 1;
        waiting.set(count, { done: done as (answer: unknown) => void, fail });
        worker ??= start();
        worker.postMessage({ id: count, kind, what } satisfies Request<Kind>);
      }),
    end: async () => {
      await worker?.terminate();
      failAll(new Error("the dashboard has ended"));
    },
  };
}

/** Errors lose what is Allele's own on their way between threads. */
function errorOf({ known, message }: Failure): Error {
  return known === undefined ? new Error(message) : new AlleleError({ ...known, message });
}
