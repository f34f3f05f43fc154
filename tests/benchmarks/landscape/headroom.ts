import { evolve, EvolveOptions, measureHeadroom, type Headroom } from "../../../src/evolve/index.ts";
import { openStore } from "../../../src/store/index.ts";
import { scriptedInputs } from "../../evolve/scripted.ts";
import { reflectOperator } from "./operators.ts";
import { seedsOf, type LandscapeOptions } from "./options.ts";
import { planted } from "./planted.ts";
import { meter } from "./search.ts";
import { shareText, table } from "./table.ts";

const seeds = seedsOf(40);
/** Rollouts of the real run, its sealed test included. */
const real = 2000;
const small = [200, 400] as const;

const worlds: readonly { readonly name: string; readonly options: Partial<LandscapeOptions> }[] = [
  { name: "nothing to gain", options: { reach: 0, seedScore: 0.5 } },
  { name: "10 points", options: { reach: 0.1, seedScore: 0.5 } },
  { name: "20 points", options: { reach: 0.2, seedScore: 0.4 } },
  { name: "45 points", options: {} },
  { name: "a seed at 0.97", options: { reach: 0.02, seedScore: 0.97 } },
];

/** What the pre-test says in worlds whose reachable gain is known, and what the real run then comes to. */
export async function landscapeHeadroom(): Promise<string> {
  const rows: string[][] = [];
  for (const { name, options } of worlds) {
    const found = new Map<number, Headroom["verdict"][]>(small.map((rollouts) => [rollouts, []]));
    const proven: boolean[] = [];
    for (const seed of seeds) {
      for (const rollouts of small)
        found.get(rollouts)?.push((await measureHeadroom(inputsOf(seed, options), rollouts)).verdict);
      proven.push((await evolve(inputsOf(seed, options))).verdict === "better");
    }
    const runs = (verdict: Headroom["verdict"], rollouts: number): number[] =>
      [...seeds.keys()].filter((seed) => found.get(rollouts)?.[seed] === verdict);
    for (const rollouts of small) {
      rows.push([
        name,
        String(rollouts),
        ...(["yes", "cannot-tell", "no"] as const).map((verdict) => {
          const those = runs(verdict, rollouts);
          const better = those.filter((seed) => proven[seed]).length;
          return those.length === 0 ? "0" : `${those.length} (${better} of them better)`;
        }),
        shareText(proven.filter(Boolean).length, seeds.length),
      ]);
    }
  }
  return [
    "# Is a run worth starting?",
    `\`evolve --headroom\` on planted landscapes: 100 training, 150 validation, 150 test tasks, ${seeds.length} seeds each. The pre-test is a run in small, judged on half of the validation tasks; the real run has ${real} rollouts, its sealed test included. In brackets: how many of the real runs after such an answer were proven better.`,
    table(
      ["reachable gain", "rollouts of search in small", "yes", "cannot tell", "no", "real runs proven better"],
      rows,
    ),
    "Without it every run is started. A pre-test of four single changes of the seed, the best of them on each task against the best of four repeats of the seed, was tried first: it said yes in 2 of 40 worlds with 45 points to gain and no in 12, since what one change reaches says little of what many reach together.",
  ].join("\n\n");
}

function inputsOf(seed: number, changes: Partial<LandscapeOptions>): ReturnType<typeof scriptedInputs> {
  const { options, seedGenome, dataset, evaluator } = planted(seed, changes);
  return scriptedInputs({
    store: openStore(":memory:"),
    inputs: {
      options: EvolveOptions.parse({ budget: { rollouts: real }, seed }),
      operators: [reflectOperator(options)],
      evaluator: meter(evaluator),
      seedGenome,
      dataset,
    },
  });
}
