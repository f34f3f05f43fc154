import { expect, test } from "vitest";
import { manualClock } from "../../src/base/index.ts";
import { openSession, type HeardTurn } from "../../src/live/index.ts";
import type { ToolModule } from "../../src/runtime/index.ts";
import type { Genome } from "../../src/genome/index.ts";
import { call, scripted } from "../runtime/scripted-provider.ts";
import { makeShelf, program } from "../runtime/shelf.ts";

const genome: Genome = {
  name: "clerk",
  genes: { system: { type: "text", max_tokens: 100, value: "You keep a shelf." } },
} as unknown as Genome;

test("a shadow's tools that write are not carried out, it is told so, and what it reads is a world of its own", async () => {
  const worlds: ReturnType<typeof makeShelf>[] = [];
  const tools: ToolModule = {
    version: "1",
    tools: program().tools,
    createWorld: () => {
      const world = makeShelf();
      worlds.push(world);
      return world;
    },
  };
  const provider = () =>
    scripted([call("a", "put", { item: "cup", count: 2 })], [call("b", "count", { item: "cup" })], "Done.");
  const parts = { genome, tools, world: undefined, model: "m", limits: {}, clock: manualClock() };
  const heard: HeardTurn[] = [];
  const session = openSession({
    answering: { ...parts, provider: provider() },
    shadow: { ...parts, provider: provider() },
    hear: (turn) => heard.push(turn),
  });
  await session.ask("Put two cups there.");
  await session.finish();
  session.close();
  expect(worlds.map(({ items }) => items.get("cup"))).toEqual([2, undefined]);
  const shadow = heard.find(({ role }) => role === "shadow")?.trace?.steps.filter((step) => step.kind === "tool");
  expect(shadow?.[0]).toMatchObject({ name: "put", ok: false, result: expect.stringContaining("only looks on") });
  expect(shadow?.[1]).toMatchObject({ name: "count", ok: false, result: expect.stringContaining("no item cup") });
  const answering = heard.find(({ role }) => role === "answering")?.trace?.steps.filter((step) => step.kind === "tool");
  expect(answering?.map(({ ok }) => ok)).toEqual([true, true]);
});
