import { resolve } from "node:path";
import {
  AlleleError,
  canonicalJson,
  didYouMean,
  readText,
  tryParseJson,
  type ContentHash,
  type Json,
} from "../base/index.ts";
import {
  childrenUnderWay,
  readRun,
  type ChildUnderWay,
  type RunResult,
  type SteeringCommand,
} from "../evolve/index.ts";
import { genomeId, type Gene, type Genome } from "../genome/index.ts";
import { makeChild } from "../mutate/index.ts";
import { shortId } from "../report/index.ts";
import { candidateGenome } from "./candidate.ts";
import { TEXT_TYPES } from "./gene-text-form.ts";
import { resolveGenome, stored } from "./references.ts";
import { runOf } from "./run-options.ts";
import { isWorkedOn } from "./run-status.ts";
import type { Workbench } from "./workbench.ts";

/** What became of a command when it was given: the run takes it between iterations. */
interface Steered {
  readonly run: string;
  /** Its place among the commands of the run, from 0. */
  readonly position: number;
  readonly command: SteeringCommand;
  /** What will follow, in a sentence or two. */
  readonly effect: string;
  /** Whether somebody works on the run; if not, it takes the command when it is resumed. */
  readonly worked_on: boolean;
}

/**
 * Keeps a child that is being measured out of the pool, or takes a candidate out of use: no parent, no finalist. Throws `unknown-run`, `search-over`,
 * `unknown-child`, and `seed-needed` for the seed, which everything is compared with.
 */
export function vetoChild(workbench: Workbench, run: string, child: string): Steered {
  const found = findChild(workbench, openRun(workbench, run), child);
  if (found.index === 0) {
    throw new AlleleError({
      code: "seed-needed",
      message: "the seed cannot be vetoed: everything is compared with it",
      hint: "Veto another candidate.",
    });
  }
  const effect =
    found.index === undefined
      ? `It does not join the pool. What is being measured of it is measured to the end, since it is paid for.`
      : `It is measured already and stays in the report as candidate #${found.index}, but is no parent and no finalist any more.`;
  return say(workbench, run, { kind: "veto", genome: found.id }, effect);
}

/**
 * Puts a person's value in place of a gene of a child. What it was made from stays out of the pool, unless it is there already. Throws as vetoChild, and
 * `unknown-gene`, `frozen-gene`, `wrong-type`, `child-refused` or what else is wrong with the value.
 */
export function editChild(workbench: Workbench, run: string, child: string, gene: string, value: Json): Steered {
  const result = openRun(workbench, run);
  const found = findChild(workbench, result, child);
  const genome = candidateGenome(found.genome, { [gene]: typedValue(found.genome.genes[gene], value) });
  requireTryable(found.genome, genome, result, `gene ${gene}`);
  const effect =
    found.index === undefined
      ? `The child as you wrote it is measured instead: ${shortId(genomeId(genome))}.`
      : `Candidate #${found.index} stays as it is, for it is measured already; the child as you wrote it is measured beside it: ${shortId(genomeId(genome))}.`;
  const note = `${gene} of ${shortId(found.id)} as a person wrote it`;
  const { id, changes } = againstSeed(workbench, result, genome);
  return say(workbench, run, { kind: "edit", of: found.id, gene, genome: id, changes, note }, effect);
}

/** A candidate stays a possible parent whatever the rule says, and takes part in the last race. Throws as vetoChild, or `unknown-candidate`. */
export function pinCandidate(workbench: Workbench, run: string, candidate: string): Steered {
  const index = findCandidate(workbench, run, candidate);
  return say(
    workbench,
    run,
    { kind: "pin", candidate: index },
    `#${index} goes on being a parent and is in the last race.`,
  );
}

export function unpinCandidate(workbench: Workbench, run: string, candidate: string): Steered {
  const index = findCandidate(workbench, run, candidate);
  return say(workbench, run, { kind: "unpin", candidate: index }, `#${index} is treated as any other again.`);
}

/** Gives the next reflection on a gene a hypothesis to start from. Throws as vetoChild, `unknown-gene`, `frozen-gene`, or `empty-hypothesis`. */
export function addHypothesis(workbench: Workbench, run: string, gene: string, text: string): Steered {
  const result = openRun(workbench, run);
  const seed = stored(workbench, result.seed.genome, run).genome;
  const found = Object.hasOwn(seed.genes, gene) ? seed.genes[gene] : undefined;
  if (found === undefined) {
    throw new AlleleError({
      code: "unknown-gene",
      message: `the agent has no gene "${gene}"${didYouMean(gene, Object.keys(seed.genes))}`,
      hint: `It has ${Object.keys(seed.genes).join(", ")}.`,
    });
  }
  if (found.evolvable === false) {
    throw new AlleleError({
      code: "frozen-gene",
      message: `the gene "${gene}" is frozen`,
      hint: "Name a gene that the run may change.",
    });
  }
  if (text.trim() === "") {
    throw new AlleleError({
      code: "empty-hypothesis",
      message: "the hypothesis is empty",
      hint: "Say in a sentence what is wrong and which change to the gene would mend it.",
    });
  }
  const command: SteeringCommand = { kind: "hypothesis", gene, text: text.trim() };
  return say(workbench, run, command, `The next reflection on ${gene} starts from it.`);
}

/** Has a genome of one's own measured as any other child. Throws as vetoChild, `child-differs`, `child-refused`, and what reading the genome throws. */
export function addChild(workbench: Workbench, run: string, reference: string): Steered {
  const result = openRun(workbench, run);
  const { genome, label } = resolveGenome(workbench, reference);
  const seed = stored(workbench, result.seed.genome, run).genome;
  requireSameGenes(seed, genome);
  const given = Object.fromEntries(Object.entries(genome.genes).map(([id, { value }]) => [id, value as Json]));
  const child = candidateGenome(seed, given);
  requireTryable(seed, child, result, label);
  const { id, changes } = againstSeed(workbench, result, child);
  const command: SteeringCommand = { kind: "child", genome: id, changes, note: `a person's own child: ${label}` };
  return say(
    workbench,
    run,
    command,
    `${shortId(id)} has an iteration of its own: the same screen and race as any child.`,
  );
}

/** The text of a file, relative to the project, without its last line end. Throws what reading throws. */
export function readValueFile({ root }: Workbench, file: string): string {
  return readText(resolve(root, file)).replace(/\r?\n$/, "");
}

function say(workbench: Workbench, run: string, command: SteeringCommand, effect: string): Steered {
  const { store, clock } = workbench;
  const position = store.steering.append(run, command as unknown as Json, clock.now());
  return { run, position, command, effect, worked_on: isWorkedOn(workbench, run) };
}

/** A run that still searches, as far as it is written. Throws `unknown-run` or `search-over`. */
export function openRun(workbench: Workbench, run: string): RunResult {
  const { options } = runOf(workbench, run);
  const read = readRun(workbench.store, run, workbench.clock);
  // The journal names the seed once it is measured.
  const result = { ...read, seed: { ...read.seed, genome: options.seedGenome as ContentHash } };
  if (result.status !== "finished" && result.stop === undefined) return result;
  const state = result.status === "finished" ? "is finished" : "has ended its search";
  throw new AlleleError({
    code: "search-over",
    message: `run ${run} ${state}: there is nothing left to steer`,
    hint: `See what it found with: allele show ${run}`,
  });
}

interface Found {
  readonly id: ContentHash;
  readonly genome: Genome;
  /** Its position where it is in the pool. */
  readonly index: number | undefined;
  /** Positions in the pool. */
  readonly parents: readonly number[];
}

/** By position (`3`, `#3`) or by the beginning of its hash, among the pool and what is being measured. */
export function findChild(workbench: Workbench, result: RunResult, word: string): Found {
  const members = result.candidates.map(({ index, genome, parents }) => ({ index, id: genome, parents }));
  const children = pendingOf(workbench, result).map(({ id, parents }) => ({ index: undefined, id, parents }));
  const position = /^#?(\d{1,4})$/.exec(word)?.[1];
  const known: readonly Omit<Found, "genome">[] = [...members, ...children];
  const byPosition = known.filter(({ index }) => index !== undefined && index === Number(position));
  const digits = word.replace(/^s256:/, "");
  const found =
    byPosition.length > 0
      ? byPosition
      : known.filter(({ id }) => digits.length >= 4 && id.slice("s256:".length).startsWith(digits));
  const [first, second] = found;
  if (first === undefined || second !== undefined) {
    throw new AlleleError({
      code: "unknown-child",
      message:
        first === undefined
          ? `run ${result.run} has no child "${word}" that is being measured or in its pool`
          : `"${word}" is the beginning of ${found.length} children`,
      hint: `List them with: allele steer ${result.run}. A child that left its race is not there any more.`,
    });
  }
  const underWay = pendingOf(workbench, result).find(({ id }) => id === first.id);
  return { ...first, genome: underWay?.genome ?? stored(workbench, first.id, word).genome };
}

function findCandidate(workbench: Workbench, run: string, word: string): number {
  const { index } = findChild(workbench, openRun(workbench, run), word);
  if (index !== undefined) return index;
  throw new AlleleError({
    code: "unknown-candidate",
    message: `${word} is still being measured: only a candidate in the pool can be pinned`,
    hint: `Wait until it has joined the pool: allele steer ${run}`,
  });
}

/** Children that are being measured and have not joined the pool meanwhile. */
export function pendingOf({ store }: Workbench, { run, candidates }: RunResult): readonly ChildUnderWay[] {
  return childrenUnderWay(store, run).filter(({ id }) => candidates.every(({ genome }) => genome !== id));
}

/** The checks that every child passes before it costs anything. Likeness to others is a person's own business. */
function requireTryable(parent: Genome, child: Genome, result: RunResult, what: string): void {
  const changes = changesOf(parent, child);
  const isKnown = (id: ContentHash): boolean => result.candidates.some(({ genome }) => genome === id);
  const checked = makeChild({ parent, changes, isKnown, findCopied: () => undefined });
  if (checked.kind === "child" || checked.reason === "near-duplicate") return;
  throw new AlleleError({
    code: "child-refused",
    message: `${what}: ${checked.detail} (${checked.reason})`,
    hint: "Every child is checked so before it costs a rollout; docs/operators.md says what is refused.",
  });
}

function againstSeed(
  workbench: Workbench,
  { run, seed }: RunResult,
  genome: Genome,
): { readonly id: ContentHash; readonly changes: Readonly<Record<string, Gene["value"]>> } {
  return { id: genomeId(genome), changes: changesOf(stored(workbench, seed.genome, run).genome, genome) };
}

function changesOf(from: Genome, to: Genome): Readonly<Record<string, Gene["value"]>> {
  const changed = Object.entries(to.genes).filter(
    ([id, { value }]) => canonicalJson(from.genes[id]?.value ?? null) !== canonicalJson(value),
  );
  return Object.fromEntries(changed.map(([id, { value }]) => [id, value]));
}

/** A number, a set or another typed value may be written as JSON. */
function typedValue(gene: Gene | undefined, value: Json): Json {
  if (typeof value !== "string" || gene === undefined || TEXT_TYPES.includes(gene.type)) return value;
  return tryParseJson(value) ?? value;
}

function requireSameGenes(seed: Genome, own: Genome): void {
  const ids = new Set([...Object.keys(seed.genes), ...Object.keys(own.genes)]);
  const odd = [...ids].filter((id) => seed.genes[id]?.type !== own.genes[id]?.type);
  if (odd.length === 0) return;
  throw new AlleleError({
    code: "child-differs",
    message: `the genome has not the genes of the run's seed: ${odd.join(", ")}`,
    hint: `Begin from a genome of the run: allele genome show RUN#0 -o FILE. Only values of its genes can differ.`,
  });
}
