import { formatDifference, formatInterval, formatP, type Comparison } from "../report/index.ts";

/** What a gate said. */
export interface GateResult {
  readonly name: string;
  readonly passed: boolean;
  /** The figures it judged by, in one sentence. */
  readonly evidence: string;
}

/** What gates may look at: A is what is in use, B wants its place; both on the sealed test. */
export interface GateEvidence {
  readonly comparison: Comparison;
}

/** One condition for a promotion. Pure. */
export interface Gate {
  readonly name: string;
  check(evidence: GateEvidence): GateResult;
}

/** The challenger must be better with confidence on tasks that never steered the search. */
export const betterOnSealedTest: Gate = {
  name: "better-on-sealed-test",
  check: ({ comparison }) => ({
    name: "better-on-sealed-test",
    passed: comparison.verdict === "better",
    evidence:
      `verdict ${comparison.verdict}: difference ${formatDifference(comparison.difference)}, ` +
      `95 % interval ${formatInterval(comparison.interval, formatDifference)}, ${formatP(comparison.p)}, n=${comparison.n}` +
      (comparison.families === undefined ? "" : ` in ${comparison.families} families`),
  }),
};

/** No tag may be significantly worse: p below 0.05 divided by the number of tags (Bonferroni), difference below zero. */
export const noTagWorse: Gate = {
  name: "no-tag-worse",
  check: ({ comparison }) => {
    const tags = Object.entries(comparison.byTag);
    const worse = tags.filter(([, tag]) => tag.difference < 0 && tag.p < 0.05 / tags.length);
    return {
      name: "no-tag-worse",
      passed: worse.length === 0,
      evidence:
        worse.length === 0
          ? `none of ${tags.length} tags is significantly worse`
          : worse
              .map(([tag, row]) => `${tag} ${formatDifference(row.difference)} (${formatP(row.p)}, n=${row.n})`)
              .join("; "),
    };
  },
};

/** The challenger may use at most `ratio` times the tokens of a rollout, and at most `ratio` times the money where money is spent. */
export function costCeiling(ratio: number): Gate {
  return {
    name: "cost-ceiling",
    check: ({ comparison: { a, b } }) => {
      const tokens = b.tokens / a.tokens;
      const money = a.usd === b.usd ? 1 : b.usd / a.usd;
      return {
        name: "cost-ceiling",
        passed: tokens <= ratio && money <= ratio,
        evidence: `${tokens.toFixed(2)} times the tokens of a rollout, ${a.usd === 0 && b.usd === 0 ? "no money spent" : `${money.toFixed(2)} times the money`}; at most ${ratio} times is allowed`,
      };
    },
  };
}

/** Asks every gate; all are asked, so that a refusal tells everything that is wrong. */
export function runGates(gates: readonly Gate[], evidence: GateEvidence): readonly GateResult[] {
  return gates.map((gate) => gate.check(evidence));
}
