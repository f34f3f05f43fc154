import type { Random } from "../base/index.ts";

/** What became of changes to one gene: how many children were tried and how many of them were taken into the pool. */
export interface GeneRecord {
  readonly tried: number;
  readonly gained: number;
}

interface GeneChoice {
  /** One record a gene, in the order of the genes. */
  readonly records: readonly GeneRecord[];
  /** How often a gene of this candidate was chosen before. */
  readonly turn: number;
  readonly random: Random;
}

/** Which genes to change next, as positions among the genes, each at most once; none where there are none. */
export interface GeneRule {
  readonly name: string;
  choose(choice: GeneChoice): readonly number[];
}

/** One gene after the other. */
const roundRobin: GeneRule = {
  name: "round-robin",
  choose: ({ records, turn }) => (records.length === 0 ? [] : [turn % records.length]),
};

/** All of them at once. */
const allGenes: GeneRule = { name: "all", choose: ({ records }) => records.map((_, index) => index) };

/** One gene, in proportion to how likely a change of it is to gain: (gained + 1) / (tried + 2), Laplace's rule, so that none is given up. */
const byEvidence: GeneRule = {
  name: "evidence",
  choose: ({ records, random }) => {
    const weights = records.map(({ tried, gained }) => (gained + 1) / (tried + 2));
    return records.length === 0 ? [] : [random.weighted(weights)];
  },
};

/** The rules by the names that options use. */
export const geneRules = {
  "round-robin": roundRobin,
  all: allGenes,
  evidence: byEvidence,
} as const satisfies Readonly<Record<string, GeneRule>>;
