import { makeSimulatedProvider, serveOpenAi } from "../providers/index.ts";
import { systemClock } from "../base/index.ts";

export interface ServeSimulatedOptions {
  readonly port: number;
  /** Milliseconds added to each call. */
  readonly latency: number;
  readonly concurrency?: number | undefined;
  /** Share of calls that fail, in [0, 1]. */
  readonly faultRate: number;
  readonly seed: number;
  /** Serves until this aborts. */
  readonly signal: AbortSignal;
  readonly onListening: (url: string) => void;
}

/** Serves the simulated model as an OpenAI-compatible endpoint on loopback. Throws `port-in-use`. */
export async function serveSimulated(options: ServeSimulatedOptions): Promise<void> {
  const { port, latency, concurrency, faultRate, seed, signal, onListening } = options;
  const provider = makeSimulatedProvider({ seed });
  const server = await serveOpenAi(provider, { port, latency, concurrency, faultRate, seed, clock: systemClock });
  onListening(server.url);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await server.close();
}
