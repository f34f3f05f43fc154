import type { Random } from "../base/index.ts";

/**
 * The minibatch of an iteration: training tasks are shuffled anew for every epoch and handed out in turn, so that each is
 * seen once before any is seen again. The last minibatch of an epoch is filled up from its beginning.
 */
export function minibatchOf<T>(tasks: readonly T[], size: number, iteration: number, random: Random): readonly T[] {
  const batch = Math.min(size, tasks.length);
  const perEpoch = Math.ceil(tasks.length / batch);
  const order = random.fork(`epoch-${Math.floor(iteration / perEpoch)}`).shuffle(tasks);
  const start = (iteration % perEpoch) * batch;
  return [...order, ...order].slice(start, start + batch);
}
