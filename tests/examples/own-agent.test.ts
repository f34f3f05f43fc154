import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { loadDataset, validateDataset } from "../../src/dataset/index.ts";
import { express, loadToolModule } from "../../src/evaluate/index.ts";
import { readGenome } from "../../src/genome/index.ts";

const example = resolve(import.meta.dirname, "../../examples/own-agent");

test("the example's dataset and genome are valid and fit together", async () => {
  const { dataset, warnings } = await validateDataset(resolve(example, "datasets/rooms"));
  expect(dataset.tasks).toHaveLength(45);
  expect(warnings.filter((warning) => warning.includes("nearly the same"))).toEqual([]);
  const tools = await loadToolModule(dataset.toolModule ?? "");
  const program = express(readGenome(resolve(example, "genomes/rooms.yaml")), tools, { model: "any" });
  expect(program.tools.map(({ name }) => name)).toEqual(["room_find", "room_book"]);
});

test("the example's tools book what is free and refuse what is not", async () => {
  const dataset = await loadDataset(resolve(example, "datasets/rooms"));
  const module = await loadToolModule(dataset.toolModule ?? "");
  const world = module.createWorld({ booked: ["Alder 2026-03-02"] });
  const run = (name: string, given: object): unknown =>
    module.tools.find((tool) => tool.name === name)?.run(given as never, { world: world as never });
  expect(run("room_find", { day: "2026-03-02", seats: 3 })).toEqual([
    { room: "Birch", seats: 8 },
    { room: "Cedar", seats: 16 },
  ]);
  expect(() => run("room_book", { room: "Alder", day: "2026-03-02" })).toThrow("booked");
  run("room_book", { room: "Birch", day: "2026-03-02" });
  expect(world.query?.("select room from bookings where by_agent = 1")).toEqual([{ room: "Birch" }]);
  world.close?.();
});

test("the example's README names files that are there", () => {
  expect(readFileSync(resolve(example, "README.md"), "utf8")).toContain("datasets/rooms/tools.ts");
});
