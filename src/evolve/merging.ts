import { sum } from "../base/index.ts";
import { findMerge, type Merge } from "../mutate/index.ts";
import { acceptanceRules, survivorsOf } from "../select/index.ts";
import { iterationRandom, type Engine } from "./engine.ts";
import type { Trial } from "./judge.ts";
import { isKnown } from "./known.ts";
import { isBarred } from "./set-apart.ts";

/** Joins the changes of two candidates, when two can be joined. */
export function proposeMerge(engine: Engine, iteration: number): Trial | undefined {
  const { inputs, journal } = engine;
  const { candidates, merges } = journal.state;
  const random = iterationRandom(engine, iteration).fork("merge");
  const merge = findMerge({
    candidates: candidates.map(({ genome, parents, mean }) => ({
      id: genome,
      genome: engine.genome(genome),
      parents,
      mean,
    })),
    eligible: survivorsOf(journal.state.frontier).filter((index) => !isBarred(journal.state, index)),
    done: new Set(merges),
    isKnown: (id) => isKnown(engine, id),
    random,
  });
  const [better, other] = merge === undefined ? [] : [candidates[merge.better], candidates[merge.other]];
  if (merge === undefined || better === undefined || other === undefined) return undefined;
  engine.keep(merge.id, merge.genome);
  journal.emit({
    type: "child-proposed",
    genome: merge.id,
    parents: [merge.better, merge.other],
    origin: "merge",
    hypothesis: describe(merge),
    changes: merge.changes,
  });

  const scored = engine.validation.filter(
    ({ id }) => typeof better.validation[id] === "number" && typeof other.validation[id] === "number",
  );
  const differing = scored.filter(({ id }) => better.validation[id] !== other.validation[id]);
  const tasks = random.shuffle(differing).slice(0, inputs.options.merge.screen);
  const rows = [better, other].map((candidate) => tasks.map(({ id }) => candidate.validation[id] ?? 0));
  const before = rows.toSorted((a, b) => sum(b) - sum(a))[0] ?? [];
  return { genome: merge.id, tasks, before, acceptance: acceptanceRules["improvement-or-equal"], onHead: false };
}

/** A merge is due after a candidate came into a pool that has something to join, as long as tries are left. */
export function isMergeDue({ journal, inputs }: Engine): boolean {
  const { mergeDue, merges, candidates } = journal.state;
  return mergeDue && merges.length < inputs.options.merge.most && candidates.length > 2;
}

function describe({ better, other, ancestor }: Merge): string {
  return `the changes of candidates ${better} and ${other} since candidate ${ancestor}`;
}
