import type { ContentHash } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import { acceptanceRules, type AcceptanceRule, type Expense } from "../select/index.ts";
import { burdens, lookRule } from "./band.ts";
import { blockSize, type Engine } from "./engine.ts";
import { raceIncumbent } from "./incumbent.ts";
import { refuse } from "./idea.ts";
import { limitBroken } from "./limits.ts";
import { measure } from "./measure.ts";
import { race, raceOrder, tally, type Patience } from "./race.ts";
import { validate } from "./validate.ts";

/** A child, the tasks it is screened on, and what it is measured against there. */
export interface Trial {
  readonly genome: ContentHash;
  readonly tasks: readonly Task[];
  /** By task. */
  readonly before: readonly number[];
  readonly acceptance: AcceptanceRule;
  /** Length of what parent and child tell the agent. */
  readonly expense?: Expense | undefined;
  /** Whether it takes the place of the head when it passes. */
  readonly onHead: boolean;
}

/**
 * Runs a child on its screening tasks, a few at a time; true when it may go on. Whoever is ahead or behind at a look is looked at no longer.
 * A screen, never a proof.
 */
export async function passesScreen(engine: Engine, trial: Trial): Promise<boolean> {
  const { genome, tasks, before, acceptance, expense } = trial;
  const step = engine.inputs.options.look || tasks.length;
  const { improvement, "improvement-or-equal": even } = acceptanceRules;
  const ahead = [improvement, acceptance];
  const after: (number | null)[] = [];
  for (let start = 0; start < tasks.length; start += step) {
    const block = tasks.slice(start, start + step);
    const { rollouts, complete } = await measure(engine, { genome, tasks: block, purpose: "screen", known: {} });
    after.push(...rollouts.map((rollout) => (rollout.state === "scored" ? rollout.score : null)));
    const seen = before.slice(0, after.length);
    const last = !complete || after.length === tasks.length;
    if ((last ? [acceptance] : ahead).every((rule) => rule.accepts(seen, after, expense))) return true;
    if (last || ![even, acceptance].some((rule) => rule.accepts(seen, after, expense))) break;
  }
  engine.journal.emit({ type: "child-rejected", ...tally(before.slice(0, after.length), after) });
  return false;
}

/** Measures the seed on the first block of validation, so that there is something to beat. */
export async function admitSeed(engine: Engine): Promise<void> {
  const { journal, validation } = engine;
  const { draft } = journal.state;
  if (draft === undefined) return;
  const tasks = validation.slice(0, blockSize(engine));
  const measured = await measure(engine, { genome: draft.genome, tasks, purpose: "seed", known: {} });
  if (measured.complete) journal.emit({ type: "candidate-accepted", candidate: 0, head: true });
}

/**
 * Measures a child on validation tasks that no proposal has seen. Where children race, it is measured beside its parent on the block whose turn it is
 * and joins the pool when it is ahead there; else on all of them, and joins. Then it challenges the incumbent. Joining the pool proves
 * nothing; replacing the incumbent does.
 */
export async function admit(engine: Engine, iteration: number): Promise<void> {
  const { journal, inputs } = engine;
  const { draft, candidates } = journal.state;
  const parent = candidates[draft?.parents[0] ?? -1];
  if (draft === undefined || parent === undefined) return;
  const order = raceOrder(engine, iteration);
  // A child has to be ahead in the end, and not behind at any look.
  const strict: Patience = (before, after, last) =>
    lookRule(inputs.options, last).accepts(before, after, burdens(engine));
  const child = { genome: draft.genome, validation: {} };
  const { complete, stayed, ...compared } =
    inputs.options.race > 0
      ? await race(engine, parent, child, order.slice(0, blockSize(engine)), strict)
      : await measureAll(engine, draft.genome);
  if (!complete) {
    const detail = `validation ended after ${compared.tasks} tasks`;
    journal.emit({ type: "child-refused", gene: "", hypothesis: "", reason: "budget", detail });
    return;
  }
  if (!stayed) {
    journal.emit({ type: "child-rejected", ...compared });
    return;
  }
  const broken = limitBroken(journal.state, draft.parents);
  if (broken !== undefined) return refuse(engine, "", { reason: "over-limit", detail: broken }, draft.hypothesis);
  journal.emit({ type: "candidate-accepted", candidate: candidates.length, head: false });
  await challenge(engine, candidates.length, order);
}

/** Has a candidate challenge the incumbent on as many tasks as the options allow while the search goes on. */
export async function challenge(engine: Engine, challenger: number, order: readonly Task[]): Promise<void> {
  const { confirm } = engine.inputs.options;
  await raceIncumbent(engine, challenger, order, confirm === 0 ? order.length : Math.min(confirm, order.length));
}

async function measureAll(engine: Engine, genome: ContentHash): Promise<Awaited<ReturnType<typeof race>>> {
  const { scores, complete } = await validate(engine, genome, engine.validation, {});
  return { ...tally(scores, scores), stayed: true, complete };
}
