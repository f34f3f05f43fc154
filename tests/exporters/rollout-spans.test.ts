import { expect, test } from "vitest";
import { z } from "zod";
import { makeEventBus, manualClock } from "../../src/base/index.ts";
import { rolloutSpans } from "../../src/exporters/index.ts";
import { runAgent, type AgentEvent, type Tool } from "../../src/runtime/index.ts";
import { call, scripted } from "../runtime/scripted-provider.ts";
import { program } from "../runtime/shelf.ts";

const rollout = {
  nonce: "1",
  genome: "s256:01",
  agent: "01",
  model: "scripted-1",
  provider: "allele.scripted",
  task: "t",
  split: "train",
  repeat: 0,
  run: undefined,
  content: false,
};

test("spans have the times of the trace, also of tools that one reply called together", async () => {
  const clock = manualClock(1_790_000_000_000);
  const start = clock.now();
  const slow: Tool = {
    name: "wait",
    description: "Takes its time.",
    parameters: z.object({ milliseconds: z.int() }),
    effect: "write",
    run: ({ milliseconds }: { milliseconds: number }) => clock.advance(milliseconds),
  };
  const talking = scripted(
    [call("a", "wait", { milliseconds: 30 }), call("b", "wait", { milliseconds: 500 })],
    "Done.",
  );
  const bus = makeEventBus<AgentEvent>();
  const spans = rolloutSpans(rollout, start);
  bus.subscribe(spans.hear);
  const { times } = await runAgent(program({ tools: [slow] as unknown as readonly Tool<never>[] }), "Wait.", {
    provider: {
      ...talking,
      complete: async (...asked) => {
        clock.advance(200);
        return talking.complete(...asked);
      },
    },
    world: {},
    clock,
    bus,
  });
  const [root, ...inside] = spans.end({ score: 1 }, clock.now());
  expect(inside.map((span) => [span.start - start, span.end - span.start])).toEqual([
    [0, 200],
    [200, 30],
    [230, 500],
    [730, 200],
  ]);
  expect(times?.map(({ at, milliseconds }) => [at, milliseconds])).toEqual(
    inside.map((span) => [span.start - start, span.end - span.start]),
  );
  expect([root?.start, root?.end]).toEqual([start, clock.now()]);
});
