import type { ContentHash } from "../../src/base/index.ts";
import { evolve, EvolveOptions, type JournalEvent } from "../../src/evolve/index.ts";
import { journalOf, scriptedInputs } from "../evolve/scripted.ts";
import { reflectOperator } from "./landscape/operators.ts";
import { planted } from "./landscape/planted.ts";
import { meter } from "./landscape/search.ts";

/** Rollouts of runs that came to nothing because of what another lane had done meanwhile. */
interface Doomed {
  readonly rollouts: number;
  /** For a child that another lane had brought into the pool. */
  readonly twins: number;
  /** For races against an incumbent that another lane had replaced. */
  readonly races: number;
}

const seeds = [1, 2, 3, 4, 5];

/** How much of a run in lanes is in vain, and so how much cancelling it could save at most. */
export async function doomed(): Promise<string> {
  const rows: string[] = [];
  for (const lanes of [2, 8, 32]) {
    const found: Doomed[] = [];
    for (const seed of seeds) found.push(countDoomed(await journalWith(lanes, seed)));
    const sum = (key: keyof Doomed): number => found.reduce((total, one) => total + one[key], 0);
    const share = (key: keyof Doomed): string => `${((100 * sum(key)) / sum("rollouts")).toFixed(2)} %`;
    rows.push(`| ${lanes} | ${sum("rollouts").toLocaleString("en")} | ${share("twins")} | ${share("races")} |`);
  }
  return [
    "# Work in vain in lanes",
    `Planted landscape, 2,000 rollouts of search, ${seeds.length} seeds. Rollouts that came to nothing because of what another lane had done meanwhile: all that cancelling doomed work could save.`,
    [
      "| lanes | rollouts | on a child that another lane had brought in | on a race against an incumbent that another lane had replaced |",
      "| ---: | ---: | ---: | ---: |",
      ...rows,
    ].join("\n"),
    "So no lane is cancelled. Whether a lane is doomed must follow from the journal alone and not from who is done first, or the same seed would not give the same run: a lane would have to wait for the ones before it at each of its steps, for next to nothing. Lanes that are under way when a run stops are finished: what they paid for counts, and may be the winner.",
  ].join("\n\n");
}

async function journalWith(lanes: number, seed: number): Promise<readonly JournalEvent[]> {
  const landscape = planted(seed, {});
  const budget = { rollouts: 2000 + 2 * landscape.options.tasks.test };
  const inputs = scriptedInputs({
    inputs: {
      options: EvolveOptions.parse({ budget, seed, lanes }),
      seedGenome: landscape.seedGenome,
      dataset: landscape.dataset,
      evaluator: meter(landscape.evaluator),
      operators: [reflectOperator(landscape.options)],
    },
  });
  await evolve(inputs);
  const journal = journalOf(inputs.store) as readonly JournalEvent[];
  inputs.store.close();
  return journal;
}

function countDoomed(journal: readonly JournalEvent[]): Doomed {
  const pool = new Set<ContentHash>();
  let [rollouts, twins, races, incumbent, spent] = [0, 0, 0, 0, 0];
  let child: ContentHash | undefined;
  for (const event of journal) {
    switch (event.type) {
      case "run-started":
        child = event.genome;
        break;
      case "child-proposed":
        child = event.genome;
        spent = 0;
        break;
      case "rollouts-scored":
        if (event.purpose === "test") break;
        rollouts += event.spent.rollouts;
        spent += event.spent.rollouts;
        break;
      case "candidate-accepted":
        if (child !== undefined) pool.add(child);
        child = undefined;
        spent = 0;
        break;
      case "incumbent-raced":
        if (event.incumbent !== incumbent) races += spent;
        else if (event.committed) incumbent = event.challenger;
        break;
      case "iteration-finished":
        if (child !== undefined && pool.has(child)) twins += spent;
        child = undefined;
        break;
      default:
        break;
    }
  }
  return { rollouts, twins, races };
}
