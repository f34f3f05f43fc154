import { AlleleError, textHash, type Clock, type Json } from "../base/index.ts";
import type { PromotionRecord, Store } from "../store/index.ts";
import { liveGenome, profileHistory, requireProfileName, type Channel, type PointerMove } from "./profile.ts";

/** Who answers a session while a challenger is tried beside what is live. */
export type Arm = "incumbent" | "challenger";

/**
 * A challenger beside what is live. As a canary it answers a share of the sessions; as a shadow it works on all of them and its answers are given
 * to nobody.
 */
export interface Trial {
  readonly record: PromotionRecord;
  readonly kind: "canary" | "shadow";
  /** Of the sessions, in (0, 1); 0 of a shadow. */
  readonly share: number;
}

/**
 * Puts a challenger beside what is live in a channel; the pointer stays. Throws `profile-name`, `unknown-profile` or `empty-channel` where nothing
 * is live, `trial-running` where another one is on, and `already-live`.
 */
export function startTrial(
  store: Store,
  move: PointerMove,
  trial: { readonly kind: Trial["kind"]; readonly share: number },
  clock: Clock,
): PromotionRecord {
  const { profile, channel } = move;
  requireProfileName(profile);
  return store.transaction(() => {
    const incumbent = liveGenome(store, profile, channel);
    refuseSecondTrial(store, profile, channel);
    return store.promotions.append({
      ...move,
      evidence: { ...(move.evidence as Record<string, Json>), share: trial.share },
      previous: incumbent,
      kind: trial.kind,
      at: clock.now(),
    });
  });
}

/** Throws `trial-running`. */
export function refuseSecondTrial(store: Store, profile: string, channel: Channel): void {
  const running = runningTrial(store, profile, channel);
  if (running === undefined) return;
  throw new AlleleError({
    code: "trial-running",
    message: `a ${running.kind} is on in ${profile}@${channel} already`,
    hint: `End it first: allele profile canary ${profile}@${channel} --accept or --drop`,
  });
}

/** The trial that is on in a channel: whatever happens to the channel's pointer afterwards has ended it. */
export function runningTrial(store: Store, profile: string, channel: Channel): Trial | undefined {
  const last = store.promotions.latest(profile, channel);
  return last === undefined ? undefined : trialOf(last);
}

/** The last trial of a channel, on or over. */
export function lastTrial(store: Store, profile: string, channel: Channel): Trial | undefined {
  const records = store.promotions.list(profile).filter((record) => record.channel === channel);
  return records
    .toReversed()
    .map(trialOf)
    .find((trial) => trial !== undefined);
}

function trialOf(record: PromotionRecord): Trial | undefined {
  const { kind, evidence } = record;
  if (kind !== "canary" && kind !== "shadow") return undefined;
  return { record, kind, share: Number((evidence as { readonly share?: number }).share ?? 0) };
}

/** Ends a trial; what was live goes on. Throws `no-trial`. */
export function dropTrial(
  store: Store,
  profile: string,
  channel: Channel,
  why: Pick<PointerMove, "verdict" | "evidence" | "reason">,
  clock: Clock,
): PromotionRecord {
  return store.transaction(() => {
    const { record } = requireTrial(store, profile, channel);
    const genome = liveGenome(store, profile, channel);
    const drop = { profile, channel, genome, previous: record.genome, kind: "drop" as const };
    return store.promotions.append({ ...drop, ...why, at: clock.now() });
  });
}

/** Throws `no-trial`, or `unknown-profile`. */
export function requireTrial(store: Store, profile: string, channel: Channel): Trial {
  profileHistory(store, profile);
  const running = runningTrial(store, profile, channel);
  if (running !== undefined) return running;
  throw new AlleleError({
    code: "no-trial",
    message: `no challenger is tried in ${profile}@${channel}`,
    hint: `Start one: allele promote RUN --profile ${profile}@${channel} --canary 0.1`,
  });
}

/**
 * Who answers a session: the challenger, for the given share of all session ids. Depends on the trial and the id alone, so that a session that comes
 * back is answered by the same one, on whatever machine.
 */
export function armOf({ record, share }: Trial, session: string): Arm {
  const digits = textHash(`${record.index}/${record.genome}/${session}`).slice("s256:".length, "s256:".length + 13);
  return Number.parseInt(digits, 16) / 2 ** 52 < share ? "challenger" : "incumbent";
}
