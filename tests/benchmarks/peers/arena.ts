import { join } from "node:path";
import { parseGenome, readGenome, type Gene, type Genome } from "../../../src/genome/index.ts";
import { planted as plantedLandscape } from "../landscape/planted.ts";

/** Something to better: a dataset and a genome to begin with. */
export interface Arena {
  readonly name: string;
  readonly dataset: string;
  /** Only genes that can be written as text may change: what every optimizer can do. */
  readonly textOnly: Genome;
  /** Everything may change. */
  readonly everything: Genome;
}

const textTypes: readonly Gene["type"][] = ["text", "rules", "tool"];

function arena(dataset: string, everything: Genome): Arena {
  const genes = Object.entries(everything.genes).map(([id, gene]) => [
    id,
    textTypes.includes(gene.type) ? gene : { ...gene, evolvable: false },
  ]);
  const textOnly = {
    ...everything,
    name: `${everything.name}-texts`,
    genes: Object.fromEntries(genes) as Genome["genes"],
  };
  return { name: dataset, dataset, textOnly, everything };
}

/** One turn without tools: a single prompt in three parts. */
const reader = parseGenome(
  `allele: genome/1
name: triage-seed
description: Reads the support messages of a shop
genes:
  system: { type: text, value: You read support messages. }
  rules: { type: rules, value: [] }
  answer_format: { type: text, value: "" }
  demos: { type: demos, max: 3, value: [] }
  plan: { type: strategy, evolvable: false, value: { kind: direct } }
`,
  "triage-seed",
);

const genomes = join(import.meta.dirname, "../../../genomes");

export const arenas: readonly Arena[] = [
  arena("planted", plantedLandscape(0).seedGenome),
  arena("triage", reader),
  arena("desk", readGenome(join(genomes, "desk-seed.yaml"))),
];

/** What a component is and in which form it is written, in the same words for every optimizer that is told. */
export function describeComponents({ genes }: Genome): Readonly<Record<string, string>> {
  const told = Object.entries(genes).flatMap(([id, gene]) => {
    const meaning = gene.evolvable === false ? undefined : meaningOf(id, gene.type);
    return meaning === undefined ? [] : [[id, `${id} (${gene.type}): ${meaning}`] as const];
  });
  return Object.fromEntries(told);
}

function meaningOf(id: string, type: Gene["type"]): string | undefined {
  switch (type) {
    case "text":
      return "a text that the agent is given as part of its instructions";
    case "rules":
      return "rules that the agent is given as part of its instructions, one a line";
    case "tool":
      return `the description by which the agent decides when and how to use the tool ${id.replace(/^tool\./, "")}: what it does, then lines that begin with "When to use it:", "When not to use it:" and "Examples:" where there are such`;
    default:
      return undefined;
  }
}
