import { addSpend, nothingSpent, shortage, type Spend } from "./budget.ts";
import { available, type Engine } from "./engine.ts";
import type { JournalEvent } from "./event.ts";
import { rebase } from "./head.ts";
import { mostRollouts } from "./iteration-cost.ts";
import { draftJournal } from "./journal.ts";
import { positionOf, type RunState } from "./state.ts";
import type { Stopper } from "./stopper.ts";
import { takeCommands } from "./take-commands.ts";

/**
 * Runs iterations in lanes. Iteration k starts from the state before iteration k - lanes + 1 and keeps a journal of its own; the journals
 * are written in the order of the iterations. So the run depends on the number of lanes and not on who is done first, and a run that was
 * cut goes on as if it had not been. As the budget runs out, fewer lanes are used.
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
  const underWay = new Map<number, UnderWay>();
  let next = journal.state.iteration;
  let stopped = journal.state.stop;
  try {
    for (;;) {
      while (stopped === undefined && underWay.size < lanes) {
        inputs.signal?.throwIfAborted();
        const base = baseOf(engine, next, underWay);
        if (base === undefined && underWay.size > 0) break;
        const from = base?.state ?? journal.state;
        stopped = stopReason(engine.on(draftJournal(from, inputs.bus), undefined), next);
        if (stopped !== undefined) break;
        const lane = startLane(engine, from, base?.share, next, iterate);
        // Whoever waits for it will hear of a failure; until then it is not an unhandled one.
        lane.catch(() => {});
        underWay.set(next, { lane, share: base?.share });
        next += 1;
      }
      const [first] = underWay;
      if (first === undefined) break;
      const [iteration, { lane }] = first;
      const done = await lane;
      underWay.delete(iteration);
      write(engine, done, iteration);
      takeCommands(engine, next);
    }
  } finally {
    await Promise.allSettled([...underWay.values()].map(({ lane }) => lane));
  }
  if (stopped !== undefined && journal.state.stop === undefined) {
    takeCommands(engine, next);
    journal.emit({ type: "run-stopped", reason: stopped });
    journal.commit();
  }
}

interface UnderWay {
  readonly lane: Promise<Lane>;
  /** Rollouts that it may take; undefined where it has the whole budget. */
  readonly share: number | undefined;
}

interface Lane {
  /** Size of the pool that it started from. */
  readonly pool: number;
  readonly events: readonly JournalEvent[];
  readonly writes: readonly (() => void)[];
}

async function startLane(
  engine: Engine,
  base: RunState,
  share: number | undefined,
  iteration: number,
  iterate: (lane: Engine, iteration: number) => Promise<void>,
): Promise<Lane> {
  const draft = draftJournal(base, engine.inputs.bus);
  await iterate(engine.on(draft, share === undefined ? undefined : ceilingOf(engine, base, share)), iteration);
  const { events, writes } = draft;
  return { pool: base.candidates.length, events, writes };
}

/** No limit where the budget sets none. */
function ceilingOf(engine: Engine, { spent }: RunState, share: number): Spend {
  const { tokens, usd } = engine.inputs.options.budget;
  const limit = addSpend(spent, spendOf(engine, share));
  return {
    rollouts: limit.rollouts,
    tokens: tokens === undefined ? Number.POSITIVE_INFINITY : limit.tokens,
    usd: usd === undefined ? Number.POSITIVE_INFINITY : limit.usd,
  };
}

/**
 * Writes what an iteration did. Candidates are numbered as they come into the pool, where others may have come meanwhile; a child of a head that
 * others have moved is brought to the new one.
 */
function write(engine: Engine, { pool, events, writes }: Lane, iteration: number): void {
  const { journal, inputs } = engine;
  const child = events.find((event) => event.type === "child-proposed");
  const isTwin = child !== undefined && positionOf(journal.state, child.genome) !== undefined;
  const isVetoed = child !== undefined && journal.state.steering.barred.includes(child.genome);
  let joined = 0;
  for (const event of events) {
    const admits = event.type === "candidate-accepted" || event.type === "incumbent-raced";
    if (admits && isVetoed && event.type === "candidate-accepted") journal.emit(vetoed(child.hypothesis));
    if (admits && (isTwin || isVetoed)) continue;
    const { candidates, head, draft } = journal.state;
    if (event.type === "candidate-accepted") {
      joined = candidates.length;
      const onHead = event.head && draft?.parents[0] === head;
      const isSame = event.candidate === joined && event.head === onHead;
      journal.emit(isSame ? event : { ...event, candidate: joined, head: onHead });
      if (event.head && !onHead) rebase(engine, joined);
    } else if (event.type === "incumbent-raced" && event.challenger >= pool) {
      journal.emit({ ...event, challenger: joined });
    } else journal.emit(countedOnce(event, engine));
  }
  for (const each of writes) journal.alongside(each);
  journal.alongside(() => inputs.store.underWay.removeUpTo(inputs.run, iteration));
  journal.commit();
}

/** A child that came through its race and does not join the pool. */
function vetoed(hypothesis: string): JournalEvent {
  return { type: "child-refused", gene: "", hypothesis, reason: "vetoed", detail: "a person vetoed it" };
}

/** Another lane may have measured the same meanwhile: it was paid for once. */
function countedOnce(event: JournalEvent, { journal, costs }: Engine): JournalEvent {
  if (event.type !== "rollouts-scored") return event;
  const { genome, tasks } = event;
  const twice = tasks.filter((task) => journal.isCounted(genome, task));
  if (twice.length === 0) return event;
  const spent = tasks
    .filter((task) => !twice.includes(task))
    .reduce<Spend>((sum, task) => addSpend(sum, costs.get(genome)?.get(task) ?? nothingSpent), nothingSpent);
  return { ...event, spent };
}

/**
 * The earliest state from which an iteration may start, with its share: one at most `lanes` - 1 iterations back, whose budget pays for that
 * iteration and for all that may be under way beside it. So lanes never spend more than there is together, and fewer are used as the budget
 * runs out. Undefined with one lane, and where even alone it might cost more than is left, each rollout at the highest price: then it waits for all
 * iterations before it and has the whole budget.
 */
function baseOf(
  engine: Engine,
  iteration: number,
  underWay: ReadonlyMap<number, UnderWay>,
): { readonly state: RunState; readonly share: number } | undefined {
  const { journal, inputs } = engine;
  const done = journal.state.iteration;
  const { lanes } = inputs.options;
  if (lanes === 1) return undefined;
  for (let at = Math.max(0, iteration - lanes + 1); at <= Math.min(done, iteration); at++) {
    const state = journal.before(at);
    const beside = Array.from(
      { length: iteration - at },
      (_, i) => underWay.get(at + i)?.share ?? journal.before(at + i + 1)?.turn.share,
    );
    if (state === undefined || beside.includes(undefined)) continue;
    const view = engine.on(draftJournal(state, inputs.bus), undefined);
    const share = mostRollouts(view, iteration);
    const together = [share, ...beside].map((rollouts) => spendOf(engine, rollouts ?? 0)).reduce(addSpend);
    if (shortage(available(view), together) === undefined) return { state, share };
  }
  return undefined;
}

/** Tokens and money of an iteration with so many rollouts at the highest price, where the budget limits them. */
function spendOf({ inputs }: Engine, rollouts: number): Spend {
  const { options, estimate } = inputs;
  const { rollout, reflection } = estimate;
  const atMost = (member: "tokens" | "usd"): number =>
    options.budget[member] === undefined ? 0 : rollouts * rollout.most[member] + CALLS * reflection.most[member];
  return { rollouts, tokens: atMost("tokens"), usd: atMost("usd") };
}

/** Reflection calls that an iteration may make. */
const CALLS = 20;
