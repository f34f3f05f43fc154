import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { datasetHash, loadDataset, scoreOutcome, taskHash, tasksOf } from "../../src/dataset/index.ts";
import { datasetWith, folderWith, header, nothingHappened, taskLine } from "./support.ts";

describe("a dataset", () => {
  test("is read from its folder or its file", async () => {
    const more = "tools: tools.ts\nworld: { shop: small }\npolicy: policy.yaml\n";
    const folder = folderWith({
      "dataset.yaml": `${header}tasks: tasks.jsonl\n${more}`,
      "tasks.jsonl": taskLine("a", { split: "test", tags: ["x"], world: { orders: [1] } }),
      "tools.ts": "export const createTools = () => {};\n",
      "policy.yaml": "rules: []\n",
    });
    const dataset = await loadDataset(folder);
    expect(dataset).toMatchObject({
      name: "sample",
      licence: "MIT",
      toolModule: join(folder, "tools.ts"),
      policyFile: join(folder, "policy.yaml"),
      defaultWorld: { shop: "small" },
      folder,
    });
    expect(dataset.tasks).toEqual([
      {
        id: "a",
        input: "Say a.",
        checks: [{ type: "equals", value: "a", of: "answer", exact: false, weight: 1, group: "answer" }],
        tags: ["x"],
        split: "test",
        world: { orders: [1] },
      },
    ]);
    expect(await loadDataset(join(folder, "dataset.yaml"))).toEqual(dataset);
  });

  test("is the same whether its tasks are JSONL, YAML or CSV", async () => {
    const jsonl =
      '{"id": "1", "input": "Say \\"a, b\\".", "checks": [{"type": "equals", "value": "a"}], "tags": ["x", "y"], "family": "f"}\n';
    const yaml =
      '# a comment\n- id: 1\n  input: Say "a, b".\n  checks:\n    - { type: equals, value: a }\n  tags: [x, y]\n  family: f\n';
    const csv = '\ufeffid,input,expected,tags,family,note\r\n1,"Say ""a, b"".",a,x; y,f,ignored\r\n';
    const [first, ...others] = await Promise.all(
      Object.entries({ "tasks.jsonl": jsonl, "tasks.yaml": yaml, "tasks.csv": csv }).map(([name, text]) =>
        loadDataset(folderWith({ "dataset.yaml": `${header}tasks: ${name}\n`, [name]: text })),
      ),
    );
    expect(first?.tasks[0]).toMatchObject({ input: 'Say "a, b".', family: "f" });
    for (const other of others) expect(other.tasks).toEqual(first?.tasks);
  });

  test("may map the columns of a CSV file and say how answers are compared", async () => {
    const columns = "columns: { id: ticket, input: question, expected: sum, split: part }\n";
    const folder = folderWith({
      "dataset.yaml": `${header}tasks: t.csv\n${columns}check: { type: number, unit: EUR, tolerance: 0.01 }\n`,
      "t.csv": 'ticket,question,sum,part\n7,"How\nmuch?",12.5,test\n\n8,And now?,3,train\n',
    });
    const { tasks } = await loadDataset(folder);
    expect(tasks.map(({ id, input, split }) => [id, input, split])).toEqual([
      ["7", "How\nmuch?", "test"],
      ["8", "And now?", "train"],
    ]);
    expect(tasks[0]?.checks[0]).toMatchObject({ type: "number", value: 12.5, unit: "EUR" });
  });

  test("may hold whole checks and lists of values in CSV", async () => {
    const check = JSON.stringify([{ type: "regex", pattern: "a|b" }]).replaceAll('"', '""');
    const whole = folderWith({
      "dataset.yaml": `${header}tasks: t.csv\n`,
      "t.csv": `input,checks\nWhich?,"${check}"\n`,
    });
    expect((await loadDataset(whole)).tasks[0]).toMatchObject({
      id: expect.stringMatching(/^\w{12}$/),
      checks: [{ type: "regex" }],
    });
    const listed = folderWith({
      "dataset.yaml": `${header}tasks: t.csv\ncheck: { type: set }\n`,
      "t.csv": "input,expected\nWhich?,a | b\n",
    });
    expect((await loadDataset(listed)).tasks[0]?.checks[0]).toMatchObject({ type: "set", values: ["a", "b"] });
  });

  test("brings its own checks as a module, loaded with it", async () => {
    const module =
      "export const long = (outcome: { answer: string }, least: number): boolean => outcome.answer.length >= least;\n";
    const custom = { type: "custom", module: "checks.ts", name: "long", options: 3 };
    const checks = [{ type: "any", checks: [{ type: "not", check: custom }] }, custom];
    const dataset = await datasetWith(taskLine("a", { checks }), "", { "checks.ts": module });
    const score = (answer: string) =>
      scoreOutcome(dataset.tasks[0]?.checks ?? [], { ...nothingHappened, answer }, dataset.customChecks).score;
    expect([score("ab"), score("abc")]).toEqual([0.5, 0.5]);
    expect(
      scoreOutcome(dataset.tasks[0]?.checks.slice(1) ?? [], { ...nothingHappened, answer: "abc" }, dataset.customChecks)
        .score,
    ).toBe(1);
  });
});

describe("identity", () => {
  test("of a task is its input, world and checks", async () => {
    const checks = [{ type: "equals", value: "x" }];
    const lines = [
      taskLine("a", { input: "One", checks }),
      taskLine("b", { input: "One", checks: [{ ...checks[0], weight: 1 }], tags: ["t"] }),
      taskLine("c", { input: "One", checks, world: {} }),
      taskLine("d", { input: "One", checks: [{ type: "equals", value: "y" }] }),
    ];
    const [a, b, c, d] = (await datasetWith(lines.join(""))).tasks.map(taskHash);
    expect(a).toBe(b);
    expect(new Set([a, c, d]).size).toBe(3);
  });

  test("of a task changes with the module of its checks", async () => {
    const line = taskLine("a", { checks: [{ type: "custom", module: "checks.ts", name: "own" }] });
    const load = (body: string) => datasetWith(line, "", { "checks.ts": `export const own = () => ${body};\n` });
    const hashes = (await Promise.all(["1", "0", "1"].map(load))).map(({ tasks }) => tasks.map(taskHash)[0]);
    expect(hashes[0]).toBe(hashes[2]);
    expect(hashes[0]).not.toBe(hashes[1]);
  });

  test("of a dataset does not depend on the order of its tasks, but on their splits", async () => {
    const [a, b] = [taskLine("a", { split: "train" }), taskLine("b", { split: "test" })];
    const hash = datasetHash(await datasetWith(a + b));
    expect(datasetHash(await datasetWith(b + a))).toBe(hash);
    expect(datasetHash(await datasetWith(a + taskLine("b", { split: "train" })))).not.toBe(hash);
    expect(tasksOf(await datasetWith(a + b), "test").map(({ id }) => id)).toEqual(["b"]);
  });
});
