/**
 * Prints the figures that the simulated model was fitted to and its own, side by side, as docs/simulated-model.md quotes them.
 * Usage: node tests/benchmarks/fit-simulated.ts FOLDER, the folder that holds the recorded runs.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseJson } from "../../src/base/index.ts";
import { makeSimulatedProvider } from "../../src/providers/index.ts";
import { mean, measure, referenceGenome, seedGenome, type Measured } from "./desk-laboratory.ts";
import { childGains } from "./reflection-gains.ts";
import { tetrachoric } from "./tetrachoric.ts";

const folder = process.argv[2];
if (folder === undefined) throw new Error("name the folder that holds the recorded runs");

interface Matrix {
  readonly task: string;
  readonly arms: readonly { readonly id: string }[];
  readonly rows: readonly string[];
}

const read = (...path: string[]): unknown => parseJson(readFileSync(join(folder, ...path), "utf8"));
const unzip = (...path: string[]): unknown =>
  parseJson(gunzipSync(readFileSync(join(folder, ...path))).toString("utf8"));

console.log("## Correlation of correctness between prompts (tetrachoric)");
for (const set of ["replay-gepa-prompts", "replay-scaffolds"]) {
  const matrices = unzip(set, "matrices.json.gz") as readonly Matrix[];
  const values = matrices.flatMap(({ rows }) =>
    rows.flatMap((a, i) => rows.slice(i + 1).map((b) => tetrachoric(digits(a), digits(b)))),
  );
  console.log(`${set}: ${described(values.filter((value) => value !== undefined))}`);
}
console.log(`replay-capo, blocks of 30: ${described(blockCorrelations())}`);

console.log("\n## The simulated model on desk");
const provider = makeSimulatedProvider({ seed: 0 });
const variants = await promptVariants();
const own = variants.flatMap((a, i) =>
  variants.slice(i + 1).map((b) => tetrachoric(a.scores.map(solved), b.scores.map(solved))),
);
console.log(`pairs of prompts: ${described(own.filter((value) => value !== undefined))}`);

console.log("\n## Child minus parent on validation");
const trees = Object.values(read("gepa-trees", "trees.json") as Record<string, Tree>);
console.log(`recorded, children of the seed: ${quantiles(trees.flatMap((tree) => differences(tree, true)))}`);
console.log(`recorded, later children: ${quantiles(trees.flatMap((tree) => differences(tree, false)))}`);
const gains = await childGains(provider, { proposals: 400, minibatch: 3 });
for (const first of [true, false]) {
  const prompts = gains.filter((one) => one.passed && one.first === first && !one.gene.startsWith("tool."));
  console.log(
    `simulated, accepted prompts, ${first ? "children of the seed" : "later children"}: ${quantiles(prompts.map(({ gain }) => gain))}`,
  );
}
const tools = gains.filter(({ gene, passed }) => passed && gene.startsWith("tool."));
console.log(`simulated, accepted tool genes: ${quantiles(tools.map(({ gain }) => gain))}`);

interface Tree {
  readonly scores: Readonly<Record<string, number>>;
  readonly parents: Readonly<Record<string, readonly number[]>>;
}

/** Scores of candidates less those of their better parent, as shares; of the children of the seed, or of the others. */
function differences({ scores, parents }: Tree, first: boolean): readonly number[] {
  return Object.entries(parents)
    .filter(([, from]) => from.every((parent) => parent === 0) === first)
    .map(([child, from]) => ((scores[child] ?? 0) - Math.max(...from.map((parent) => scores[parent] ?? 0))) / 100);
}

/**
 * Correlation of two prompts' scores over the blocks of one pool, with the noise of 30 binary items taken out: what is left is
 * the share of a block's difficulty that is the same for both, on the scale of block means.
 */
function blockCorrelations(): readonly number[] {
  const pools = unzip("replay-capo", "pools.json.gz") as readonly {
    readonly prompts: readonly { readonly blocks: readonly number[] }[];
  }[];
  return pools.flatMap(({ prompts }) =>
    prompts.flatMap((a, i) => prompts.slice(i + 1, i + 6).map((b) => correlation(a.blocks, b.blocks))),
  );
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const sum = (f: (x: number, y: number) => number): number =>
    a.reduce((total, x, i) => total + f(x - ma, (b[i] ?? 0) - mb), 0);
  const scale = Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y));
  return scale === 0 ? 0 : sum((x, y) => x * y) / scale;
}

/** The seed, the reference and mixtures of them, as unlike as prompts of an optimization are. */
async function promptVariants(): Promise<readonly Measured[]> {
  const groups = [["system"], ["rules"], ["answer_format"], ["system", "answer_format"], ["rules", "demos"]];
  const mixed = groups.map((ids) => ({
    ...seedGenome,
    genes: { ...seedGenome.genes, ...Object.fromEntries(ids.map((id) => [id, referenceGenome.genes[id] as never])) },
  }));
  const results: Measured[] = [];
  for (const genome of [seedGenome, ...mixed]) results.push(await measure(provider, genome, "validation"));
  return results;
}

function solved(score: number): boolean {
  return score >= 0.75;
}

function digits(row: string): readonly boolean[] {
  return Array.from(row, (character) => character === "1");
}

function quantiles(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (p: number): string => (sorted[Math.floor(p * (sorted.length - 1))] ?? 0).toFixed(3);
  const below = values.filter((value) => value < 0).length / values.length;
  return `n ${values.length}, below the parent ${(100 * below).toFixed(0)} %, quantiles 5/25/50/75/95 %: ${[0.05, 0.25, 0.5, 0.75, 0.95].map(at).join(" ")}`;
}

function described(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (p: number): string => (sorted[Math.floor(p * (sorted.length - 1))] ?? 0).toFixed(2);
  return `${values.length} pairs, mean ${mean(values).toFixed(2)}, quartiles ${at(0.25)} ${at(0.5)} ${at(0.75)}`;
}
