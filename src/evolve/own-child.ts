import { genomeId, type Genome } from "../genome/index.ts";
import { acceptanceRules } from "../select/index.ts";
import type { Engine } from "./engine.ts";
import { keepChild, refuse } from "./idea.ts";
import type { Trial } from "./judge.ts";
import { differing, isKnown, withChanges } from "./known.ts";
import { evidenceFor } from "./mutation.ts";
import { fairEvidence, screenOf } from "./screen.ts";
import type { Wish } from "./steering.ts";

/**
 * A child that a person wrote, to be measured as any other: beside the member of the pool that it has most in common with, which counts as its
 * parent. Undefined when the run has met it already, or its parent cannot be measured.
 */
export async function proposeOwn(
  engine: Engine,
  iteration: number,
  wish: Extract<Wish, { kind: "child" | "edit" }>,
): Promise<Trial | undefined> {
  const { inputs, journal } = engine;
  const wanted = withChanges(inputs.seedGenome, wish.changes);
  const id = genomeId(wanted);
  if (isKnown(engine, id)) return refuse(engine, "", { reason: "duplicate", detail: `met before as ${id}` }, wish.note);
  const index = nearestTo(engine, wanted);
  const parent = engine.genome(journal.state.candidates[index]?.genome ?? id);
  journal.emit({ type: "parent-chosen", parent: index });
  const shown = await evidenceFor(engine, iteration, index);
  if (shown.flaw !== undefined && shown.flaw.reason !== "perfect-minibatch")
    return refuse(engine, "", shown.flaw, wish.note);
  const changes = differing(parent, wanted);
  journal.emit({
    type: "child-proposed",
    genome: keepChild(engine, withChanges(parent, changes)),
    parents: [index],
    origin: wish.kind === "edit" ? `person, ${wish.gene} edited` : "person",
    hypothesis: wish.note,
    flips: [],
    changes,
  });
  const screened = screenOf(fairEvidence(engine, index, shown.evidence, wanted), [], inputs.options.screen);
  return {
    genome: id,
    tasks: screened.map(({ task }) => task),
    before: screened.map(({ score }) => score),
    acceptance: acceptanceRules["improvement-or-equal"],
    onHead: inputs.options.check > 0 && index === journal.state.head,
  };
}

/** The position of the candidate in use that differs in fewest genes, the latest of several. */
function nearestTo(engine: Engine, wanted: Genome): number {
  const { candidates, steering } = engine.journal.state;
  const distances = candidates.map(({ genome }) =>
    steering.barred.includes(genome)
      ? Number.POSITIVE_INFINITY
      : Object.keys(differing(engine.genome(genome), wanted)).length,
  );
  return distances.lastIndexOf(Math.min(...distances));
}
