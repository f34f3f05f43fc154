import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { loadDataset, scoreOutcome, validateDataset } from "../../src/dataset/index.ts";
import { Columns } from "../../src/dataset/dataset-file.ts";
import { loadToolModule } from "../../src/evaluate/index.ts";
import { folderWith, nothingHappened } from "../dataset/support.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../docs/datasets.md"), "utf8");
const blockOf = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? `no example in ${language}`;

/** The dataset that the page writes, with its one task. */
function written(): string {
  return folderWith({
    "dataset.yaml": blockOf("yaml"),
    "tasks.jsonl": blockOf("json"),
    "tools.ts": blockOf("ts"),
  });
}

test("the example dataset is one", async () => {
  const { dataset, warnings } = await validateDataset(written());
  expect(dataset).toMatchObject({ name: "rooms", tasks: [{ id: "book-01", split: "train" }] });
  expect(warnings.join("\n")).not.toContain("book-01");
});

test("its tools work on a world of their own, and its task's checks see what they did", async () => {
  const folder = written();
  const [task] = (await loadDataset(folder)).tasks;
  const module = await loadToolModule(join(folder, "tools.ts"));
  const [world, other] = [module.createWorld(task?.world), module.createWorld(undefined)];
  const call = (name: string, args: unknown, at = world): unknown => {
    const tool = module.tools.find((one) => one.name === name);
    return tool?.run(tool.parameters.parse(args) as never, { world: at } as never);
  };
  const score = (answer: string): number =>
    scoreOutcome(task?.checks ?? [], {
      ...nothingHappened,
      answer,
      query: (sql) => world.query?.(sql) ?? [],
    }).score;
  const day = "2026-03-02";
  expect(call("room_find", { day, seats: 6 })).toEqual([{ room: "Birch", seats: 8 }]);
  expect(call("room_find", { day, seats: 6 }, other)).toHaveLength(2);
  expect(() => call("room_find", { day: "Monday", seats: 6 })).toThrow();
  expect(score("Birch is yours.")).toBe(0.5);
  expect(call("room_book", { room: "Birch", day })).toEqual({ room: "Birch", day });
  expect(() => call("room_book", { room: "Birch", day })).toThrow("Birch is taken.");
  expect(score("Birch is yours.")).toBe(1);
  world.close?.();
});

test("every column and every member of a task is on the page", () => {
  for (const column of Object.keys(Columns.shape)) expect(page, column).toContain(`\`${column}\``);
  for (const member of Object.keys(parseJson(blockOf("json")) as object)) expect(page, member).toContain(`"${member}"`);
});
