/**
 * Runs work that must be done within so many milliseconds (no bound when undefined). At the deadline, or when `signal` aborts,
 * the signal handed to `work` aborts; at the deadline this also resolves with "late" at once, even if the work does not listen.
 */
export async function withDeadline<T>(
  milliseconds: number | undefined,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T | "late"> {
  if (milliseconds === undefined) return work(signal);
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal?.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => {
      resolve("late");
      controller.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
