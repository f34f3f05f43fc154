import type { Store } from "../store/index.ts";

/** The same store, reading a journal only the first time that it is asked for: a view is of one moment, and a journal may be long. */
export function journalReadOnce(store: Store): Store {
  const known = new Map<string, ReturnType<Store["events"]["list"]>>();
  const list: Store["events"]["list"] = (run) => {
    const found = known.get(run) ?? store.events.list(run);
    known.set(run, found);
    return found;
  };
  return { ...store, events: { ...store.events, list } };
}
