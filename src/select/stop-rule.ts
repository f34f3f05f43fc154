/** Where a search stands, in numbers. */
export interface SearchFacts {
  /** Iterations done. */
  readonly iterations: number;
  /** Iterations since the best standing last rose. */
  readonly sinceGain: number;
  /** The best standing, in [0, 1]; undefined before anything is measured. */
  readonly best: number | undefined;
  /** Members of the pool, the seed included. */
  readonly candidates: number;
  /** Children proposed, whatever became of them. */
  readonly proposals: number;
}

/** A reason to end the search, in a word or two joined by dashes; undefined to go on. Asked between iterations. */
export type StopRule = (facts: SearchFacts) => string | undefined;

/** Ends after so many iterations in a row that did not raise the best standing. */
export function noImprovement(iterations: number): StopRule {
  return ({ sinceGain }) => (sinceGain >= iterations ? "no-improvement" : undefined);
}

/** Ends when the best standing reaches the score. */
export function scoreReached(score: number): StopRule {
  return ({ best }) => (best !== undefined && best >= score ? "score-reached" : undefined);
}

/** Ends when the pool has so many candidates. */
export function mostCandidates(count: number): StopRule {
  return ({ candidates }) => (candidates >= count ? "most-candidates" : undefined);
}

/** Ends when so many children were proposed. */
export function mostProposals(count: number): StopRule {
  return ({ proposals }) => (proposals >= count ? "most-proposals" : undefined);
}

/** Ends when somebody asks for it: `isAsked` looks whether a file is there, a signal came, or whatever else. */
export function onRequest(isAsked: () => boolean): StopRule {
  return () => (isAsked() ? "stop-requested" : undefined);
}

/** Ends for the first reason that any of the rules has. */
export function anyOf(...rules: readonly StopRule[]): StopRule {
  return (facts) => {
    for (const rule of rules) {
      const reason = rule(facts);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

/** Ends when every rule has a reason at the same time; all reasons are named. Without rules it never ends. */
export function allOf(...rules: readonly StopRule[]): StopRule {
  return (facts) => {
    const reasons = rules.map((rule) => rule(facts)).filter((reason) => reason !== undefined);
    return rules.length > 0 && reasons.length === rules.length ? reasons.join("-and-") : undefined;
  };
}
