import { contentHash, makeRandom, type Clock } from "../../../src/base/index.ts";
import type { ChatRequest, Provider } from "../../../src/providers/index.ts";

/** Names under which the one simulated model is served, so that its calls can be told apart. */
export type Role = "task" | "reflection";

/** A call that has ended, in milliseconds of the clock. */
export interface Call {
  readonly role: Role;
  readonly start: number;
  readonly end: number;
  readonly failed: boolean;
}

export interface CountedModel {
  readonly provider: Provider;
  /** In the order in which they ended. */
  readonly calls: readonly Call[];
  /** What was asked of the reflection model, in order. */
  readonly reflections: readonly ChatRequest[];
}

interface CountedOptions {
  /** Of the run: another one samples other replies. */
  readonly seed: number;
  /** Milliseconds that a call takes, by role. */
  readonly latency?: Readonly<Record<Role, number>> | undefined;
  readonly clock: Clock;
}

/**
 * Counts the calls of a model by role and makes them last. Whoever sends no sampling seed gets one, another one each time the same is
 * asked again: a real model at a temperature above 0 does not repeat itself either.
 */
export function countedModel(inner: Provider, { seed, latency, clock }: CountedOptions): CountedModel {
  const calls: Call[] = [];
  const reflections: ChatRequest[] = [];
  const asked = new Map<string, number>();
  const sampled = (request: ChatRequest): ChatRequest => {
    if (request.seed !== undefined) return request;
    const key = contentHash(request.messages);
    const times = asked.get(key) ?? 0;
    asked.set(key, times + 1);
    return { ...request, seed: makeRandom(`${seed}/${times}`).int(2 ** 31) };
  };
  const provider: Provider = {
    name: inner.name,
    complete: async (request, options) => {
      const role = request.model === "reflection" ? "reflection" : "task";
      if (role === "reflection") reflections.push(request);
      const start = clock.now();
      let failed = true;
      try {
        const wait = latency?.[role] ?? 0;
        if (wait > 0) await clock.sleep(wait, options?.signal);
        const reply = await inner.complete(sampled(request), options);
        failed = false;
        return reply;
      } finally {
        calls.push({ role, start, end: clock.now(), failed });
      }
    },
  };
  return { provider, calls, reflections };
}

export interface CallCounts {
  readonly task: number;
  readonly reflection: number;
  readonly failed: number;
  /** Sum of the durations of calls of the task model, in milliseconds. */
  readonly busy: number;
}

/** What had ended by a time. */
export function countUntil(calls: readonly Call[], time: number): CallCounts {
  const ended = calls.filter(({ end }) => end <= time);
  const ofTask = ended.filter(({ role }) => role === "task");
  return {
    task: ofTask.length,
    reflection: ended.length - ofTask.length,
    failed: ended.filter(({ failed }) => failed).length,
    busy: ofTask.reduce((sum, { start, end }) => sum + end - start, 0),
  };
}
