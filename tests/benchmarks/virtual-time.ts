/** Time that stands still while the program computes, and jumps to the next sleeper when everybody waits. */
export interface VirtualTime {
  /** Milliseconds since the beginning. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/**
 * What a search would take whose own work costs nothing: the same on any machine, however busy. For code that waits for nothing but promises and
 * this time; it must not wait for the disk or the network.
 */
export function makeVirtualTime(): VirtualTime {
  const sleepers: { readonly at: number; readonly order: number; readonly wake: () => void }[] = [];
  let now = 0;
  let order = 0;
  let isTurning = false;
  const turn = (): void => {
    // Whoever was woken has come to its next wait by now.
    const next = sleepers.toSorted((a, b) => a.at - b.at || a.order - b.order)[0];
    isTurning = next !== undefined;
    if (next === undefined) return;
    sleepers.splice(sleepers.indexOf(next), 1);
    now = next.at;
    next.wake();
    setImmediate(turn);
  };
  return {
    now: () => now,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ at: now + milliseconds, order: order++, wake });
        if (isTurning) return;
        isTurning = true;
        setImmediate(turn);
      }),
  };
}
