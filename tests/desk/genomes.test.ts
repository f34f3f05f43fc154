import { join } from "node:path";
import { expect, test } from "vitest";
import { checkAgainstTools, readGenome } from "../../src/genome/index.ts";
import { desk } from "./rollout.ts";

const folder = join(import.meta.dirname, "../../genomes");
const seed = readGenome(join(folder, "desk-seed.yaml"));
const reference = readGenome(join(folder, "desk-reference.yaml"));
const names = desk.tools.map(({ name }) => name);

test("both genomes of desk speak only of tools that exist and use all of them", () => {
  for (const genome of [seed, reference]) {
    checkAgainstTools(genome, names);
    const { tools } = genome.genes;
    expect(tools?.type === "set" && new Set(tools.value)).toEqual(new Set(names));
  }
});

test("the seed tells of its tools only what they tell of themselves", () => {
  const told = Object.entries(seed.genes).flatMap(([id, gene]) =>
    gene.type === "tool" ? [[id.slice("tool.".length), gene.value.summary] as const] : [],
  );
  const own = new Map(desk.tools.map(({ name, description }) => [name, description]));
  expect(told.length).toBeGreaterThan(8);
  expect(told.filter(([name, summary]) => own.get(name) !== summary)).toEqual([]);
});

test("every example in the reference's tool genes is a call its tool accepts", () => {
  const examples = Object.entries(reference.genes).flatMap(([id, gene]) =>
    gene.type === "tool" ? gene.value.examples.map((example) => [id.slice("tool.".length), example] as const) : [],
  );
  expect(examples.length).toBeGreaterThan(12);
  const refused = examples.filter(([name, example]) => {
    const tool = desk.tools.find((candidate) => candidate.name === name);
    return tool?.parameters.safeParse(JSON.parse(example)).success !== true;
  });
  expect(refused).toEqual([]);
});

test("seed and reference have the same genes, so that each can be carried over by itself", () => {
  const types = (genome: typeof seed): object =>
    Object.fromEntries(Object.entries(genome.genes).map(([id, gene]) => [id, gene.type]));
  expect(types(seed)).toEqual(types(reference));
});
