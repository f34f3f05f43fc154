/** Publish and subscribe, synchronous and in order. A listener that throws is reported and does not stop the others. */
export interface EventBus<E> {
  publish(event: E): void;
  /** Returns the function that unsubscribes. */
  subscribe(listener: (event: E) => void): () => void;
}

/** `onListenerError` receives what a listener threw; publishing goes on. */
export function makeEventBus<E>(onListenerError: (error: unknown) => void = () => {}): EventBus<E> {
  const listeners = new Set<(event: E) => void>();
  return {
    publish: (event) => {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
