import { canonicalJson, makeRandom } from "../../src/base/index.ts";
import type { Dataset, Task } from "../../src/dataset/index.ts";
import { evolve } from "../../src/evolve/index.ts";
import { noReflector } from "../../src/evolve/no-reflector.ts";
import { Gene, type Demo, type Genome } from "../../src/genome/index.ts";
import { independentOperators } from "../../src/mutate/index.ts";
import { mean, standardDeviation } from "../../src/statistics/index.ts";
import { openStore } from "../../src/store/index.ts";
import { scriptedEvaluator, scriptedInputs, type Strength } from "../evolve/scripted.ts";
import { gepa } from "./landscape/controls.ts";
import { anyProposal, bestOfRandom } from "./real-models/controls.ts";

/** None that anything was chosen in view of. */
const seeds = Array.from({ length: 16 }, (_, i) => 100 + i);
const rollouts = 700;
const sizes = { train: 100, validation: 200, test: 300 } as const;

/** Two kinds of planted world, after what was seen of a small model on real data: `labels` are chosen from, or the answer is `written`. */
type Kind = "labels" | "written";

/** A search without a reflection model in worlds whose every genome has a known strength, beside random prompts and GEPA's search. */
export async function alone(): Promise<string> {
  const parts: string[] = [];
  for (const [kind, by] of [
    ["labels", 1],
    ["written", 1],
    ["labels", 2],
    ["written", 2],
  ] as const) {
    const seedGenome = plainGenome(kind);
    const arms: Record<string, number[]> = {};
    for (const seed of seeds) {
      const inputs = {
        evaluator: scriptedEvaluator({ strength: world(kind, by, seed, seedGenome) }),
        seedGenome,
        seed,
      };
      const found = {
        "plain prompt": seedGenome,
        "by belief, the default": await evolved(inputs, "belief"),
        "by a head, `proposal: portfolio`": await evolved(inputs, "portfolio"),
        "best of 20 random prompts": await randomBest(inputs),
        "GEPA's search": await gepaBest(inputs),
      };
      for (const [name, genome] of Object.entries(found)) (arms[name] ??= []).push(await testScore(inputs, genome));
    }
    const first = arms["by belief, the default"] ?? [];
    const rows = Object.entries(arms).map(([name, scores]) => {
      const ahead = first.map((score, i) => score - (scores[i] ?? 0));
      const error = standardDeviation(ahead) / Math.sqrt(ahead.length);
      const beside = scores === first ? "" : `${mean(ahead).toFixed(3)} (${error.toFixed(3)})`;
      return `| ${name} | ${mean(scores).toFixed(3)} | ${beside} |`;
    });
    parts.push(
      [
        `## ${titles[kind]}${by === 1 ? "" : "; effects twice as large"}`,
        `| search | test score | belief ahead (standard error) |\n| --- | --- | --- |\n${rows.join("\n")}`,
      ].join("\n\n"),
    );
  }
  return [
    "# A search without a reflection model",
    `Planted worlds, no model at all: ${seeds.length} of each kind, ${rollouts} rollouts for each search, ${sizes.train} training, ${sizes.validation} validation and ${sizes.test} test tasks, operators of [real-models](real-models.md). A genome's strength on a task is a logistic function of what its genes are worth, alone (drawn by their values, standard deviation 0.1 for the instruction, 0.3 for forms, wordings and sets of examples), and in pairs (0.25); tasks differ, differently for each form and set of examples (0.8). A task that stands among the examples is solved. *By belief* is how Allele searches where nobody reflects ([measurement](../measurement.md#without-a-reflection-model)); its settings were chosen in view of twelve other worlds of each kind. *By a head* is how it searches with a reflection model, with the settings that did best on real data: \`minibatch\` and \`screen\` 12, \`look\` 6, \`race\` 24, \`check\` 6, \`confirm\` 48, a fifth of the budget for the last race. The kinds were made after what the plain prompt and the first changes score on real data; how large the effects are is a guess, so they are shown in two sizes.`,
    ...parts,
  ].join("\n\n");
}

const titles: Readonly<Record<Kind, string>> = {
  labels: "Answers are chosen: about half is right by chance, balancing helps",
  written: "Answers are written: nothing is right without examples",
};

interface Inputs {
  readonly evaluator: ReturnType<typeof scriptedEvaluator>;
  readonly seedGenome: Genome;
  readonly seed: number;
}

async function evolved({ evaluator, seedGenome, seed }: Inputs, proposal: "belief" | "portfolio"): Promise<Genome> {
  const store = openStore(":memory:");
  const inputs = { seedGenome, dataset, operators: independentOperators, reflector: noReflector };
  const budget = rollouts + 2 * sizes.test;
  const final = (0.2 * rollouts) / budget;
  const options = { ...byHead, seed, budget: { rollouts: budget }, final, proposal };
  const { outcome } = await evolve(scriptedInputs({ store, evaluator, options, inputs }));
  const genome = outcome && store.genomes.get(outcome.finalist);
  store.close();
  return genome ?? seedGenome;
}

/** What a search by a head did best with on real data. */
const byHead = {
  minibatch: 12,
  screen: 12,
  look: 6,
  race: 24,
  check: 6,
  confirm: 48,
  lanes: 1,
  parent: "near-best",
  genes: 16,
} as const;

async function randomBest(inputs: Inputs): Promise<Genome> {
  return (await bestOfRandom({ ...inputs, train: split("train"), validation: split("validation"), rollouts })).genome;
}

async function gepaBest({ evaluator, seedGenome, seed }: Inputs): Promise<Genome> {
  const { picks } = await gepa({ dataset, seedGenome, evaluator }, { operator: anyProposal, rollouts, seed });
  return picks.at(-1)?.genome ?? seedGenome;
}

async function testScore({ evaluator }: Inputs, genome: Genome): Promise<number> {
  const found = await evaluator.evaluate(genome, split("test"));
  return mean(found.flatMap((rollout) => (rollout.state === "scored" ? [rollout.score] : [])));
}

function world(kind: Kind, by: number, seed: number, plain: Genome): Strength {
  const drawn = (what: string, spread: number): number => spread * normal(`${seed} ${what}`);
  return ({ genes }, task) => {
    const value = (id: string): string => canonicalJson(genes[id]?.value ?? null);
    const isChanged = (id: string): boolean => value(id) !== canonicalJson(plain.genes[id]?.value ?? null);
    const demos = (genes["demos"]?.value ?? []) as readonly Demo[];
    if (demos.some(({ input }) => input === task.input)) return 2;
    let worth = kind === "labels" ? 0.2 : -3.5;
    if (kind === "written" && demos.length > 0) worth += 3.2 + 0.06 * demos.length;
    for (const [id, spread] of alones) if (isChanged(id)) worth += drawn(`${id} ${value(id)}`, by * spread);
    for (const pair of pairs) if (pair.every(isChanged)) worth += drawn(pair.map(value).join(pair.join("")), by * 0.25);
    if (isChanged("labels")) worth -= 0.15;
    worth += { '"balanced"': 0.5, '"calibrated"': -0.1 }[value("answering")] ?? 0;
    worth += drawn(`${task.id} ${value("input_form")} ${value("demos")}`, 0.8);
    return 1 / (1 + Math.exp(-worth));
  };
}

const alones = [
  ["system", 0.1],
  ["input_form", 0.3],
  ["labels", 0.3],
  ["demos", 0.3],
] as const;

const pairs = [
  ["answering", "input_form"],
  ["demos", "input_form"],
  ["labels", "answering"],
] as const;

/** Near enough normal: the sum of twelve even draws. */
function normal(key: string): number {
  const random = makeRandom(key);
  return Array.from({ length: 12 }, () => random.next()).reduce((sum, draw) => sum + draw, -6);
}

function plainGenome(kind: Kind): Genome {
  const genes = {
    system: { type: "text", value: "Decide whether the sentence is {labels}. Answer with one word.", max_tokens: 200 },
    input_form: { type: "text", value: "{input}", placeholders: ["{input}"], max_tokens: 60 },
    demos: { type: "demos", value: [], max: 8 },
    ...(kind === "labels" && {
      labels: { type: "labels", answers: ["positive", "negative"], value: ["positive", "negative"] },
      answering: { type: "enum", options: ["likeliest", "calibrated", "balanced"], value: "likeliest" },
    }),
  };
  const parsed = Object.entries(genes).map(([id, gene]) => [id, Gene.parse(gene)] as const);
  return { name: kind, parents: [], genes: Object.fromEntries(parsed) };
}

const dataset: Dataset = {
  name: "alone",
  description: "",
  licence: "MIT",
  folder: "/",
  file: "/dataset.yaml",
  customChecks: new Map(),
  tasks: Object.entries(sizes).flatMap(([name, count]) =>
    Array.from({ length: count }, (_, i): Task => {
      const input = `Sentence ${i} of ${name}, ${makeRandom(`${name} ${i}`).int(1000)}`;
      const value = i % 2 === 0 ? "negative" : "positive";
      const checks = [{ type: "equals", value }] as unknown as Task["checks"];
      return { id: `${name}-${i}`, input, checks, tags: [], split: name as Task["split"] };
    }),
  ),
};

function split(name: Task["split"]): readonly Task[] {
  return dataset.tasks.filter((task) => task.split === name);
}
