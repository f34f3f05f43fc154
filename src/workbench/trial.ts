import { AlleleError, type ContentHash, type Json } from "../base/index.ts";
import {
  dropTrial,
  lastTrial,
  movePointer,
  profileHistory,
  requireTrial,
  runningTrial,
  type Arm,
  type Channel,
  type Trial,
} from "../promote/index.ts";
import { compareArms, comparePairedArms, mean, scoreInterval, type LiveComparison } from "../statistics/index.ts";
import type { PromotionRecord, SessionRating } from "../store/index.ts";
import { parseProfile } from "./references.ts";
import type { Workbench } from "./workbench.ts";

/** What one side of a trial did. */
interface ArmFigures {
  readonly genome: ContentHash;
  readonly sessions: number;
  readonly turns: number;
  /** Turns that failed or came to no answer. */
  readonly unanswered: number;
  /** Mean of a turn; 0 without turns. */
  readonly tokens: number;
  readonly usd: number;
  /** Sessions that people rated. */
  readonly rated: number;
  /** Mean of the sessions' scores and its interval, as of one look; undefined where nobody rated one. */
  readonly score: { readonly mean: number; readonly interval: readonly [number, number] } | undefined;
}

/** A challenger beside what is live, and how both do. */
export interface TrialView {
  readonly profile: string;
  readonly channel: Channel;
  readonly kind: Trial["kind"];
  readonly share: number;
  readonly running: boolean;
  readonly since: number;
  readonly arms: Readonly<Record<Arm, ArmFigures>>;
  /** Challenger against incumbent by people's ratings, valid however often it is looked at. Of a shadow by the sessions where both were rated. */
  readonly comparison: LiveComparison;
  /** Of a shadow: what both said, newest first. */
  readonly answers: readonly {
    readonly session: string;
    readonly arm: Arm;
    readonly question: string;
    readonly answer: string;
  }[];
}

/** The trial that is on in a channel, or else the last one. Throws `unknown-profile`, `no-trial`. */
export function viewTrial(workbench: Workbench, reference: string): TrialView {
  const { store } = workbench;
  const { profile, channel } = trialChannel(workbench, reference);
  const trial = lastTrial(store, profile, channel) ?? requireTrial(store, profile, channel);
  const { record, kind, share } = trial;
  const scores = sessionScores(store.sessions.ratings(record.index));
  const of = (arm: Arm): readonly number[] => [...(scores.get(arm)?.values() ?? [])];
  const pairs = [...(scores.get("incumbent") ?? [])].flatMap(([session, a]) => {
    const b = scores.get("challenger")?.get(session);
    return b === undefined ? [] : [[a, b] as const];
  });
  return {
    profile,
    channel,
    kind,
    share,
    running: runningTrial(store, profile, channel)?.record.index === record.index,
    since: record.at,
    arms: {
      incumbent: figuresOf(workbench, trial, "incumbent", record.previous ?? record.genome, of("incumbent")),
      challenger: figuresOf(workbench, trial, "challenger", record.genome, of("challenger")),
    },
    comparison: kind === "shadow" ? comparePairedArms(pairs) : compareArms(of("incumbent"), of("challenger")),
    answers: store.sessions
      .turns(record.index)
      .flatMap(({ session, arm, question, answer }) =>
        question === undefined ? [] : [{ session, arm, question, answer: answer ?? "" }],
      )
      .toReversed(),
  };
}

function figuresOf(
  { store }: Workbench,
  { record }: Trial,
  arm: Arm,
  genome: ContentHash,
  scores: readonly number[],
): ArmFigures {
  const turns = store.sessions.turns(record.index).filter((turn) => turn.arm === arm);
  return {
    genome,
    sessions: store.sessions.list(record.index).filter((session) => session.arm === arm).length,
    turns: turns.length,
    unanswered: turns.filter(({ answered }) => !answered).length,
    tokens: turns.length === 0 ? 0 : mean(turns.map(({ tokens }) => tokens)),
    usd: turns.reduce((sum, { usd }) => sum + usd, 0),
    rated: scores.length,
    score: scores.length === 0 ? undefined : { mean: mean(scores), interval: scoreInterval(scores) },
  };
}

/** By arm and session the mean over authors of what each said last, in the order in which sessions were first rated. */
function sessionScores(ratings: readonly SessionRating[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const byArm = Map.groupBy(ratings, ({ arm }) => arm);
  return new Map(
    [...byArm].map(([arm, own]) => {
      const bySession = Map.groupBy(own, ({ session }) => session);
      return [
        arm,
        new Map(
          [...bySession].map(([session, said]) => {
            const last = new Map(said.map(({ author, score }) => [author, score]));
            return [session, mean([...last.values()])] as const;
          }),
        ),
      ] as const;
    }),
  );
}

/**
 * Points the channel at the challenger; its gates were passed before it was tried. Throws `no-trial`, or `trial-worse` when people's ratings show
 * that it is worse.
 */
export function acceptTrial(workbench: Workbench, reference: string, reason: string): PromotionRecord {
  const { store, clock } = workbench;
  return store.transaction(() => {
    const { profile, channel } = trialChannel(workbench, reference);
    const { record } = requireTrial(store, profile, channel);
    const view = viewTrial(workbench, reference);
    if (view.comparison.verdict === "worse") {
      throw new AlleleError({
        code: "trial-worse",
        message: `people rated the challenger worse than what is live in ${profile}@${channel}`,
        hint: `See by how much with: allele profile canary ${profile}@${channel}; end it with --drop.`,
      });
    }
    const evidence = { ...(record.evidence as Record<string, Json>), trial: evidenceOf(view) };
    const move = { profile, channel, genome: record.genome, verdict: record.verdict, evidence };
    return movePointer(store, { ...move, reason: reason || `accepted after a ${view.kind}` }, clock);
  });
}

/** Ends the trial; what was live goes on. Throws `no-trial`. */
export function endTrial(workbench: Workbench, reference: string, reason: string): PromotionRecord {
  const { store, clock } = workbench;
  return store.transaction(() => {
    const { profile, channel } = trialChannel(workbench, reference);
    requireTrial(store, profile, channel);
    const view = viewTrial(workbench, reference);
    const why = { verdict: view.comparison.verdict, evidence: { trial: evidenceOf(view) }, reason };
    return dropTrial(store, profile, channel, why, clock);
  });
}

function evidenceOf({ arms, comparison, kind, share }: TrialView): Json {
  return { kind, share, arms, comparison } as unknown as Json;
}

interface SessionOpinion {
  readonly score: number;
  readonly comment?: string | undefined;
  readonly author?: string | undefined;
  /** Whose answers are meant; needed of a shadow's session where those that were given are not. */
  readonly arm?: Arm | undefined;
}

/** Keeps what a person says of a session. The last word of an author stands. Throws `unknown-session`, `bad-rating`. */
export function rateSession(
  { store, clock, environment }: Workbench,
  session: string,
  { score, comment = "", author, arm }: SessionOpinion,
): SessionRating {
  if (!(score >= 0 && score <= 1)) {
    throw new AlleleError({
      code: "bad-rating",
      message: `${score} is not a score from 0 to 1`,
      hint: "0 is wrong, 1 is right.",
    });
  }
  const records = store.sessions.find(session);
  const last = records.filter(({ trial }) => trial === records.at(-1)?.trial);
  const found = last.find((record) => record.arm === (arm ?? "incumbent")) ?? (arm === undefined ? last[0] : undefined);
  if (found === undefined) {
    throw new AlleleError({
      code: "unknown-session",
      message:
        last.length === 0 ? `no session "${session}" was kept` : `the ${arm} did not work on the session "${session}"`,
      hint: "Sessions are kept while a challenger is tried; agent run and agent chat say their names.",
    });
  }
  const who = author ?? environment["USER"] ?? environment["LOGNAME"] ?? environment["USERNAME"] ?? "somebody";
  const rating = { trial: found.trial, session, arm: found.arm, author: who, score, comment, at: clock.now() };
  store.sessions.rate(rating);
  return rating;
}

/** `PROFILE@channel`; without a channel the one where something is tried, else the only one, else dev. */
function trialChannel(
  { store }: Workbench,
  reference: string,
): { readonly profile: string; readonly channel: Channel } {
  const named = parseProfile(reference, "dev");
  if (reference.includes("@")) return named;
  const history = profileHistory(store, named.profile);
  const tried = history.findLast(({ kind }) => kind === "canary" || kind === "shadow");
  return { profile: named.profile, channel: (tried?.channel ?? history.at(-1)?.channel ?? "dev") as Channel };
}
