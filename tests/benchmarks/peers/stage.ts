import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { serveEvaluation } from "../../../src/workbench/index.ts";
import { describeComponents } from "./arena.ts";
import { countUntil, type CallCounts, type CountedModel } from "./model-server.ts";
import { inProject } from "./project.ts";
import type { SearchRequest } from "./search.ts";

/** Where a peer searches: two endpoints and what is counted at them. */
export interface Stage {
  /** Base URL of the evaluation endpoint. */
  readonly evaluation: string;
  /** Base URL of the reflection model, ending in /v1. */
  readonly modelUrl: string;
  readonly model: CountedModel;
  readonly components: Readonly<Record<string, string>>;
  /** A folder that the peer may use. */
  readonly scratch: string;
  readonly counts: () => CallCounts;
}

/** The service that listens while `work` is done, with its URL. Rejects when it cannot listen. */
export async function whileServing<T>(
  serve: (options: { readonly signal: AbortSignal; readonly onListening: (url: string) => void }) => Promise<void>,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const listening = Promise.withResolvers<string>();
  const serving = serve({ signal: over.signal, onListening: listening.resolve });
  serving.catch(listening.reject);
  try {
    return await work(await listening.promise);
  } finally {
    over.abort();
    await serving;
  }
}

/** A project of its own behind `allele eval serve`, and the simulated model. */
export async function onProjectStage<T>(request: SearchRequest, work: (stage: Stage) => Promise<T>): Promise<T> {
  return inProject(request, ({ workbench, folder, model, modelUrl, genome }) => {
    const { dataset, concurrency } = request;
    const options = { genome, dataset, concurrency, port: 0, host: "127.0.0.1", allowTest: false };
    const scratch = join(folder, "scratch");
    mkdirSync(scratch);
    return whileServing(
      (serving) => serveEvaluation(workbench, { ...options, ...serving }),
      (evaluation) =>
        work({
          evaluation,
          modelUrl,
          model,
          components: describeComponents(request.genome),
          scratch,
          counts: () => countUntil(model.calls, Number.POSITIVE_INFINITY),
        }),
    );
  });
}
