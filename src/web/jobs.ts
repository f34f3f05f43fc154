import { AlleleError, type Html } from "../base/index.ts";

/** Something that takes its time: it goes on while its page is closed, and its answer stays for whoever comes back. */
export interface Job {
  readonly id: string;
  readonly title: string;
  /** Where the form is that asked for it, filled in as it was. */
  readonly again: string | undefined;
  readonly state: "going" | "done" | "failed";
  /** How far it is, in a line. */
  readonly line: () => string;
  readonly answer: Html | undefined;
  readonly failure: unknown;
  /** Changes with everything above but the line. */
  readonly version: number;
}

interface JobWork {
  readonly title: string;
  readonly again?: string;
  /** The same words twice are the same job while it goes on: two tabs do not do a thing twice. */
  readonly key: string;
  readonly work: (onLive: (look: { readonly line: () => string }) => void, signal: AbortSignal) => Promise<Html>;
}

export interface Jobs {
  /** Answers the id. */
  readonly start: (work: JobWork) => string;
  /** Throws `unknown-job`. */
  readonly get: (id: string) => Job;
  readonly cancel: (id: string) => void;
  /** Gives up what is going on. */
  readonly end: () => Promise<void>;
}

/** Jobs that are kept. */
const most = 100;

/** `onEnd` is told of every job that is over: what it wrote may show on other pages. */
export function makeJobs(onEnd: () => void): Jobs {
  const jobs = new Map<string, Job & { readonly key: string }>();
  const underWay = new Map<string, { readonly stop: AbortController; readonly ended: Promise<void> }>();
  let count = 0;

  const change = (id: string, what: Partial<Job>): void => {
    const job = jobs.get(id);
    if (job !== undefined) jobs.set(id, { ...job, ...what, version: job.version + 1 });
  };

  return {
    start: ({ title, again, key, work }) => {
      const same = [...jobs.values()].find((job) => job.key === key && job.state === "going");
      if (same !== undefined) return same.id;
      count += 1;
      const id = String(count);
      jobs.set(id, {
        id,
        key,
        title,
        again,
        state: "going",
        line: () => "",
        answer: undefined,
        failure: undefined,
        version: 0,
      });
      const oldest = jobs.keys().next().value;
      if (jobs.size > most && oldest !== undefined) jobs.delete(oldest);
      const stop = new AbortController();
      const ended = work(({ line }) => change(id, { line }), stop.signal).then(
        (answer) => change(id, { state: "done", answer }),
        (failure: unknown) => change(id, { state: "failed", failure }),
      );
      underWay.set(id, { stop, ended });
      void ended.then(() => {
        underWay.delete(id);
        onEnd();
      });
      return id;
    },
    get: (id) => jobs.get(id) ?? unknownJob(id),
    cancel: (id) => underWay.get(id)?.stop.abort(),
    end: async () => {
      const all = [...underWay.values()];
      for (const { stop } of all) stop.abort();
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}

function unknownJob(id: string): never {
  throw new AlleleError({
    code: "unknown-job",
    message: `there is no job ${id}`,
    hint: "The dashboard was started anew, or the job is long over. Do it again: what was measured is kept.",
  });
}
