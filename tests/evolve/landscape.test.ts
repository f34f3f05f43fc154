import { expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { genomeId, withGene, type Genome } from "../../src/genome/index.ts";
import type { Evidence, Proposal } from "../../src/mutate/index.ts";
import { climb, gepa, setCoverWeights } from "../benchmarks/landscape/controls.ts";
import {
  blamedParts,
  hypothesisOperator,
  reflectOperator,
  restartOperator,
} from "../benchmarks/landscape/operators.ts";
import { standardRates, type LandscapeOptions } from "../benchmarks/landscape/options.ts";
import { levelsOf, partText } from "../benchmarks/landscape/parts.ts";
import { planted, type Landscape } from "../benchmarks/landscape/planted.ts";
import { meter } from "../benchmarks/landscape/search.ts";
import { reply } from "./scripted.ts";

const many: Partial<LandscapeOptions> = { tasks: { train: 4000, validation: 10, test: 10 } };

async function scoresOf({ evaluator, dataset }: Landscape, genome: Genome): Promise<readonly number[]> {
  const rollouts = await evaluator.evaluate(genome, train(dataset.tasks));
  return rollouts.map((rollout) => (rollout.state === "scored" ? rollout.score : Number.NaN));
}

function train<T extends { split: string }>(tasks: readonly T[]): readonly T[] {
  return tasks.filter(({ split }) => split === "train");
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const covariance = mean(a.map((x, i) => (x - ma) * ((b[i] ?? 0) - mb)));
  return covariance / Math.sqrt(mean(a.map((x) => (x - ma) ** 2)) * mean(b.map((x) => (x - mb) ** 2)));
}

/** The genome in other words: worth the same, another candidate. */
function reworded(genome: Genome): Genome {
  const gene = genome.genes["system"];
  const text = gene?.type === "text" ? gene.value : "";
  const quality = text.includes("Part 00, right") ? "right" : "plain";
  return withGene(
    genome,
    "system",
    [partText(0, quality, makeRandom("reworded")), ...text.split("\n").slice(1)].join("\n"),
  );
}

test.each([
  ["right or wrong", {}],
  ["four checks", { checks: 4 }],
  ["independent noise", { sharedNoise: 0 }],
])("the true score is what a large sample of rollouts comes to (%s)", async (_, changes) => {
  const landscape = planted(1, { ...many, ...changes });
  for (const [genome, score] of [
    [landscape.seedGenome, 0.4],
    [landscape.bestGenome, 0.85],
  ] as const) {
    expect(landscape.trueScore(genome)).toBeCloseTo(score, 4);
    expect(Math.abs(mean(await scoresOf(landscape, genome)) - score)).toBeLessThan(0.03);
  }
});

test("the chance of a task is the share of genomes of the same worth that pass it", async () => {
  const landscape = planted(2, { sharedNoise: 0 });
  const [task] = landscape.dataset.tasks;
  if (task === undefined) throw new Error("no task");
  const repeats = await Promise.all(
    Array.from({ length: 2000 }, (_, repeat) => landscape.evaluator.evaluate(landscape.seedGenome, [task], { repeat })),
  );
  const passed = repeats.flat().filter((rollout) => rollout.state === "scored" && rollout.score === 1).length;
  expect(Math.abs(passed / 2000 - landscape.chance(landscape.seedGenome, task.id))).toBeLessThan(0.04);
});

test("genomes of the same worth share their luck as far as the options say", async () => {
  const of = async (sharedNoise: number): Promise<number> => {
    const landscape = planted(3, { ...many, spread: 0, seedScore: 0.5, reach: 0, sharedNoise });
    const twin = reworded(landscape.seedGenome);
    expect(genomeId(twin)).not.toBe(genomeId(landscape.seedGenome));
    return correlation(await scoresOf(landscape, landscape.seedGenome), await scoresOf(landscape, twin));
  };
  expect(Math.abs(await of(0))).toBeLessThan(0.06);
  // Right-or-wrong scores at 0.5: the correlation of the signs of two normal deviates, 2/pi times its arc sine.
  expect(Math.abs((await of(0.67)) - (2 / Math.PI) * Math.asin(0.67))).toBeLessThan(0.05);
});

test("six of twenty parts matter, and where nothing can be reached none does", () => {
  const effects = (changes: Partial<LandscapeOptions>): number => {
    const landscape = planted(4, { ...changes, form: "typed" });
    const { seedGenome } = landscape;
    return Object.keys(seedGenome.genes).filter((id) => {
      const better = withGene(seedGenome, id, partText(Number(id.slice(-2)), "right", makeRandom(id)));
      return landscape.trueScore(better) > landscape.trueScore(seedGenome) + 1e-6;
    }).length;
  };
  expect(effects({})).toBe(6);
  expect(effects({ reach: 0 })).toBe(0);
});

test("one text and typed genes are worth the same", () => {
  const [one, typed] = [planted(5), planted(5, { form: "typed" })];
  expect(Object.keys(one.seedGenome.genes)).toEqual(["system"]);
  expect(Object.keys(typed.seedGenome.genes)).toHaveLength(20);
  expect(levelsOf(one.bestGenome, 20)).toEqual(levelsOf(typed.bestGenome, 20));
  expect(one.trueScore(one.bestGenome)).toBe(typed.trueScore(typed.bestGenome));
});

test("feedback names relevant parts mostly, and never a structural defect", async () => {
  const landscape = planted(6, { ...many, form: "typed", defect: 0.5 });
  const { evaluator, dataset, seedGenome, bestGenome, options } = landscape;
  const tasks = train(dataset.tasks);
  const rollouts = await evaluator.evaluate(seedGenome, tasks);
  const evidence = tasks.flatMap((task, i): Evidence[] => {
    const rollout = rollouts[i];
    return rollout?.state === "scored" && rollout.score < 1 ? [{ task, rollout }] : [];
  });
  const blamed = blamedParts(evidence);
  const best = levelsOf(bestGenome, 21);
  const relevant = blamed.filter((part) => best[part] === 1).length / blamed.length;
  expect(relevant).toBeGreaterThan(0.6);
  expect(relevant).toBeLessThan(0.95);
  expect(blamed).not.toContain(options.parts);
});

async function proposeMany(
  landscape: Landscape,
  operator: ReturnType<typeof reflectOperator>,
  inputs: { gene: string; evidence: readonly Evidence[] },
): Promise<readonly Proposal[]> {
  return Promise.all(
    Array.from({ length: 2000 }, (_, i) =>
      operator.propose({
        ...inputs,
        parent: landscape.bestGenome,
        failedAttempts: [],
        random: makeRandom(i),
        reflect: () => Promise.resolve(reply("")),
      }),
    ),
  );
}

test("a reflection mends, harms and loses at the stated rates", async () => {
  const landscape = planted(7);
  const part = levelsOf(landscape.bestGenome, 20).indexOf(1);
  const [task] = landscape.dataset.tasks;
  if (task === undefined) throw new Error("no task");
  const [rollout] = await landscape.evaluator.evaluate(landscape.bestGenome, [task]);
  if (rollout?.state !== "scored") throw new Error("no rollout");
  const feedback = [`The answer is wrong. The cause is part ${String(part).padStart(2, "0")}.`];
  const evidence = [{ task, rollout: { ...rollout, score: 0, feedback } }];
  const proposals = await proposeMany(landscape, reflectOperator(landscape.options), { gene: "system", evidence });
  const levels = proposals.flatMap((proposal) =>
    proposal.kind === "child"
      ? [levelsOf(withGene(landscape.bestGenome, "system", proposal.changes["system"] ?? ""), 20)]
      : [],
  );
  const rate = (level: number): number => levels.filter((found) => found[part] === level).length / levels.length;
  expect(levels).toHaveLength(2000);
  expect(Math.abs(rate(1) - standardRates.right)).toBeLessThan(0.04);
  expect(Math.abs(rate(-1) - standardRates.wrong)).toBeLessThan(0.03);
  const others = levels.flatMap((found) =>
    found.filter((_, i) => i !== part && levelsOf(landscape.bestGenome, 20)[i] === 1),
  );
  expect(Math.abs(others.filter((level) => level === 0).length / others.length - standardRates.lost)).toBeLessThan(
    0.01,
  );
});

test("a typed gene that no feedback blames is left alone, and the rule on units is for hypotheses", async () => {
  const landscape = planted(8, { form: "typed", defect: 0.5 });
  const { options } = landscape;
  const proposals = await proposeMany(landscape, hypothesisOperator(options), { gene: "part-20", evidence: [] });
  const right = proposals.filter(
    ({ kind, ...rest }) => kind === "child" && JSON.stringify(rest).includes("right"),
  ).length;
  expect(Math.abs(right / 2000 - standardRates.unitsByHypothesis)).toBeLessThan(0.04);
  const [elsewhere] = await proposeMany(landscape, hypothesisOperator(options), { gene: "part-03", evidence: [] });
  expect(elsewhere?.kind).toBe("nothing");
});

test("the second way of working is worse at first and better in the end; a restart takes it", async () => {
  const landscape = planted(9, { form: "typed", relevant: 3, basin: { valley: 0.5, peak: 0.4 } });
  const { seedGenome, bestGenome, options } = landscape;
  const trueScore = (genome: Genome): number => landscape.trueScore(genome);
  expect(trueScore(withGene(seedGenome, "approach", "stepwise"))).toBeLessThan(trueScore(seedGenome) - 0.1);
  expect(trueScore(bestGenome)).toBeCloseTo(0.85, 3);
  const proposal = await restartOperator(options).propose({
    parent: seedGenome,
    gene: "",
    evidence: [],
    failedAttempts: [],
    random: makeRandom(0),
    reflect: () => Promise.resolve(reply("")),
  });
  expect(proposal).toMatchObject({ kind: "child", changes: { approach: "stepwise" } });
});

test("the set cover takes out the lowest mean first, and may starve the best all-rounder", () => {
  const candidates = [
    { scores: [1, 0, 0, 0], mean: 0.25 },
    { scores: [1, 1, 0, 0], mean: 0.5 },
    { scores: [0, 0, 1, 1], mean: 0.5 },
    { scores: [0.9, 0.9, 0.9, 0.9], mean: 0.9 },
  ];
  expect(setCoverWeights(candidates)).toEqual([0, 2, 2, 0]);
});

test("both controls come nearer to the best genome, and count every rollout", async () => {
  for (const search of [gepa, climb]) {
    const shares: number[] = [];
    for (const seed of [0, 1, 2, 3]) {
      const landscape = planted(seed);
      const inputs = { operator: reflectOperator(landscape.options), rollouts: 4000, seed };
      const { picks, rollouts } = await search(landscape, inputs);
      expect(rollouts).toBeGreaterThanOrEqual(4000);
      expect(rollouts).toBeLessThan(4200);
      shares.push(Math.max(...picks.map(({ genome }) => landscape.shareOfReach(genome))));
    }
    expect(mean(shares)).toBeGreaterThan(0.5);
  }
});

test("the meter pays a rollout once and leaves out the sealed test", async () => {
  const { evaluator, dataset, seedGenome } = planted(11);
  const metered = meter(evaluator);
  const first = await metered.evaluate(seedGenome, dataset.tasks);
  expect(await metered.evaluate(seedGenome, dataset.tasks)).toEqual(first);
  expect(metered.paid()).toBe(250);
});
