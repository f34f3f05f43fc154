import type { ContentHash, Random } from "../base/index.ts";
import { genomeId, type Genome } from "../genome/index.ts";
import { makeChild, proposeChildren } from "../mutate/index.ts";
import { memberGenome } from "./belief.ts";
import { poolOf, type Engine } from "./engine.ts";
import type { Changes } from "./event.ts";
import type { ScoredEvidence } from "./idea.ts";
import { differing, isKnown } from "./known.ts";
import { requestOf } from "./operator-proposals.ts";
import { evolvableGenes } from "./portfolio.ts";

/** Most changes in one random combination. */
const MOST_CHANGES = 6;
/** Draws of an operator and a gene for one change, before it is given up. */
const DRAWS = 10;

/** A genome that is only thought of: it costs nothing until it is measured. */
export interface Thought {
  readonly id: ContentHash;
  readonly genome: Genome;
  /** Positions in the pool. */
  readonly parents: readonly number[];
  readonly operator: string;
  readonly hypothesis: string;
  /** Beside its first parent. */
  readonly changes: Changes;
}

/** The seed with one to six random changes. Undefined when they come to nothing new. */
export async function combination(
  engine: Engine,
  evidence: readonly ScoredEvidence[],
  random: Random,
): Promise<Thought | undefined> {
  const count = 1 + random.fork("count").int(MOST_CHANGES);
  return thoughtOf(engine, [0], await changed(engine, memberGenome(poolOf(engine), 0), evidence, count, random));
}

/** So many new genomes made of members of the pool: half are one of them changed once or twice, a quarter two of them crossed, a quarter both. */
export async function thinkOf(
  engine: Engine,
  parents: readonly number[],
  count: number,
  evidence: readonly ScoredEvidence[],
  random: Random,
): Promise<readonly Thought[]> {
  const thoughts = new Map<ContentHash, Thought>();
  for (let i = 0; i < count; i++) {
    const draws = random.fork(`thought-${i}`);
    const [one, other] = ["one", "other"].map((name) => draws.fork(name).pick(parents)) as [number, number];
    const isCrossed = i % 2 === 1;
    const start = isCrossed
      ? crossed(engine, memberGenome(poolOf(engine), one), memberGenome(poolOf(engine), other), draws.fork("crossed"))
      : memberGenome(poolOf(engine), one);
    const steps = i % 4 === 1 ? 0 : 1 + draws.fork("count").int(2);
    const made = await changed(engine, start, evidence, steps, draws);
    const thought = thoughtOf(engine, isCrossed && one !== other ? [one, other] : [one], made);
    if (thought !== undefined) thoughts.set(thought.id, thought);
  }
  return [...thoughts.values()];
}

interface Made {
  readonly genome: Genome;
  /** Those that changed it, in their order. */
  readonly operators: readonly string[];
  readonly hypotheses: readonly string[];
}

/** A genome after so many changes, each made to what the ones before it came to, by an operator and a gene drawn evenly. */
async function changed(
  engine: Engine,
  start: Genome,
  evidence: readonly ScoredEvidence[],
  count: number,
  random: Random,
): Promise<Made> {
  const operators = engine.inputs.operators.filter(({ reflects, scope }) => !reflects && scope === "gene");
  const { findCopied } = engine;
  let made: Made = { genome: start, operators: [], hypotheses: [] };
  for (let draw = 0; draw < DRAWS * count && made.operators.length < count && operators.length > 0; draw++) {
    const draws = random.fork(`change-${draw}`);
    const operator = draws.pick(operators);
    const genes = evolvableGenes(made.genome).filter(({ gene }) => operator.applies(gene));
    if (genes.length === 0) continue;
    const request = requestOf(engine, draws.pick(genes).id, { index: 0, parent: made.genome, evidence, random: draws });
    const children = await proposeChildren(operator, request, { isKnown: () => false, findCopied });
    const child = children.find(({ kind }) => kind === "child");
    if (child?.kind !== "child") continue;
    made = {
      genome: child.genome,
      operators: [...made.operators, operator.name],
      hypotheses: [...made.hypotheses, child.hypothesis],
    };
  }
  return made;
}

/** Checked as any child; undefined where the run has met it, or it is not allowed. */
function thoughtOf(engine: Engine, parents: readonly number[], made: Made): Thought | undefined {
  const [first = 0] = parents;
  const parent = memberGenome(poolOf(engine), first);
  const changes = differing(parent, made.genome);
  const { findCopied } = engine;
  const child = makeChild({ parent, changes, isKnown: (id) => isKnown(engine, id), findCopied });
  if (child.kind === "refused") return undefined;
  const ancestors = parents.map((index) => genomeId(memberGenome(poolOf(engine), index)));
  const joins = parents.length > 1 ? [`joins candidates ${parents.join(" and ")}`] : [];
  const [operator = "crossover", ...more] = parents.length > 1 ? [] : made.operators;
  return {
    id: child.id,
    genome: { ...child.genome, parents: ancestors },
    parents,
    operator: more.length > 0 ? "combination" : operator,
    hypothesis: [...joins, ...made.hypotheses].join("; "),
    changes,
  };
}

/** Each gene that may change is that of one of the two, drawn by a coin; the first where the two do not go together. */
function crossed({ findCopied }: Engine, one: Genome, other: Genome, random: Random): Genome {
  const genes = evolvableGenes(one).filter(() => random.next() < 0.5);
  const changes = Object.fromEntries(
    genes.flatMap(({ id }) => {
      const theirs = other.genes[id];
      return theirs === undefined ? [] : [[id, theirs.value] as const];
    }),
  );
  const child = makeChild({ parent: one, changes, isKnown: () => false, findCopied });
  return child.kind === "child" ? child.genome : one;
}
