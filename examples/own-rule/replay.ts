/** A promotion rule of one's own, held against those that come with Allele, on results that were recorded before. */
import { readRecorded, replay, replayRule, type Rule } from "../../src/index.ts";

/** Takes the first challenger that leads by ten points after twenty items: a rule that many a team uses. */
const tenPoints: Rule = ({ arms, blocks, budget, reveal }) => {
  const items = Math.min(20, blocks);
  const scoreOf = (arm: number): number => {
    let sum = 0;
    for (let block = 0; block < items; block++) sum += reveal(arm, block);
    return sum / items;
  };
  const affordable = Math.min(arms, Math.floor(budget / items));
  for (let challenger = 1; challenger < affordable; challenger++) {
    if (scoreOf(challenger) >= scoreOf(0) + 0.1) return { arm: challenger, confidence: 0.95 };
  }
  return { arm: 0 };
};

const file = process.argv[2] ?? new URL("recorded.csv", import.meta.url).pathname;
const { tables } = readRecorded([file]);
for (const [name, rule] of [
  ["ten points", tenPoints],
  ["gate", replayRule("gate")],
] as const) {
  // prettier-ignore
  const { all } = replay(tables, rule, { incumbent: "plain", heldOut: 0.5, budget: 400 });
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  process.stdout.write(
    `${name}: promotes in ${percent(all.promoted.value)} of games, ${percent(all.falsePromotions.value)} of that falsely, regret ${all.regret.value.toFixed(3)}\n`,
  );
}
