import type { Gene } from "../genome/index.ts";
import { makeChild, type Operator, type Proposal } from "../mutate/index.ts";
import type { Engine } from "./engine.ts";
import { keepChild, refuse, type Idea, type Idle, type Occasion } from "./idea.ts";
import { latestOf, reflectionFlaw, requestOf } from "./operator-proposals.ts";
import { evolvableGenes } from "./portfolio.ts";
import { rulesOf } from "./rules.ts";

interface Change {
  readonly gene: string;
  readonly operator: string;
  readonly value: Gene["value"];
  readonly hypothesis: string;
}

type MaybeProposal = Extract<Proposal, { kind: "child" }> | ({ readonly kind: "nothing" } & Idle);

/** Asks the genes in their turn until enough have a valid change to offer, all from the same evidence. What is refused is journalled. */
export async function proposeByGenes(engine: Engine, occasion: Occasion): Promise<Idea | undefined> {
  const { index, parent, random } = occasion;
  const { options, operators } = engine.inputs;
  const { candidates, genes: records } = engine.journal.state;
  const genes = evolvableGenes(parent)
    .map(({ id, gene }) => ({
      id,
      able: operators.filter((operator) => operator.scope === "gene" && operator.applies(gene)),
    }))
    .filter(({ able }) => able.length > 0);
  const start =
    rulesOf(options, engine.inputs.rules).gene.choose({
      records: genes.map(({ id }) => records[id] ?? { tried: 0, gained: 0 }),
      turn: candidates[index]?.turn ?? 0,
      random: random.fork("gene"),
    })[0] ?? 0;
  const changes: Change[] = [];
  for (const { id, able } of [...genes.slice(start), ...genes.slice(0, start)]) {
    if (changes.length >= options.genes) break;
    const operator = random.fork(id).pick(able);
    engine.journal.emit({ type: "gene-chosen", parent: index, gene: id, operator: operator.name });
    const proposal = await propose(engine, id, operator, occasion);
    if (proposal.kind === "nothing") {
      if (proposal.reason === "no-alternative") continue;
      refuse(engine, id, proposal);
      if (proposal.reason === "reflection-failed" || proposal.reason === "budget") break;
      continue;
    }
    const { changes: values, hypothesis } = proposal;
    const child = makeChild({ parent, changes: values, isKnown: () => false, findCopied: engine.findCopied });
    if (child.kind === "refused") refuse(engine, id, child, hypothesis);
    else
      changes.push(
        ...Object.entries(values).map(([gene, value]) => ({ gene, operator: operator.name, value, hypothesis })),
      );
  }
  if (changes.length === 0) {
    return genes.length === 0
      ? undefined
      : refuse(engine, "", { reason: "no-alternative", detail: "no gene of this parent had a valid change to offer" });
  }
  const values = Object.fromEntries(changes.map(({ gene, value }) => [gene, value]));
  const others = latestOf(engine);
  const child = makeChild({ parent, changes: values, isKnown: () => false, findCopied: engine.findCopied, others });
  const hypothesis = changes.map((change) => change.hypothesis).join(" ");
  if (child.kind === "refused")
    return refuse(engine, changes.length === 1 ? (changes[0]?.gene ?? "") : "", child, hypothesis);
  return {
    genome: keepChild(engine, child.genome),
    origin: changes.map(({ operator, gene }) => `${operator} ${gene}`).join(", "),
    hypothesis,
    changes: values,
    flips: [],
  };
}

async function propose(engine: Engine, gene: string, operator: Operator, occasion: Occasion): Promise<MaybeProposal> {
  try {
    return await operator.propose(requestOf(engine, gene, occasion));
  } catch (error) {
    const idle = reflectionFlaw(error);
    if (idle === undefined) throw error;
    return { kind: "nothing", ...idle };
  }
}
