import { makeRandom, type Random } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import { beliefOf, BLOCK, mostPromising } from "./belief.ts";
import { available, iterationRandom, poolOf, type Engine } from "./engine.ts";
import { keepChild, refuse, type ScoredEvidence } from "./idea.ts";
import { isOut, limitBroken } from "./limits.ts";
import { measure } from "./measure.ts";
import { pairUp } from "./mutation.ts";
import { setApart } from "./set-apart.ts";
import { withoutShown } from "./shown-examples.ts";
import { combination, thinkOf, type Thought } from "./thoughts.ts";
import { markUnderWay } from "./under-way.ts";
import { validate } from "./validate.ts";

/** Training tasks that the seed is measured on, once, which proposals are made from. */
export const SHOWN = 24;
/** Iterations that each measure a random combination of changes, so that there is something to believe. */
const FIRST = 12;
/** New genomes that are thought of in an iteration, and of how many of the best members they are made. */
const THOUGHTS = 16;
const PARENTS = 8;
/** Share of what the search may spend in which nothing new is tried, and among how many of the best it is spent. */
const LAST = 0.3;
const FINALISTS = 4;

/** Measures the seed on the tasks that proposals are made from. */
export async function showSeed(engine: Engine): Promise<void> {
  const { inputs, journal, train } = engine;
  const [seed] = journal.state.candidates;
  if (seed === undefined) return;
  const unshown = withoutShown(train, inputs.seedGenome);
  const tasks = makeRandom(inputs.options.seed)
    .fork("shown")
    .shuffle(unshown.length === 0 ? train : unshown)
    .slice(0, SHOWN);
  await measure(engine, { genome: seed.genome, tasks, purpose: "evidence", known: {} });
}

/**
 * One iteration of a search for where proposals cost nothing. All genomes are measured on the same validation tasks, a block at a time, and a belief
 * says what any combination of values would score, so that a change is judged by all that hold it. One world is drawn from the belief, and whoever is
 * best in it has the next block: a member of the pool, or one of a few genomes that are only thought of. In the last part nothing new is tried.
 */
export async function searchByBelief(engine: Engine, iteration: number): Promise<void> {
  const random = iterationRandom(engine, iteration).fork("belief");
  const evidence = await seedEvidence(engine);
  const how = isLast(engine) ? chooseFinalist : iteration < FIRST ? combination : choose;
  const chosen = await how(engine, evidence, random);
  if (chosen === undefined)
    refuse(engine, "", { reason: "no-alternative", detail: "there is nothing left to measure" });
  else if (typeof chosen === "number") await measureMember(engine, chosen);
  else await measureThought(engine, iteration, chosen);
}

/** A child that was proposed otherwise, by a person, is measured as any other. */
export async function measureChild(engine: Engine): Promise<void> {
  const { journal, validation } = engine;
  const { draft } = journal.state;
  if (draft === undefined) return;
  const { scores } = await validate(engine, draft.genome, validation.slice(0, BLOCK), {});
  if (scores.length === 0)
    return refuse(engine, "", { reason: "budget", detail: "not one task could be paid for" }, draft.hypothesis);
  const broken = limitBroken(journal.state, draft.parents);
  if (broken !== undefined) return refuse(engine, "", { reason: "over-limit", detail: broken }, draft.hypothesis);
  journal.emit({ type: "candidate-accepted", candidate: journal.state.candidates.length, head: false });
}

async function measureThought(engine: Engine, iteration: number, thought: Thought): Promise<void> {
  const { journal } = engine;
  const { genome, parents, operator, hypothesis, changes } = thought;
  const [parent = 0] = parents;
  journal.emit({ type: "parent-chosen", parent });
  const [gene = "", ...more] = Object.keys(changes);
  journal.emit({ type: "gene-chosen", parent, gene: more.length === 0 ? gene : "", operator });
  const id = keepChild(engine, genome);
  const origin = `${operator} ${[gene, ...more].join(", ")}`;
  journal.emit({ type: "child-proposed", genome: id, parents, origin, hypothesis, flips: [], changes });
  markUnderWay(engine, iteration);
  await measureChild(engine);
}

async function measureMember(engine: Engine, index: number): Promise<void> {
  const member = engine.journal.state.candidates[index];
  if (member === undefined) return;
  engine.journal.emit({ type: "member-chosen", candidate: index });
  await validate(engine, member.genome, unmeasured(engine, index).slice(0, BLOCK), {});
}

/** Whoever is best in a world drawn from the belief. */
async function choose(
  engine: Engine,
  evidence: readonly ScoredEvidence[],
  random: Random,
): Promise<number | Thought | undefined> {
  const { pinned } = setApart(engine.journal.state);
  const parents = [...new Set([...mostPromising(poolOf(engine)).slice(0, PARENTS), ...pinned])];
  const thoughts = await thinkOf(engine, parents, THOUGHTS, evidence, random);
  const belief = beliefOf(
    poolOf(engine),
    thoughts.map(({ genome }) => genome),
  );
  const world = belief.draw(random.fork("world"));
  const options = [...belief.members, ...thoughts].map((option, i) => ({ option, worth: world[i] ?? 0 }));
  return byWorth(options.filter(({ option }) => typeof option !== "number" || isOpen(engine, option)))[0]?.option;
}

/**
 * One of the best members, so that they are told apart: the best in a world drawn from the belief or, as often, its rival (Russo 2016). As in the rest
 * of the search where all of them are measured to the end. A member that a person pinned is measured as long as the best.
 */
async function chooseFinalist(
  engine: Engine,
  evidence: readonly ScoredEvidence[],
  random: Random,
): Promise<number | Thought | undefined> {
  const { pinned } = setApart(engine.journal.state);
  const pool = poolOf(engine);
  const belief = beliefOf(pool);
  const finalists = mostPromising(pool, belief).slice(0, FINALISTS);
  const left = (index: number): number => unmeasured(engine, index).length;
  const behind = pinned.find((index) => isOpen(engine, index) && left(index) > left(finalists[0] ?? 0));
  if (behind !== undefined) return behind;
  const open = new Set(finalists.filter((index) => isOpen(engine, index)));
  if (open.size === 0) return choose(engine, evidence, random);
  const world = belief.draw(random.fork("world"));
  const drawn = belief.members.flatMap((index, i) => (open.has(index) ? [{ index, worth: world[i] ?? 0 }] : []));
  const [first, second = first] = byWorth(drawn);
  return (random.fork("rival").next() < 0.5 ? first : second)?.index;
}

/** Whether a member may be measured further. */
function isOpen(engine: Engine, index: number): boolean {
  return !isOut(engine.journal.state, index) && unmeasured(engine, index).length > 0;
}

function unmeasured({ journal, validation }: Engine, index: number): readonly Task[] {
  const known = journal.state.candidates[index]?.validation ?? {};
  return validation.filter(({ id }) => known[id] === undefined);
}

function byWorth<T extends { readonly worth: number }>(options: readonly T[]): readonly T[] {
  return options.toSorted((a, b) => b.worth - a.worth);
}

/** What the seed does on the training tasks it was measured on, the first of all. */
async function seedEvidence(engine: Engine): Promise<readonly ScoredEvidence[]> {
  const { inputs, journal, train } = engine;
  const known = journal.state.candidates[0]?.train ?? {};
  const tasks = train.filter(({ id }) => typeof known[id] === "number");
  return pairUp(tasks, await inputs.evaluator.evaluate(inputs.seedGenome, tasks, { signal: inputs.signal }));
}

/** Whether the last part of the search has begun, by the limit of the budget that is nearest. */
function isLast(engine: Engine): boolean {
  const left = available(engine.on(engine.journal, undefined));
  const { spent } = engine.journal.state;
  return (["rollouts", "tokens", "usd"] as const).some(
    (member) => Number.isFinite(left[member]) && left[member] <= LAST * (left[member] + spent[member]),
  );
}
