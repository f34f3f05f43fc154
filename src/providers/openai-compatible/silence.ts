/** Ends a call in which nothing is heard for too long. The client's own timeout covers only the wait for the headers. */
export interface Silence {
  /** Aborts when the silence lasted too long, or with the caller's signal. */
  readonly signal: AbortSignal;
  /** Something came: the wait begins anew. */
  heard(): void;
  end(): void;
}

/** `limit` in milliseconds. */
export function startSilence(limit: number, caller: AbortSignal | undefined): Silence {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  if (caller?.aborted === true) abort();
  caller?.addEventListener("abort", abort, { once: true });
  const timer = setTimeout(abort, limit);
  return {
    signal: controller.signal,
    heard: () => {
      timer.refresh();
    },
    end: () => {
      clearTimeout(timer);
      caller?.removeEventListener("abort", abort);
    },
  };
}
