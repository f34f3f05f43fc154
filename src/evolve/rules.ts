import type { Json } from "../base/index.ts";
import {
  acceptanceRules,
  anyOf,
  batchSamplers,
  geneRules,
  mostCandidates,
  mostProposals,
  noImprovement,
  parentRules,
  scoreReached,
  type AcceptanceRule,
  type BatchSampler,
  type GeneRule,
  type ParentRule,
  type StopRule,
} from "../select/index.ts";
import { type Goals, qualityAlone } from "./objectives.ts";
import type { EvolveOptions } from "./options.ts";

/** Rules of one's own, each in place of the one that the options name. They must be pure: the same question, the same answer. */
export interface OwnRules {
  readonly acceptance?: AcceptanceRule | undefined;
  readonly parent?: ParentRule | undefined;
  readonly sampler?: BatchSampler | undefined;
  readonly gene?: GeneRule | undefined;
  /** Besides those of the options. What it looks at beyond its facts, such as a file, is not repeated by a resume. */
  readonly stop?: StopRule | undefined;
}

interface Rules {
  readonly acceptance: AcceptanceRule;
  readonly parent: ParentRule;
  readonly sampler: BatchSampler;
  readonly gene: GeneRule;
  readonly stop: StopRule;
}

/** The rules of a run: one's own, or those that the options name. */
export function rulesOf(options: EvolveOptions, own: OwnRules = {}): Rules {
  const { no_improvement, score, candidates, proposals } = options.stop;
  const stops = [
    no_improvement === undefined ? undefined : noImprovement(no_improvement),
    score === undefined ? undefined : scoreReached(score),
    candidates === undefined ? undefined : mostCandidates(candidates),
    proposals === undefined ? undefined : mostProposals(proposals),
    own.stop,
  ];
  return {
    acceptance: own.acceptance ?? acceptanceRules[options.acceptance],
    parent: own.parent ?? parentRules[options.parent],
    sampler: own.sampler ?? batchSamplers[options.sampler],
    gene: own.gene ?? geneRules[options.gene],
    stop: anyOf(...stops.filter((rule) => rule !== undefined)),
  };
}

/** What tells runs with rules of one's own from others: their names. Nothing where there are none. */
export function ownRuleNames({ acceptance, parent, sampler, gene, stop }: OwnRules = {}): { readonly rules?: Json } {
  const named = Object.entries({ acceptance, parent, sampler, gene }).flatMap(([kind, rule]) =>
    rule === undefined ? [] : [[kind, rule.name] as const],
  );
  const all = [...named, ...(stop === undefined ? [] : [["stop", "own"] as const])];
  return all.length === 0 ? {} : { rules: Object.fromEntries(all) };
}

/** What candidates compete for, as the journal says it; undefined where the score alone counts, task by task. */
export function goalsOf({ frontier, objectives }: EvolveOptions): Goals | undefined {
  const plain =
    frontier === qualityAlone.frontier && objectives.length === 1 && Object.keys(objectives[0] ?? {}).length === 1;
  return plain ? undefined : { frontier, objectives };
}

/** Objectives whose values are journalled with every score: those asked for, and tokens where the cheaper of two equals is preferred. */
export function recordedObjectives({ objectives, band }: EvolveOptions): readonly string[] {
  const names = objectives.map(({ name }) => name).filter((name) => name !== "quality");
  return band > 0 && !names.includes("tokens") ? [...names, "tokens"] : names;
}
