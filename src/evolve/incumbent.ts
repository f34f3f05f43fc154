import type { Task } from "../dataset/index.ts";
import { gateDecision, gateWealth, newGate, observePair, testLevel } from "../statistics/index.ts";
import type { Engine } from "./engine.ts";
import { gainsByUnit } from "./families.ts";
import { validate } from "./validate.ts";

/** Chance that a run ever replaces its incumbent by one that gains nothing. */
const RUN_LEVEL = 0.05;
/** Wealth below which a challenger is given up. */
const FUTILITY = 0.3;

/**
 * Tests a candidate against the incumbent on validation tasks, in an order fixed before, looking after every block and twice as many tasks
 * each time, and puts it in its place when the anytime-valid test commits. No proposal saw these tasks, and the level falls with the
 * challengers tested, so that the whole run replaces falsely in at most 5 % of cases. Tasks of a family are one pair.
 */
export async function raceIncumbent(
  engine: Engine,
  challenger: number,
  order: readonly Task[],
  most = order.length,
): Promise<void> {
  const { journal, inputs } = engine;
  const { incumbent, challengers, commits } = journal.state;
  if (incumbent === challenger) return;
  const { race, lanes } = inputs.options;
  // As many lanes may test at the same place in the row of levels.
  const alpha = testLevel(challengers + 1, RUN_LEVEL / lanes, commits);
  let gate = newGate;
  let counted: ReadonlySet<string> = new Set();
  let start = 0;
  for (let end = race === 0 ? most : Math.min(race, most); start < most; end = Math.min(2 * end, most)) {
    const tasks = order.slice(start, end);
    const rows = [];
    for (const index of [incumbent, challenger]) {
      const candidate = journal.state.candidates[index];
      if (candidate === undefined) return;
      rows.push(await validate(engine, candidate.genome, tasks, candidate.validation));
    }
    const [before, after] = rows;
    const units = gainsByUnit(tasks, before?.scores ?? [], after?.scores ?? [], counted);
    gate = units.gains.reduce(observePair, gate);
    counted = units.counted;
    start = end;
    const decision = gateDecision(gate, { alpha, futility: FUTILITY });
    const complete = before?.complete === true && after?.complete === true;
    if (decision === "more" && complete && gateWealth(gate) > 1 && start < most) continue;
    journal.emit({
      type: "incumbent-raced",
      incumbent,
      challenger,
      pairs: gate.n,
      wealth: gateWealth(gate),
      alpha,
      committed: decision === "commit",
    });
    return;
  }
}
