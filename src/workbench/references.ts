import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { AlleleError, didYouMean, type ContentHash } from "../base/index.ts";
import { loadDataset, type Dataset } from "../dataset/index.ts";
import { genomeId, readGenome, type Genome } from "../genome/index.ts";
import {
  CHANNELS,
  liveChannels,
  liveGenome,
  parseChannel,
  profileHistory,
  requireProfileName,
  type Channel,
} from "../promote/index.ts";
import { findIn, hasStore, namesIn, searchFolders } from "./paths.ts";
import { runFacts, type RunFacts } from "./run-facts.ts";
import { runOf } from "./run-options.ts";
import type { Workbench } from "./workbench.ts";

/** A genome that somebody named, and what is known of where it comes from. */
export interface NamedGenome {
  readonly genome: Genome;
  readonly id: ContentHash;
  /** How it was named. */
  readonly label: string;
  /** Set when it was read from a file. */
  readonly file?: string | undefined;
  /** Set when it was named by a run or a candidate of one. */
  readonly run?: string | undefined;
  /** The dataset it was evolved or promoted on, when known. */
  readonly dataset?: string | undefined;
  /** Set when it was named as what is live somewhere. */
  readonly live?: { readonly profile: string; readonly channel: Channel } | undefined;
}

type Kind = "genome" | "run" | "profile" | "hash";

/**
 * Finds what a word means wherever a genome is meant: a file, the name of a genome file, a run (its winner), `RUN#3` (a candidate),
 * a profile, `PROFILE@channel`, or the beginning of a hash. A word that means several things is an error; `genome:`, `run:`, `profile:` and
 * `hash:` before it decide. Throws `unknown-genome`, `unknown-run`, `unknown-profile`, `run-unfinished`, `ambiguous-genome`, and what
 * reading the file throws.
 */
export function resolveGenome(workbench: Workbench, reference: string): NamedGenome {
  const prefixed = /^(genome|run|profile|hash):(.+)$/s.exec(reference);
  if (prefixed !== null) {
    const [, kind, word = ""] = prefixed;
    const found = lookUp(workbench, word)[kind as Kind]?.();
    if (found !== undefined) return found;
    if (kind === "run") runOf(workbench, word.split("#")[0] ?? "");
    if (kind === "profile") profileHistory(workbench.store, parseProfile(word, "dev").profile);
    throw unknownGenome(workbench, word);
  }
  const file = resolve(workbench.root, reference);
  if (/\.ya?ml$/.test(reference) || (reference.includes("/") && existsSync(file))) {
    return fromFile(file, reference);
  }
  const meanings = Object.entries(lookUp(workbench, reference)).filter(([, find]) => find !== undefined);
  const [first, second] = meanings;
  if (first?.[1] === undefined) throw unknownGenome(workbench, reference);
  if (second !== undefined) {
    throw new AlleleError({
      code: "ambiguous-genome",
      message: `"${reference}" names a ${meanings.map(([kind]) => kind).join(" and a ")}`,
      hint: `Say which: ${meanings.map(([kind]) => `${kind}:${reference}`).join(" or ")}.`,
    });
  }
  return first[1]();
}

/** As resolveGenome, for places where a profile is meant first. */
export function resolveProfileFirst(workbench: Workbench, reference: string): NamedGenome {
  return lookUp(workbench, reference).profile?.() ?? resolveGenome(workbench, reference);
}

/** `PROFILE` or `PROFILE@channel`, split; without a channel the one given. Throws `unknown-channel`, `profile-name`. */
export function parseProfile(
  reference: string,
  channel: Channel,
): { readonly profile: string; readonly channel: Channel } {
  const [profile, written] = splitProfile(reference);
  requireProfileName(profile);
  return { profile, channel: written === undefined ? channel : parseChannel(written) };
}

/** Loads a dataset by folder, `dataset.yaml`, or name. Throws `unknown-dataset` and what loading throws. */
export async function resolveDataset(workbench: Workbench, reference: string): Promise<Dataset> {
  return loadDataset(datasetPath(workbench, reference));
}

/** Where a dataset is. Throws `unknown-dataset`. */
export function datasetPath(workbench: Workbench, reference: string): string {
  const path = resolve(workbench.root, reference);
  if (existsSync(path) && (reference.includes("/") || reference.includes("."))) return path;
  const folders = searchFolders(workbench.root, workbench.config.datasets, "datasets");
  const found = findIn(folders, reference);
  if (found !== undefined) return found;
  throw new AlleleError({
    code: "unknown-dataset",
    message: `no dataset "${reference}"${didYouMean(reference, namesIn(folders))}`,
    hint: `Looked in ${folders.join(" and ")}. Give a folder or a name.`,
  });
}

function lookUp(workbench: Workbench, word: string): Record<Kind, (() => NamedGenome) | undefined> {
  const genome = genomeFile(workbench, word);
  // Looking at a genome file makes no database.
  if (!hasStore(workbench)) return { genome, run: undefined, profile: undefined, hash: undefined };
  return {
    genome,
    run: ofRun(workbench, word),
    profile: ofProfile(workbench, word),
    hash: ofHash(workbench, word),
  };
}

function genomeFile(workbench: Workbench, word: string): (() => NamedGenome) | undefined {
  const folders = searchFolders(workbench.root, workbench.config.genomes, "genomes");
  const file = findIn(folders, `${word}.yaml`, `${word}.yml`);
  return file === undefined ? undefined : () => fromFile(file, word);
}

function fromFile(file: string, label: string): NamedGenome {
  const genome = readGenome(file);
  return { genome, id: genomeId(genome), label, file };
}

function ofRun(workbench: Workbench, word: string): (() => NamedGenome) | undefined {
  const [name = "", index] = word.split("#");
  if (workbench.store.runs.get(name) === undefined) return undefined;
  return () => {
    const facts = runFacts(workbench, name);
    const id = index === undefined ? facts.winner : facts.candidates[/^\d+$/.test(index) ? Number(index) : -1];
    if (id === undefined) throw index === undefined ? runUnfinished(name, facts) : unknownCandidate(name, index, facts);
    return { ...stored(workbench, id, word), run: name, dataset: facts.dataset };
  };
}

function ofProfile(workbench: Workbench, word: string): (() => NamedGenome) | undefined {
  const [profile, written] = splitProfile(word);
  const here = liveChannels(workbench.store, profile);
  if (here.length === 0) return undefined;
  return () => {
    const strongest = CHANNELS.findLast((known) => here.some((row) => row.channel === known));
    const channel = written === undefined ? (strongest ?? "dev") : parseChannel(written);
    // Genome and dataset come from one record: the pointer may move between two looks at it.
    const record = here.find((row) => row.channel === channel);
    const genome = record?.genome ?? liveGenome(workbench.store, profile, channel);
    const evidence = record?.evidence as { readonly dataset?: string } | null | undefined;
    return { ...stored(workbench, genome, word), dataset: evidence?.dataset, live: { profile, channel } };
  };
}

function ofHash(workbench: Workbench, word: string): (() => NamedGenome) | undefined {
  if (!/^(s256:)?[0-9a-f]{6,32}$/.test(word)) return undefined;
  const ids = workbench.store.genomes.find(word);
  if (ids.length === 0) return undefined;
  return () => {
    if (ids.length === 1) return stored(workbench, ids[0] as ContentHash, word);
    throw new AlleleError({
      code: "ambiguous-genome",
      message: `"${word}" is the beginning of ${ids.length} hashes`,
      hint: `Give more digits: ${ids.slice(0, 4).join(", ")}.`,
    });
  };
}

/** A genome of the store. Throws `unknown-genome` when it is gone. */
export function stored(workbench: Workbench, id: ContentHash, label: string): NamedGenome {
  const genome = workbench.store.genomes.get(id);
  if (genome !== undefined) return { genome, id, label };
  throw new AlleleError({
    code: "unknown-genome",
    message: `genome ${id} is not in the store`,
    hint: "Was the database replaced?",
  });
}

function splitProfile(reference: string): readonly [profile: string, channel: string | undefined] {
  const at = reference.lastIndexOf("@");
  return at === -1 ? [reference, undefined] : [reference.slice(0, at), reference.slice(at + 1)];
}

function runUnfinished(run: string, { status }: RunFacts): AlleleError {
  return new AlleleError({
    code: "run-unfinished",
    message: `run ${run} is ${status}: its sealed test has not decided yet, so it has no winner`,
    hint: `Wait for it or finish it with: allele resume ${run}; or name a candidate, ${run}#0 being the seed.`,
  });
}

function unknownCandidate(run: string, index: string, { candidates }: RunFacts): AlleleError {
  const last = candidates.length - 1;
  return new AlleleError({
    code: "unknown-candidate",
    message: `run ${run} has no candidate ${index}`,
    hint:
      last < 0 ? "It has none yet: its seed is being measured." : `It has candidates 0 to ${last}: allele show ${run}`,
  });
}

function unknownGenome(workbench: Workbench, reference: string): AlleleError {
  const folders = searchFolders(workbench.root, workbench.config.genomes, "genomes");
  const known = [...namesIn(folders), ...(hasStore(workbench) ? namesInStore(workbench) : [])];
  return new AlleleError({
    code: "unknown-genome",
    message: `nothing is named "${reference}"${didYouMean(reference, known)}`,
    hint: "Give a genome file, a genome's name, a run, RUN#candidate, a profile, PROFILE@channel or the beginning of a hash.",
  });
}

function namesInStore({ store }: Workbench): readonly string[] {
  return [...store.runs.names(), ...store.promotions.profiles()];
}
