import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { solutionOf } from "../../src/dataset/index.ts";
import { Gene, type Genome } from "../../src/genome/index.ts";
import { allOperators, independentOperators, type Operator, type Proposal } from "../../src/mutate/index.ts";
import { request, scored, task } from "./make.ts";

const genome: Genome = {
  name: "mood",
  parents: [],
  genes: Object.fromEntries(
    Object.entries({
      system: {
        type: "text",
        value: "Read the sentence, and decide whether it is {labels}. Answer with one word.",
        placeholders: ["{labels}"],
      },
      input_form: { type: "text", value: "{input}", placeholders: ["{input}"] },
      labels: { type: "labels", answers: ["positive", "negative"], value: ["positive", "negative"] },
      demos: {
        type: "demos",
        max: 2,
        value: [
          { input: "fine", output: "positive" },
          { input: "dull", output: "negative" },
        ],
      },
    }).map(([id, gene]) => [id, Gene.parse(gene)]),
  ),
};

const operator = (name: string): Operator => {
  const found = allOperators.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no operator ${name}`);
  return found;
};

async function many(name: string, gene: string, more: object = {}): Promise<readonly Proposal[]> {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed);
  return Promise.all(
    seeds.map((seed) =>
      operator(name).propose(request(gene, undefined, { parent: genome, random: makeRandom(seed), ...more })),
    ),
  );
}

const valuesOf = (proposals: readonly Proposal[], gene: string): unknown[] =>
  proposals.flatMap((proposal) => (proposal.kind === "child" ? [proposal.changes[gene]] : []));

describe("what works without a reflection model", () => {
  test("asks none", () => {
    expect(independentOperators.every(({ reflects }) => !reflects)).toBe(true);
    expect(independentOperators.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "phrase-edit",
        "label-wording",
        "labelled-demos",
        "bootstrap-demos",
        "demo-order",
        "answer-form",
        "step",
      ]),
    );
  });

  test("phrases are taken out, exchanged, said otherwise and added, and placeholders stay", async () => {
    const values = valuesOf(await many("phrase-edit", "system"), "system") as string[];
    expect(new Set(values).size).toBeGreaterThan(15);
    for (const value of values) expect(value).toContain("{labels}");
    expect(values).toContain("Read the sentence, and decide Answer with one word. whether it is {labels}.");
    for (const value of values) expect(value).not.toMatch(/\.\p{L}/u);
    const before = "Read the sentence, and decide whether it is {labels}. Answer with one word.";
    expect(values.some((value) => value.length < before.length)).toBe(true);
    expect(values.some((value) => value.startsWith(before) && value.length > before.length)).toBe(true);
    expect(values.some((value) => /Reply with|Respond with|Examine the|Consider the|Look at the/.test(value))).toBe(
      true,
    );
  });

  test("answers are worded otherwise, each unlike the others", async () => {
    const values = valuesOf(await many("label-wording", "labels"), "labels") as string[][];
    expect(values.map(String)).toEqual(expect.arrayContaining(["POSITIVE,NEGATIVE", "A,B", "1,2"]));
    expect(values.some((value) => value[0] === "good" && value[1] === "negative")).toBe(true);
    for (const value of values) expect(new Set(value.map((word) => word.toLowerCase())).size).toBe(2);
  });

  test("a failed task becomes an example with its right answer; a solved one does not, nor one without", async () => {
    const evidence = [
      { task: task("a", "awful"), rollout: scored("a", 0), solution: "negative" },
      { task: task("b", "lovely"), rollout: scored("b", 1), solution: "positive" },
      { task: task("c", "odd"), rollout: scored("c", 0) },
    ];
    const values = valuesOf(await many("labelled-demos", "demos", { evidence }), "demos") as {
      input: string;
      output: string;
    }[][];
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) {
      expect(value).toHaveLength(2);
      expect(value).toContainEqual({ input: "awful", output: "negative" });
    }
    const none = await many("labelled-demos", "demos", { evidence: evidence.slice(1) });
    expect(none.every(({ kind }) => kind === "nothing")).toBe(true);
  });

  test("a set of examples is drawn anew, as many of every answer as can be, all different", async () => {
    const evidence = ["awful", "bad", "grim", "lovely"].map((input, i) => ({
      task: task(input, input),
      rollout: scored(input, i % 2),
      solution: i < 3 ? "negative" : "positive",
    }));
    const values = valuesOf(await many("demo-set", "demos", { evidence }), "demos") as {
      input: string;
      output: string;
    }[][];
    expect(new Set(values.map(({ length }) => length))).toEqual(new Set([1, 2]));
    const pairs = values.filter(({ length }) => length === 2);
    for (const [first, second] of pairs) expect(first?.input).not.toBe(second?.input);
    const mixed = pairs.filter(([first, second]) => first?.output !== second?.output);
    // By chance alone it would be half of them.
    expect(mixed.length / pairs.length).toBeGreaterThan(0.6);
    const one = await many("demo-set", "demos", { evidence: evidence.slice(3) });
    expect(one.every(({ kind }) => kind === "nothing")).toBe(true);
  });

  test("examples change their order and nothing else", async () => {
    const values = valuesOf(await many("demo-order", "demos"), "demos") as { input: string }[][];
    for (const value of values) expect(value.map(({ input }) => input)).toEqual(["dull", "fine"]);
  });

  test("a task is put in another form that still holds it", async () => {
    const values = valuesOf(await many("answer-form", "input_form"), "input_form") as string[];
    expect(new Set(values).size).toBeGreaterThan(4);
    for (const value of values) expect(value).toContain("{input}");
    expect((await many("answer-form", "system")).every(({ kind }) => kind === "nothing")).toBe(true);
  });
});

test("the right answer of a task is what its only check of the answer names", () => {
  const check = (more: object): never => ({ weight: 1, group: "answer", ...more }) as never;
  const of = (...checks: never[]): string | undefined => solutionOf({ ...task("a"), checks });
  expect(of(check({ type: "label", value: "spam", labels: ["spam", "ham"] }))).toBe("spam");
  expect(of(check({ type: "equals", value: ["same", "yes"] }), check({ type: "limit" }))).toBe("same");
  expect(of(check({ type: "equals", value: "a" }), check({ type: "equals", value: "b" }))).toBeUndefined();
  expect(of(check({ type: "contains", value: "a" }))).toBeUndefined();
  const either = check({
    type: "any",
    checks: [check({ type: "regex", pattern: "x" }), check({ type: "equals", value: "b" })],
  });
  expect(of(either)).toBe("b");
  expect(of(either, check({ type: "equals", value: "c" }))).toBeUndefined();
});
