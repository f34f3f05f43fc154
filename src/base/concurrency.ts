import pLimit from "p-limit";

/**
 * Runs `work` over `items`, at most `concurrency` at once; results keep the order of the items.
 * The first rejection aborts: no further item is started, those under way are awaited, then the error is thrown.
 */
export async function mapLimit<T, R>(
  items: readonly T[],
  concurrency: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const limit = pLimit(Math.max(1, concurrency));
  let failed = false;
  const settled = await Promise.allSettled(
    items.map((item, index) =>
      limit(async () => {
        if (failed) throw new Error("not started");
        try {
          return { value: await work(item, index) };
        } catch (error) {
          const first = !failed;
          failed = true;
          if (first) return { error };
          throw error;
        }
      }),
    ),
  );
  const results: R[] = [];
  for (const outcome of settled) {
    if (outcome.status !== "fulfilled") continue;
    if ("error" in outcome.value) throw outcome.value.error;
    results.push(outcome.value.value);
  }
  return results;
}
