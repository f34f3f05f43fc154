import type { Random } from "../base/index.ts";

/**
 * Items for arms of which only the accuracy is known: an arm passes as many of them as it did, the easiest by a difficulty that all arms
 * share and a value of its own, standard normal together and correlated by `correlation` between arms. Answers 1 and 0, arm by item.
 */
export function simulateItems(
  accuracies: readonly number[],
  items: number,
  correlation: number,
  random: Random,
): number[][] {
  return correlatedNormals(accuracies.length, items, correlation, random).map((row, arm) => {
    const passed = Math.round((accuracies[arm] ?? 0) * items);
    const order = row.map((value, item) => ({ value, item })).toSorted((a, b) => a.value - b.value);
    const correct = new Set(order.slice(0, passed).map(({ item }) => item));
    return row.map((_, item) => Number(correct.has(item)));
  });
}

/** Standard normal values, arm by item, that correlate between arms on the same item. */
export function correlatedNormals(arms: number, items: number, correlation: number, random: Random): number[][] {
  const shared = Array.from({ length: items }, () => Math.sqrt(correlation) * random.normal());
  return Array.from({ length: arms }, () =>
    shared.map((value) => value + Math.sqrt(1 - correlation) * random.normal()),
  );
}
