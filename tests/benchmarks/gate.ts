/**
 * What the paired gate lets through and what it finds, beside the greedy three-task check and a test of fixed size that is looked at after
 * every pair, on landscapes where the truth is known. No model, no rollouts: differences are drawn.
 */
import { makeRandom, type Random } from "../../src/base/index.ts";
import {
  gateDecision,
  mean,
  newGate,
  observePair,
  REPORTED,
  shrinkScores,
  testLevel,
  wilsonInterval,
} from "../../src/statistics/index.ts";
import { difficulty, moved, pairDrawer, type Landscape } from "../statistics/landscape.ts";

type Draw = (random: Random) => number;

interface Trial {
  readonly committed: boolean;
  readonly pairs: number;
}

/** One challenger: is it committed, and after how many pairs is that known? */
type Rule = (draw: Draw, random: Random, run: RunSoFar) => Trial;

/** The challengers tested in the run, this one counted in, and those committed before. */
interface RunSoFar {
  readonly tested: number;
  readonly commits: number;
}

const ALPHA = 0.1;
const RUN_ALPHA = 0.05;
const FUTILITY = 0.3;
const MOST_PAIRS = 120;

const noises = [
  { name: "independent", taste: 0, shared: false },
  { name: "shared, tastes", taste: 1, shared: true },
  { name: "shared", taste: 0, shared: true },
] as const satisfies readonly (Omit<Landscape, "gain"> & { name: string })[];

const gateRule =
  (levelOf: (run: RunSoFar) => number, most = MOST_PAIRS, futility = FUTILITY): Rule =>
  (draw, random, run) => {
    let gate = newGate;
    const options = { alpha: levelOf(run), futility };
    while (gate.n < most) {
      gate = observePair(gate, draw(random));
      const decision = gateDecision(gate, options);
      if (decision !== "more") return { committed: decision === "commit", pairs: gate.n };
    }
    return { committed: false, pairs: gate.n };
  };

/** Strictly more passed on three tasks. */
const greedy: Rule = (draw, random) => ({ committed: draw(random) + draw(random) + draw(random) > 0, pairs: 3 });

/** One-sided normal test at 5 %, from the tenth pair on. */
const peeking: Rule = (draw, random) => {
  let [sum, squares] = [0, 0];
  for (let pairs = 1; pairs <= MOST_PAIRS; pairs++) {
    const difference = draw(random);
    sum += difference;
    squares += difference ** 2;
    if (pairs >= 10 && sum / Math.sqrt(squares) > 1.645) return { committed: true, pairs };
  }
  return { committed: false, pairs: MOST_PAIRS };
};

const everyOne = gateRule(() => ALPHA);
const LONG = 2 * MOST_PAIRS;
const adding = ({ tested, commits }: RunSoFar): number => testLevel(tested, RUN_ALPHA, commits);
const rules = [
  { name: "three-task check", screened: false, rule: greedy },
  { name: "fixed test, looked at after every pair", screened: false, rule: peeking },
  { name: `gate, ${ALPHA} for each challenger`, screened: false, rule: everyOne },
  { name: `three-task screen, then gate at ${ALPHA} for each`, screened: true, rule: everyOne },
  { name: `three-task screen, then gate at ${RUN_ALPHA} for the run`, screened: true, rule: gateRule(adding) },
  { name: `the same, up to ${LONG} pairs`, screened: true, rule: gateRule(adding, LONG) },
] as const;

/** Tries all rules and writes the page. */
export function gate(): Promise<string> {
  return Promise.resolve(
    [
      "# The paired gate",
      "Tasks are passed with probabilities from Beta(1.2, 0.8). A challenger moves every task alike on the logit scale and, where it has tastes, each task by an amount of its own as well (standard deviation 1), so that it fixes some and breaks others. Noise is independent, or shared by both sides (same seed, temperature 0, cached incumbent). Scores are 0 or 1. The gate looks after every pair, commits at wealth 1/alpha and gives up at " +
        `${FUTILITY}. Everything is drawn with fixed seeds; no model is called.`,
      "## Nothing to find: 100 challengers a run, all of them equal to the incumbent, 200 seeds",
      nullTable(),
      "With shared noise and no tastes every difference is 0 and nothing is ever committed; that row is left out.",
      `## Power: share of challengers committed, by true gain and most pairs (alpha ${ALPHA}, 2,000 challengers a cell)`,
      powerTable(),
      "## A run with something to find: 80 challengers equal, 15 at -5 points, 5 at +10, in random order, 100 seeds",
      mixedTable(),
      "## Ablation: other bets (alpha 0.1, 120 pairs, 2,000 challengers a cell)",
      betsTable(),
      "A plug-in bet stakes what past differences say (mean over mean square, at most 0.9). It learns too late for 120 pairs.",
      "## Giving up sooner: share committed and mean pairs, by the wealth at which the gate gives up (alpha 0.1, 120 pairs, 2,000 challengers a cell)",
      futilityTable(),
      "Giving up below 0.3 saves a third to two thirds of the pairs on what gains nothing and costs about a point of power at +10 and 120 pairs. It is too soon where a gain of 5 points is worth 500 pairs.",
      "## The best of thirty candidates: reported minus true score, in points (200 seeds)",
      "Candidates are equal (spread 0) or truly differ by a normal shift in logits. Shrinkage by moments is without bias for the variance between candidates, but it is cut at 0, and so keeps a little of the luck where nothing differs. What is told to people holds the spread against the upper quartile of what chance alone gives: at most a point too high, for the price of being a little too low where candidates differ a little.",
      curseTable(),
    ].join("\n\n"),
  );
}

function nullTable(): string {
  const rows = noises.slice(0, 2).flatMap(({ name, ...noise }) => {
    const draw = pairDrawer({ ...noise, gain: 0 });
    return rules.map(({ name: rule, ...tried }) => {
      const runs = Array.from({ length: 200 }, (_, seed) => runOf(Array<Draw>(100).fill(draw), tried, `null-${seed}`));
      const changed = runs.filter(({ kept }) => kept.length > 0).length;
      const [low, high] = wilsonInterval(changed, runs.length);
      return [
        name,
        rule,
        mean(runs.map(({ kept }) => kept.length)).toFixed(2),
        `${percent(changed / runs.length)} [${percent(low)}, ${percent(high)}]`,
        Math.round(mean(runs.map(({ pairs }) => pairs))),
      ];
    });
  });
  return table(["noise", "rule", "false commits a run", "runs with any", "pairs a run"], rows);
}

function powerTable(): string {
  const sizes = [30, 60, 120, 240, 500];
  const rows = noises.flatMap(({ name, ...noise }) =>
    [-0.05, 0, 0.05, 0.1, 0.2].map((gain) => {
      const draw = pairDrawer({ ...noise, gain });
      const trials = many(
        2000,
        draw,
        gateRule(() => ALPHA, Math.max(...sizes)),
      );
      const within = sizes.map((size) =>
        percent(trials.filter(({ committed, pairs }) => committed && pairs <= size).length / trials.length),
      );
      return [name, points(gain), percent(shareCommitted(many(2000, draw, greedy))), ...within];
    }),
  );
  return table(["noise", "gain", "three-task check", ...sizes.map((size) => `gate, ${size}`)], rows);
}

function mixedTable(): string {
  const rows = noises.slice(0, 2).flatMap(({ name, ...noise }) => {
    const kinds = [0, -0.05, 0.1].map((gain) => pairDrawer({ ...noise, gain }));
    const [equal, worse, better] = kinds as [Draw, Draw, Draw];
    const all = [...Array<Draw>(80).fill(equal), ...Array<Draw>(15).fill(worse), ...Array<Draw>(5).fill(better)];
    return rules.map(({ name: rule, ...tried }) => {
      const runs = Array.from({ length: 100 }, (_, seed) =>
        runOf(makeRandom(`order-${seed}`).shuffle(all), tried, `mixed-${seed}`),
      );
      const kept = (kind: Draw): string =>
        mean(runs.map((run) => run.kept.filter((draw) => draw === kind).length)).toFixed(2);
      return [name, rule, kept(equal), kept(worse), kept(better), Math.round(mean(runs.map(({ pairs }) => pairs)))];
    });
  });
  return table(["noise", "rule", "equal kept", "worse kept", "better kept (of 5)", "pairs a run"], rows);
}

function betsTable(): string {
  const bets: readonly (readonly [string, Rule])[] = [
    ["six shares to 0.95 (the gate)", everyOne],
    ["six shares to 0.8", sharesRule([0.05, 0.1, 0.2, 0.35, 0.55, 0.8])],
    ["five shares to 0.7", sharesRule([0.1, 0.2, 0.35, 0.5, 0.7])],
    ["one share, 0.4", sharesRule([0.4])],
    ["plug-in", plugInRule],
  ];
  const cells: readonly Landscape[] = [
    { gain: 0, taste: 1, shared: true },
    { gain: 0.05, taste: 0, shared: true },
    { gain: 0.1, taste: 1, shared: true },
    { gain: 0.1, taste: 0, shared: false },
    { gain: 0.2, taste: 0, shared: false },
  ];
  const draws = cells.map(pairDrawer);
  const rows = bets.map(([name, rule]) => [
    name,
    ...draws.map((draw) => percent(shareCommitted(many(2000, draw, rule)))),
  ]);
  return table(["bets", ...cells.map(cellName)], rows);
}

function futilityTable(): string {
  const cells: readonly Landscape[] = [
    { gain: 0, taste: 1, shared: true },
    { gain: 0, taste: 0, shared: false },
    { gain: 0.1, taste: 1, shared: true },
    { gain: 0.1, taste: 0, shared: false },
  ];
  const slow: Landscape = { gain: 0.05, taste: 0, shared: false };
  const tried = [...cells, slow].map((cell) => ({ draw: pairDrawer(cell), most: cell === slow ? 500 : MOST_PAIRS }));
  const rows = [0, 0.05, 0.3, 0.5].map((futility) => [
    futility,
    ...tried.map(({ draw, most }) => {
      const rule = gateRule(() => ALPHA, most, futility);
      const trials = many(2000, draw, rule);
      return `${percent(shareCommitted(trials))}, ${Math.round(mean(trials.map(({ pairs }) => pairs)))} pairs`;
    }),
  ]);
  return table(["gives up below", ...cells.map(cellName), `${cellName(slow)}, 500 pairs`], rows);
}

function shareCommitted(trials: readonly Trial[]): number {
  return trials.filter(({ committed }) => committed).length / trials.length;
}

function cellName({ gain, shared, taste }: Landscape): string {
  return `${points(gain)}, ${shared ? "shared" : "independent"}${taste > 0 ? ", tastes" : ""}`;
}

function curseTable(): string {
  const rows = [0, 0.2, 0.4].flatMap((spread) =>
    [24, 50, 100, 160].map((tasks) => {
      const found = Array.from({ length: 200 }, (_, seed) => curse(`curse-${seed}`, tasks, spread));
      const gap = (key: keyof Curse): string => points(mean(found.map((one) => one[key])));
      return [spread, tasks, gap("raw"), gap("moments"), gap("told")];
    }),
  );
  return table(["spread in logits", "tasks", "as measured", "shrunk by moments", "shrunk as told"], rows);
}

interface Curse {
  readonly raw: number;
  readonly moments: number;
  readonly told: number;
}

/** Reported minus true score of the best of thirty. */
function curse(seed: string, tasks: number, spread: number): Curse {
  const random = makeRandom(seed);
  const probabilities = Array.from({ length: tasks }, () => difficulty(random));
  const shifts = Array.from({ length: 30 }, () => (spread === 0 ? 0 : spread * random.normal()));
  const scores = shifts.map((shift) => probabilities.map((p) => Number(random.next() < moved(p, shift))));
  const means = scores.map(mean);
  const best = means.indexOf(Math.max(...means));
  const truth = mean(probabilities.map((p) => moved(p, shifts[best] ?? 0)));
  const gap = (values: readonly number[]): number => (values[best] ?? 0) - truth;
  return {
    raw: gap(means),
    moments: gap(shrinkScores(scores).values),
    told: gap(shrinkScores(scores, REPORTED).values),
  };
}

/** One run: challengers one after the other, each screened on tasks of its own first where the rule asks for it. */
function runOf(
  challengers: readonly Draw[],
  { rule, screened }: { readonly rule: Rule; readonly screened: boolean },
  seed: string,
): { readonly kept: readonly Draw[]; readonly pairs: number } {
  const random = makeRandom(seed);
  const kept: Draw[] = [];
  let [pairs, tested] = [0, 0];
  const alone = { tested: 1, commits: 0 };
  for (const draw of challengers) {
    if (screened) {
      pairs += 3;
      if (!greedy(draw, random, alone).committed) continue;
    }
    tested += 1;
    const trial = rule(draw, random, { tested, commits: kept.length });
    pairs += trial.pairs;
    if (trial.committed) kept.push(draw);
  }
  return { kept, pairs };
}

function many(count: number, draw: Draw, rule: Rule): Trial[] {
  const random = makeRandom("challengers");
  return Array.from({ length: count }, () => rule(draw, random, { tested: 1, commits: 0 }));
}

function sharesRule(shares: readonly number[]): Rule {
  return (draw, random) => {
    let logs = shares.map(() => 0);
    return race(
      (difference) => {
        logs = shares.map((share, i) => (logs[i] ?? 0) + Math.log1p(share * difference));
        return mean(logs.map(Math.exp));
      },
      draw,
      random,
    );
  };
}

const plugInRule: Rule = (draw, random) => {
  let [log, sum, squares] = [0, 0, 0.25];
  return race(
    (difference) => {
      log += Math.log1p(Math.min(0.9, Math.max(0, sum / squares)) * difference);
      sum += difference;
      squares += difference ** 2;
      return Math.exp(log);
    },
    draw,
    random,
  );
};

function race(wealthAfter: (difference: number) => number, draw: Draw, random: Random): Trial {
  for (let pairs = 1; pairs <= MOST_PAIRS; pairs++) {
    const wealth = wealthAfter(draw(random));
    if (wealth >= 1 / ALPHA) return { committed: true, pairs };
    if (wealth < FUTILITY) return { committed: false, pairs };
  }
  return { committed: false, pairs: MOST_PAIRS };
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function points(value: number): string {
  const rounded = Number((100 * value).toFixed(1));
  return `${rounded > 0 ? "+" : ""}${rounded}`;
}
