/** How `evolve` searches here: the same for every task. */
export const search = {
  minibatch: 12,
  screen: 12,
  look: 6,
  race: 24,
  check: 6,
  confirm: 48,
  lanes: 1,
} as const;
