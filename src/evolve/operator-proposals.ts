import type { Genome } from "../genome/index.ts";
import {
  joinChanges,
  makeChild,
  proposeChildren,
  type CheckedProposal,
  type Operator,
  type ProposeRequest,
} from "../mutate/index.ts";
import { isPlateau } from "../select/index.ts";
import type { Engine } from "./engine.ts";
import { isKnown, isTried } from "./known.ts";
import { keepChild, refuse, type Idea, type Idle, type Occasion } from "./idea.ts";
import { drawTurn, turnFor } from "./portfolio.ts";
import { isReflectionFailure, recordedReflection, ReflectionUnaffordable } from "./reflection.ts";

type Child = Extract<CheckedProposal, { kind: "child" }>;

/** Of what one call proposes, additions that hardly speak of the evidence are left out. */
const leastGrounding = 0.35;

/**
 * Draws an operator and has it propose. Several hypotheses of one call, or of one call a gene, are joined in one child: each alone is too small to be told from
 * noise on a few tasks. What needs no model, such as worked examples, is added while it is at hand.
 */
export async function proposeByOperator(engine: Engine, occasion: Occasion): Promise<Idea | undefined> {
  const { inputs, journal } = engine;
  const { index, parent, random, wish } = occasion;
  const turn =
    wish === undefined
      ? drawTurn(
          parent,
          inputs.operators,
          { bandit: journal.state.operators, isPlateau: isPlateau(journal.state.progress.gains) },
          inputs.options.genes,
          random.fork("turn"),
        )
      : turnFor(parent, inputs.operators, wish.gene);
  if (turn === undefined) {
    return wish === undefined
      ? refuse(engine, "", { reason: "no-alternative", detail: "no gene of this parent may change" })
      : refuse(
          engine,
          wish.gene,
          { reason: "no-alternative", detail: "no operator reads a hypothesis about it" },
          wish.text,
        );
  }
  const children: Child[] = [];
  for (const gene of turn.genes) {
    journal.emit({ type: "gene-chosen", parent: index, gene, operator: turn.operator.name });
    children.push(...(await ask(engine, turn.operator, gene, occasion)));
  }
  const grounded = children.length < 2 ? [] : children.filter(({ grounding }) => grounding >= leastGrounding);
  const [first, ...others] = grounded.length > 0 ? grounded : children;
  if (first === undefined) return undefined;
  const joined = [first, ...others];
  const taken = others.length === 0 ? first : (join(engine, parent, joined) ?? first);
  return {
    genome: keepChild(engine, taken.genome),
    origin: `${turn.operator.name} ${Object.keys(taken.changes).join(", ")}${wish === undefined ? "" : " (a person's hypothesis)"}`,
    hypothesis: joined.map(({ hypothesis }) => hypothesis).join(" "),
    changes: taken.changes,
    flips: [...new Set(joined.flatMap(({ flips }) => flips))],
  };
}

/** All changes in one child, unless it breaks a bound. */
function join(
  engine: Engine,
  parent: Genome,
  children: readonly Child[],
): Pick<Child, "changes" | "genome"> | undefined {
  const changes = joinChanges(
    parent,
    children.map((child) => child.changes),
  );
  const { findCopied } = engine;
  const child = makeChild({ parent, changes, isKnown: () => false, findCopied, others: latestOf(engine) });
  return child.kind === "child" ? { changes, genome: child.genome } : undefined;
}

/** The valid children an operator proposes; what is refused is journalled. */
async function ask(engine: Engine, operator: Operator, gene: string, occasion: Occasion): Promise<readonly Child[]> {
  try {
    const results = await proposeChildren(operator, requestOf(engine, gene, occasion), {
      isKnown: (id) => isKnown(engine, id),
      findCopied: engine.findCopied,
      others: latestOf(engine),
    });
    for (const result of results) {
      if (result.kind === "refused" && result.reason !== "no-alternative")
        refuse(engine, gene, result, result.hypothesis);
    }
    const children = results.filter((result) => result.kind === "child");
    if (
      children.length === 0 &&
      results.every((result) => result.kind === "refused" && result.reason === "no-alternative")
    )
      refuse(engine, gene, { reason: "no-alternative", detail: `${operator.name} has nothing new to offer` });
    return children;
  } catch (error) {
    const idle = reflectionFlaw(error);
    if (idle === undefined) throw error;
    refuse(engine, gene, idle);
    return [];
  }
}

/** Members of the pool that a child is held against: so many of the latest, so that the work does not grow with the run. */
const COMPARED = 64;

/** The latest members of the pool: a child that says the same as one of them is not worth a rollout. */
export function latestOf(engine: Engine): readonly Genome[] {
  return engine.journal.state.candidates.slice(-COMPARED).map(({ genome }) => engine.genome(genome));
}

/** What any operator is given. */
export function requestOf(engine: Engine, gene: string, { parent, evidence, random, wish }: Occasion): ProposeRequest {
  const { candidates, attempts, steering } = engine.journal.state;
  const draws = random.fork(gene);
  // What few operators look at is made when they do: the pool is large.
  return {
    parent,
    gene,
    evidence,
    failedAttempts: attempts[gene] ?? [],
    random: draws.fork("operator"),
    reflect: recordedReflection(engine, draws.fork("reflection").int(2 ** 31)),
    get pool() {
      const inUse = candidates.filter(({ genome }) => !steering.barred.includes(genome));
      return inUse.map(({ genome, mean }) => ({ genome: engine.genome(genome), mean }));
    },
    get gained() {
      return candidates.slice(1).map(({ hypothesis }) => hypothesis);
    },
    purpose: engine.inputs.dataset.description,
    suggestion: wish,
    tried: (changes) => isTried(engine, parent, changes),
    signal: engine.inputs.signal,
  };
}

/** Why a reflection call brought nothing, where that is no defect. */
export function reflectionFlaw(error: unknown): Idle | undefined {
  if (error instanceof ReflectionUnaffordable)
    return { reason: "budget", detail: "the reflection call could not be paid for" };
  return isReflectionFailure(error) ? { reason: "reflection-failed", detail: error.message } : undefined;
}
