/** The smallest and largest minibatch, and how likely one of the size should hold a task that can tell. */
interface BatchSizeOptions {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
  readonly chance?: number | undefined;
}

/**
 * The smallest minibatch, of 3 to 16 tasks, that holds a task which the parent fails with a chance of at least 80 %: on tasks that it passes
 * anyway no child can be seen to be better. `passRates` are the parent's, one a task, in [0, 1]. The largest when none reaches the chance.
 */
export function discriminatingSize(
  passRates: readonly number[],
  { least = 3, most = 16, chance = 0.8 }: BatchSizeOptions = {},
): number {
  const chances = discriminationChances(passRates, most);
  const enough = chances.findIndex((known, size) => size >= least && known >= chance);
  return Math.min(enough === -1 ? most : enough, passRates.length);
}

/**
 * By size of the batch, from 0 on, the chance that at least one of so many tasks drawn at random, none twice, is failed. One minus the mean
 * of the products of pass rates over all batches of the size, which the recurrence below builds up task by task.
 */
export function discriminationChances(passRates: readonly number[], most: number): readonly number[] {
  const largest = Math.min(most, passRates.length);
  let none = [1, ...Array<number>(largest).fill(0)];
  for (const [index, rate] of passRates.entries()) {
    const tasks = index + 1;
    none = none.map((known, size) =>
      size > tasks ? 0 : ((tasks - size) / tasks) * known + (size / tasks) * rate * (none[size - 1] ?? 0),
    );
  }
  return none.map((known) => 1 - known);
}
