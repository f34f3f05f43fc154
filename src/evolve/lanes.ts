import { addSpend, nothingSpent, shortage, type Spend } from "./budget.ts";
import { available, type Engine } from "./engine.ts";
import type { JournalEvent } from "./event.ts";
import { draftJournal } from "./journal.ts";
import type { RunState } from "./state.ts";
import { iterationCost, type Stopper } from "./stopper.ts";

/**
 * Runs iterations in lanes. Iteration k starts from the state before iteration k - lanes + 1 and keeps a journal of its own; the journals
 * are written in the order of the iterations. So the run depends on the number of lanes and not on who is done first, and a run that was
 * cut goes on as if it had not been. When the budget becomes too small to give every lane its share, iterations come one after another.
 *
 * `stopReason` is asked about the state that an iteration would start from; when there is a reason, what is under way is finished.
 */
export async function runInLanes(
  engine: Engine,
  iterate: (lane: Engine, iteration: number) => Promise<void>,
  stopReason: Stopper,
): Promise<void> {
  const { journal, inputs } = engine;
  const { lanes } = inputs.options;
  const underWay = new Map<number, Promise<Lane>>();
  let next = journal.state.iteration;
  let stopped = journal.state.stop;
  try {
    for (;;) {
      while (stopped === undefined && underWay.size < lanes) {
        inputs.signal?.throwIfAborted();
        const base = baseOf(engine, next);
        const share = base && shareOf(engine, base);
        const alone = share === undefined;
        if (alone && underWay.size > 0) break;
        const from = alone ? journal.state : (base ?? journal.state);
        stopped = stopReason(engine.on(draftJournal(from, inputs.bus), undefined));
        if (stopped !== undefined) break;
        const lane = startLane(engine, from, share, next, iterate);
        // Whoever waits for it will hear of a failure; until then it is not an unhandled one.
        lane.catch(() => {});
        underWay.set(next, lane);
        next += 1;
      }
      const [first] = underWay;
      if (first === undefined) break;
      const [iteration, promise] = first;
      const lane = await promise;
      underWay.delete(iteration);
      write(engine, lane);
    }
  } finally {
    await Promise.allSettled(underWay.values());
  }
  if (stopped !== undefined && journal.state.stop === undefined) {
    journal.emit({ type: "run-stopped", reason: stopped });
    journal.commit();
  }
}

interface Lane {
  readonly events: readonly JournalEvent[];
  readonly writes: readonly (() => void)[];
}

async function startLane(
  engine: Engine,
  base: RunState,
  share: Spend | undefined,
  iteration: number,
  iterate: (lane: Engine, iteration: number) => Promise<void>,
): Promise<Lane> {
  const draft = draftJournal(base, engine.inputs.bus);
  await iterate(engine.on(draft, share && addSpend(base.spent, share)), iteration);
  return draft;
}

function write(engine: Engine, { events, writes }: Lane): void {
  const { journal } = engine;
  const { candidates } = journal.state;
  const isTwin = events.some(
    (event) => event.type === "child-proposed" && candidates.some(({ genome }) => genome === event.genome),
  );
  for (const event of events) {
    if (isTwin && (event.type === "candidate-accepted" || event.type === "incumbent-raced")) continue;
    journal.emit(countedOnce(inPool(event, journal.state), engine));
  }
  for (const each of writes) journal.alongside(each);
  journal.commit();
}

/** Candidates are numbered as they come into the pool, and others may have come meanwhile. */
function inPool(event: JournalEvent, { candidates }: RunState): JournalEvent {
  if (event.type === "candidate-accepted") return { ...event, candidate: candidates.length };
  return event.type === "incumbent-raced" ? { ...event, challenger: candidates.length - 1 } : event;
}

/** Another lane may have measured the same meanwhile: it was paid for once. */
function countedOnce(event: JournalEvent, { journal, costs }: Engine): JournalEvent {
  if (event.type !== "rollouts-scored") return event;
  const { genome, tasks } = event;
  const twice = tasks.filter((task) => journal.isCounted(genome, task));
  if (twice.length === 0) return event;
  const spent = tasks
    .filter((task) => !twice.includes(task))
    .reduce<Spend>((sum, task) => addSpend(sum, costs.get(`${genome} ${task}`) ?? nothingSpent), nothingSpent);
  return { ...event, spent };
}

/** The state that an iteration starts from when its budget allows lanes; undefined while it is still to come. */
function baseOf({ journal, inputs }: Engine, iteration: number): RunState | undefined {
  return journal.before(Math.max(0, iteration - inputs.options.lanes + 1));
}

/**
 * What an iteration may spend beside the other lanes: half of an equal part of what is available, since the others may have started with
 * somewhat more; so together they never spend more than there is. Undefined when that does not pay for an iteration, or with one lane.
 */
function shareOf(engine: Engine, base: RunState): Spend | undefined {
  const { lanes } = engine.inputs.options;
  if (lanes === 1) return undefined;
  const view = engine.on(draftJournal(base, engine.inputs.bus), undefined);
  const all = available(view);
  const part = (amount: number): number => amount / (2 * lanes);
  const share: Spend = { rollouts: Math.floor(part(all.rollouts)), tokens: part(all.tokens), usd: part(all.usd) };
  return shortage(share, addSpend(nothingSpent, iterationCost(view))) === undefined ? share : undefined;
}
