import { resolve } from "node:path";
import { AlleleError, type Json } from "../base/index.ts";
import {
  betterOnSealedTest,
  costCeiling,
  liveGenome,
  movePointer,
  noTagWorse,
  parseChannel,
  refuseSecondTrial,
  runGates,
  startTrial,
  type Channel,
  type GateResult,
  type Trial,
} from "../promote/index.ts";
import { shortId, type Comparison, type Look } from "../report/index.ts";
import { modelIdentity } from "../providers/index.ts";
import { compareNamed } from "./comparison.ts";
import { projectPath } from "./paths.ts";
import { parseProfile, resolveDataset, resolveGenome, stored, type NamedGenome } from "./references.ts";
import { reportRun } from "./reporting.ts";
import { runOf } from "./run-options.ts";
import type { Workbench } from "./workbench.ts";

interface PromoteRequest {
  readonly genome: string;
  /** `PROFILE` or `PROFILE@channel`. */
  readonly profile: string;
  /** The channel, where `profile` does not say it; `dev` where nothing does. */
  readonly channel?: string | undefined;
  readonly against?: string | undefined;
  readonly dataset?: string | undefined;
  readonly approve?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  /** Share of new sessions in (0, 1) that the challenger answers from now on, beside what is live; the pointer stays. */
  readonly canary?: number | undefined;
  /** The challenger works on all sessions from now on, and nobody is given its answers; the pointer stays. */
  readonly shadow?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onLive?: ((look: Look) => void) | undefined;
}

export interface PromotionResult {
  readonly profile: string;
  readonly channel: Channel;
  readonly challenger: NamedGenome;
  readonly incumbent: NamedGenome;
  readonly comparison: Comparison;
  readonly simulated: boolean;
  readonly verdict: Comparison["verdict"];
  readonly gates: readonly GateResult[];
  readonly passed: boolean;
  /** What was live there before, if anything was. */
  readonly before: NamedGenome["id"] | undefined;
  /** Whether the pointer moved. */
  readonly moved: boolean;
  /** Set when the challenger is now tried beside what is live. */
  readonly trial: Pick<Trial, "kind" | "share"> | undefined;
}

/**
 * Checks the gates on the sealed test and, when all pass, points the profile at the genome. What must be beaten is what is live there;
 * where nothing is, the run's seed or the genome given as `against`. A run that judged the same two with the model of the present
 * configuration is not measured again. With `canary` or `shadow` the pointer stays, and the challenger is tried beside what is live. Throws
 * `profile-name`, `two-channels`, `run-unfinished`, `nothing-to-promote`, `already-live`, `nothing-to-beat`, what trialOf throws, and what
 * measuring throws.
 */
export async function promoteGenome(workbench: Workbench, request: PromoteRequest): Promise<PromotionResult> {
  const { profile, channel } = targetOf(request);
  const challenger = challengerOf(workbench, request.genome);
  const incumbent = incumbentOf(workbench, request, profile, channel, challenger);
  const live = workbench.store.promotions.current(profile, channel)?.genome;
  const trial = trialOf(workbench, request, profile, channel);
  if (incumbent.id === challenger.id || live === challenger.id) {
    throw new AlleleError({
      code: "already-live",
      message:
        live === challenger.id
          ? `${challenger.label} (${shortId(challenger.id)}) is live in ${profile}@${channel} already`
          : `${challenger.label} (${shortId(challenger.id)}) is the genome it would have to beat`,
      hint: "There is nothing to do, or another genome was meant.",
    });
  }
  const judged =
    (await judgedByRun(workbench, request, challenger, incumbent)) ??
    (await measured(workbench, request, incumbent, challenger));
  const gates = [betterOnSealedTest, noTagWorse, costCeiling(workbench.config.promotion.max_cost_ratio)];
  const results = [
    ...runGates(gates, { comparison: judged.comparison }),
    ...approval(channel, request.approve === true),
  ];
  const passed = results.every((gate) => gate.passed);
  const acts = passed && request.dryRun !== true;
  const move = {
    profile,
    channel,
    genome: challenger.id,
    verdict: judged.comparison.verdict,
    evidence: { dataset: judged.dataset, against: incumbent.id, gates: results } as unknown as Json,
    reason: `${trial === undefined ? "promoted" : "trying"} ${challenger.label}`,
  };
  if (acts && trial === undefined) movePointer(workbench.store, move, workbench.clock);
  if (acts && trial !== undefined) startTrial(workbench.store, move, trial, workbench.clock);
  const { comparison, simulated } = judged;
  return {
    profile,
    channel,
    challenger,
    incumbent,
    comparison,
    simulated,
    verdict: comparison.verdict,
    gates: results,
    passed,
    moved: acts && trial === undefined,
    before: live,
    trial: acts ? trial : undefined,
  };
}

/**
 * What was asked for instead of a move of the pointer. Throws `two-trials`, `bad-share`, `trial-running`, and what liveGenome throws where nothing
 * is live.
 */
function trialOf(
  { store }: Workbench,
  { canary, shadow }: PromoteRequest,
  profile: string,
  channel: Channel,
): Pick<Trial, "kind" | "share"> | undefined {
  if (canary === undefined && shadow !== true) return undefined;
  if (canary !== undefined && shadow === true) {
    throw new AlleleError({
      code: "two-trials",
      message: "a canary answers people and a shadow does not: it cannot be both",
      hint: "Give --canary or --shadow.",
    });
  }
  if (canary !== undefined && !(canary > 0 && canary < 1)) {
    throw new AlleleError({
      code: "bad-share",
      message: `${canary} is not a share of the sessions between 0 and 1`,
      hint: "Give a share such as 0.1; to send all sessions to the challenger, promote it.",
    });
  }
  liveGenome(store, profile, channel);
  refuseSecondTrial(store, profile, channel);
  return canary === undefined ? { kind: "shadow", share: 0 } : { kind: "canary", share: canary };
}

function targetOf(request: PromoteRequest): { readonly profile: string; readonly channel: Channel } {
  const asked = request.channel === undefined ? undefined : parseChannel(request.channel);
  const target = parseProfile(request.profile, asked ?? "dev");
  if (asked === undefined || target.channel === asked) return target;
  throw new AlleleError({
    code: "two-channels",
    message: `the profile says the channel ${target.channel}, --channel says ${asked}`,
    hint: "Name one channel.",
  });
}

/** Of a run it is the finalist that wants promotion, proven or not: the gates decide, and say why. */
function challengerOf(workbench: Workbench, reference: string): NamedGenome {
  const named = resolveGenome(workbench, reference);
  if (named.run === undefined || reference.includes("#")) return named;
  const report = reportRun(workbench, named.run);
  if (report.finalist === report.seed.genome) {
    throw new AlleleError({
      code: "nothing-to-promote",
      message: `run ${named.run} found nothing better than its seed on validation`,
      hint: "The seed is kept. Give the search more rollouts, or better feedback in the checks.",
    });
  }
  return {
    ...stored(workbench, report.finalist as NamedGenome["id"], reference),
    run: named.run,
    dataset: named.dataset,
  };
}

function incumbentOf(
  workbench: Workbench,
  request: PromoteRequest,
  profile: string,
  channel: Channel,
  challenger: NamedGenome,
): NamedGenome {
  if (request.against !== undefined) return resolveGenome(workbench, request.against);
  const live = workbench.store.promotions.current(profile, channel);
  if (live !== undefined) return resolveGenome(workbench, `profile:${profile}@${channel}`);
  if (challenger.run !== undefined) {
    const { options } = runOf(workbench, challenger.run);
    return stored(workbench, options.seedGenome as NamedGenome["id"], options.seedLabel);
  }
  throw new AlleleError({
    code: "nothing-to-beat",
    message: `nothing is live in ${profile}@${channel}, so there is nothing that ${challenger.label} could be better than`,
    hint: "Name the genome it must beat with --against.",
  });
}

interface Judged {
  readonly comparison: Comparison;
  readonly simulated: boolean;
  /** The dataset's `dataset.yaml`; relative to the project where it is inside. */
  readonly dataset: string;
}

/** The run's own sealed test, when it was about these two, on the dataset that is meant and with the model that will be live. */
async function judgedByRun(
  workbench: Workbench,
  request: PromoteRequest,
  challenger: NamedGenome,
  incumbent: NamedGenome,
): Promise<Judged | undefined> {
  if (challenger.run === undefined) return undefined;
  const { comparison, finalist, seed, simulated } = reportRun(workbench, challenger.run);
  if (comparison === undefined || finalist !== challenger.id || seed.genome !== incumbent.id) return undefined;
  const { dataset, task } = runOf(workbench, challenger.run).options;
  if (modelIdentity(task) !== modelIdentity(workbench.config.models.task)) return undefined;
  const meant = request.dataset === undefined ? undefined : await resolveDataset(workbench, request.dataset);
  if (meant !== undefined && meant.file !== resolve(workbench.root, dataset)) return undefined;
  return { comparison, simulated, dataset };
}

async function measured(
  workbench: Workbench,
  request: PromoteRequest,
  incumbent: NamedGenome,
  challenger: NamedGenome,
): Promise<Judged> {
  const dataset = request.dataset ?? challenger.dataset ?? incumbent.dataset;
  const { signal, onLive } = request;
  const result = await compareNamed(workbench, incumbent, challenger, {
    dataset,
    split: "test",
    repeats: 1,
    signal,
    onLive,
  });
  return {
    comparison: result.comparison,
    simulated: result.simulated,
    dataset: projectPath(workbench.root, result.datasetFile),
  };
}

/** `prod` asks for a person's word besides the figures. */
function approval(channel: Channel, given: boolean): readonly GateResult[] {
  if (channel !== "prod") return [];
  return [{ name: "approved", passed: given, evidence: given ? "given with --approve" : "prod needs --approve" }];
}
