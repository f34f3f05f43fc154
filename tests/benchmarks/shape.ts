import { makeRandom, type Random } from "../../src/base/index.ts";
import type { Gene, Genome } from "../../src/genome/index.ts";
import { makeSimulatedProvider, type Provider } from "../../src/providers/index.ts";
import type { AgentProgram } from "../../src/runtime/index.ts";
import { measure, referenceGenome, seedGenome } from "./desk-laboratory.ts";

const groups = {
  prompts: ["system", "rules", "answer_format", "demos"],
  tools: Object.keys(seedGenome.genes).filter((id) => id.startsWith("tool.")),
  strategy: ["plan"],
} as const;

/** The shape that the simulated model has on desk/test: what each part of the reference genome is worth alone and together. */
export async function shape(seed = 0): Promise<string> {
  const provider = makeSimulatedProvider({ seed });
  const score = async (genome: Genome, change?: (program: AgentProgram) => AgentProgram): Promise<number> =>
    (await measure(provider, genome, "test", change)).score;
  const plain = await score(seedGenome);
  const best = await score(referenceGenome);
  const third = (best - plain) / 3;

  const differing = Object.keys(referenceGenome.genes).filter(
    (id) => JSON.stringify(seedGenome.genes[id]) !== JSON.stringify(referenceGenome.genes[id]),
  );
  const single: string[] = [];
  let largest = 0;
  for (const id of differing) {
    const gained = (await score(withGenes(seedGenome, referenceGenome, [id]))) - plain;
    const lost = best - (await score(withGenes(referenceGenome, seedGenome, [id])));
    largest = Math.max(largest, gained, lost);
    single.push(`| ${id} | ${signed(gained)} | ${signed(-lost)} |`);
  }
  const sets: readonly (readonly [string, readonly string[]])[] = [
    ["prompts", groups.prompts],
    ["tool genes", groups.tools],
    ["strategy", groups.strategy],
    ["prompts and tool genes", [...groups.prompts, ...groups.tools]],
    ["prompts and strategy", [...groups.prompts, ...groups.strategy]],
    ["tool genes and strategy", [...groups.tools, ...groups.strategy]],
  ];
  const parts: string[] = [];
  for (const [name, ids] of sets) {
    const reached = await score(withGenes(seedGenome, referenceGenome, ids));
    parts.push(`| ${name} | ${reached.toFixed(3)} | ${((100 * (reached - plain)) / (best - plain)).toFixed(0)} % |`);
  }
  const doubled = await score(referenceGenome, ({ system, ...rest }) => ({
    ...rest,
    system: withIrrelevantText(system),
  }));
  const keywords = await score(seedGenome, ({ system, ...rest }) => ({ ...rest, system: `${system}\n${pasted}` }));
  const climbed = await score(await hillClimb(provider, makeRandom(`hill climb ${seed}`), 60));
  const checks: readonly (readonly [string, string, boolean])[] = [
    ["plain seed 0.30-0.50", plain.toFixed(3), plain >= 0.3 && plain <= 0.5],
    ["reference at least 0.90", best.toFixed(3), best >= 0.9],
    [`no single gene above a third of the distance (${third.toFixed(3)})`, largest.toFixed(3), largest <= third],
    ["doubling with irrelevant text costs at least 0.05", (best - doubled).toFixed(3), best - doubled >= 0.05],
    ["pasted keywords gain less than 0.05", signed(keywords - plain), keywords - plain < 0.05],
    ["60 random edits in a hill climb gain less than 0.05", signed(climbed - plain), climbed - plain < 0.05],
  ];
  return [
    `# The simulated model on desk (model seed ${seed})\n\nScores on the 160 test tasks.`,
    `| required | measured | holds |\n| --- | --- | --- |\n${checks.map(([what, value, holds]) => `| ${what} | ${value} | ${holds ? "yes" : "no"} |`).join("\n")}`,
    `| of the reference, into the seed | score | share of the distance |\n| --- | --- | --- |\n${parts.join("\n")}`,
    `| one gene | of the reference, into the seed | of the seed, into the reference |\n| --- | --- | --- |\n${single.join("\n")}`,
  ].join("\n\n");
}

function withGenes(genome: Genome, from: Genome, ids: readonly string[]): Genome {
  const taken = ids.flatMap((id) => (from.genes[id] === undefined ? [] : [[id, from.genes[id]] as const]));
  return { ...genome, genes: { ...genome.genes, ...Object.fromEntries(taken) } };
}

function signed(value: number): string {
  return `${value < 0 ? "" : "+"}${value.toFixed(3)}`;
}

const pasted =
  "identity identity_verify refund refund_quote refund_issue quote limit supervisor note_add window days_between delivery calculator calculate sum exchange_rate order date " +
  "convert currency pages all further search again synonym ask ambiguous which private data refuse Answer: value unit EUR two decimals ISO 2026-03-14 lookup id policy_search note_search";

const matters = [
  "The building has three floors and a small yard where bicycles are kept.",
  "On Thursdays the canteen offers soup with bread and a piece of fruit.",
  "The company was founded by two friends who met at a concert.",
  "A large map of the country hangs in the corridor beside the lift.",
  "In autumn the leaves of the old chestnut tree cover the pavement.",
  "Most people here come by train, and some of them read on the way.",
  "The windows were painted green last summer, which took two weeks.",
  "There is a radio in the kitchen that nobody knows how to tune.",
];

/** As many words again of text that has nothing to do with the work, between the parts of the prompt. */
function withIrrelevantText(system: string): string {
  const wanted = system.split(/\s+/).length;
  const random = makeRandom("irrelevant text");
  let words = 0;
  const added: string[] = [];
  while (words < wanted) {
    const sentence = random.pick(matters);
    added.push(sentence);
    words += sentence.split(" ").length;
  }
  const parts = system.split("\n\n");
  const share = Math.ceil(added.length / parts.length);
  return parts.map((part, i) => `${part}\n\n${added.slice(i * share, (i + 1) * share).join(" ")}`).join("\n\n");
}

const vocabulary =
  `${pasted} please always never every the a of and to with tool customer order use check be careful polite helpful quick`.split(
    " ",
  );

/** Sixty random edits of random genes; one is kept when validation rises. */
async function hillClimb(provider: Provider, random: Random, edits: number): Promise<Genome> {
  let genome = seedGenome;
  let { score } = await measure(provider, genome, "validation");
  for (let i = 0; i < edits; i++) {
    const draws = random.fork(String(i));
    const id = draws.pick(Object.keys(genome.genes));
    const gene = genome.genes[id];
    const edited = gene === undefined ? undefined : edit(gene, draws);
    if (edited === undefined) continue;
    const child = { ...genome, genes: { ...genome.genes, [id]: edited } };
    const after = await measure(provider, child, "validation");
    if (after.score > score) [genome, score] = [child, after.score];
  }
  return genome;
}

/** Words put in, taken out or exchanged. */
function edit(gene: Gene, random: Random): Gene | undefined {
  if (gene.type === "text") return { ...gene, value: editText(gene.value, random) };
  if (gene.type === "rules") return { ...gene, value: [...gene.value, editText("", random)] };
  if (gene.type !== "tool") return undefined;
  const field = random.pick(["summary", "when", "when_not"] as const);
  return { ...gene, value: { ...gene.value, [field]: editText(gene.value[field], random) } };
}

function editText(text: string, random: Random): string {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const at = random.int(words.length + 1);
  const few = Array.from({ length: 1 + random.int(6) }, () => random.pick(vocabulary));
  if (words.length > 3 && random.next() < 0.3) return words.toSpliced(at, 1 + random.int(3)).join(" ");
  if (words.length > 3 && random.next() < 0.3) return random.shuffle(words).join(" ");
  return words.toSpliced(at, 0, ...few).join(" ");
}
