/** Does one job at a time: first one whose prefix is the longest already evaluated, and of equals the one that waits longest. */
export interface PrefixQueue {
  /** `weigh` tells, when the queue chooses, how much of the job is done already. Resolves with what the job resolves with. */
  run<T>(job: { readonly weigh: () => number; readonly work: () => Promise<T> }): Promise<T>;
}

interface Waiting {
  readonly weigh: () => number;
  readonly start: () => Promise<void>;
}

export function makePrefixQueue(): PrefixQueue {
  const waiting: Waiting[] = [];
  let busy = false;
  const next = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      const weights = waiting.map(({ weigh }) => weigh());
      const [chosen] = waiting.splice(weights.indexOf(Math.max(...weights)), 1);
      await chosen?.start();
    }
    busy = false;
  };
  return {
    run: ({ weigh, work }) =>
      new Promise((resolve, reject) => {
        waiting.push({ weigh, start: () => work().then(resolve, reject) });
        // Calls of one turn of the event loop are looked at together.
        setImmediate(() => void next());
      }),
  };
}
