import { AlleleError, makeRandom, type ContentHash } from "../base/index.ts";
import { affordable } from "./budget.ts";
import { available, expectedRollout, type Engine } from "./engine.ts";
import { finalistOf } from "./finalists.ts";
import { measure } from "./measure.ts";
import type { Outcome } from "./outcome.ts";
import { judge } from "./verdict.ts";

/**
 * Opens the sealed test, once: seed and finalist on the same tasks. The opening is recorded before a single task is run, in one
 * transaction with the journal. Tests on fewer tasks when the budget does not pay for all.
 */
export async function openSealedTest(engine: Engine): Promise<Outcome> {
  const { inputs, journal } = engine;
  const { store, dataset, run, clock, options } = inputs;
  const { seed, candidates } = journal.state;
  const finalist = candidates[finalistOf(engine)]?.genome;
  if (seed === undefined || finalist === undefined) throw nothingToTest();
  const genomes: ContentHash[] = finalist === seed ? [seed] : [seed, finalist];

  if (journal.state.phase !== "testing") {
    const opening = { dataset: dataset.name, genomes, purpose: `evolve ${run}`, at: clock.now() };
    journal.alongside(() => store.testOpenings.append(opening));
    journal.emit({ type: "test-opened", genomes, tasks: engine.test.length });
    journal.commit();
  }
  const fitting = Math.floor(affordable(available(engine), expectedRollout(engine, journal.state)) / genomes.length);
  const tasks = makeRandom(options.seed).fork("test").shuffle(engine.test).slice(0, fitting);
  for (const genome of genomes) {
    await measure(engine, { genome, tasks, purpose: "test", known: journal.state.test[genome] ?? {} });
  }
  const { test } = journal.state;
  return judge({
    seed,
    finalist,
    scores: test,
    tasks,
    random: makeRandom(options.seed).fork("judge"),
  });
}

function nothingToTest(): AlleleError {
  return new AlleleError({ code: "nothing-to-test", kind: "defect", message: "the run has no candidate to test" });
}
