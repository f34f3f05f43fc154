import { AlleleError, didYouMean, type Clock, type ContentHash, type Json } from "../base/index.ts";
import type { PromotionRecord, Store } from "../store/index.ts";

/** Where a profile may be live, weakest first. */
export const CHANNELS = ["dev", "staging", "prod"] as const;
export type Channel = (typeof CHANNELS)[number];

/** Throws `unknown-channel`. */
export function parseChannel(text: string): Channel {
  const channel = CHANNELS.find((known) => known === text);
  if (channel !== undefined) return channel;
  throw new AlleleError({
    code: "unknown-channel",
    message: `unknown channel "${text}"${didYouMean(text, CHANNELS)}`,
    hint: `Use one of ${CHANNELS.join(", ")}.`,
  });
}

/** Throws `profile-name` for a name that could be mistaken for something else on the command line or in a path. */
export function requireProfileName(name: string): void {
  if (/^[a-z0-9][a-z0-9._-]{0,99}$/i.test(name)) return;
  throw new AlleleError({
    code: "profile-name",
    message: `${JSON.stringify(name)} cannot name a profile`,
    hint: "Use letters, digits, dots, dashes and underscores, at most 100, beginning with a letter or digit.",
  });
}

/** A genome that is to be live, and why. */
export interface PointerMove {
  readonly profile: string;
  readonly channel: Channel;
  readonly genome: ContentHash;
  readonly verdict: string;
  readonly evidence: Json;
  readonly reason: string;
}

/**
 * Points a channel of a profile at a genome, and records why, in one transaction: a reader sees what was live before or what is live
 * now, and nothing between. Throws `profile-name`, or `unknown-genome` when the store has no such genome, so that no pointer leads nowhere.
 */
export function movePointer(store: Store, move: PointerMove, clock: Clock): PromotionRecord {
  requireProfileName(move.profile);
  return store.transaction(() => {
    requireGenome(store, move.genome);
    return store.promotions.append({
      ...move,
      previous: store.promotions.current(move.profile, move.channel)?.genome,
      kind: "promote",
      at: clock.now(),
    });
  });
}

/**
 * Points a channel back at what was live before, as undo does: rolling back twice goes two promotions back. The evidence is that of
 * the promotion which is live again.
 * Throws `unknown-profile`, `unknown-genome`, or `nothing-to-roll-back` when the first promotion is live.
 */
export function rollback(
  store: Store,
  profile: string,
  channel: Channel,
  reason: string,
  clock: Clock,
): PromotionRecord {
  return store.transaction(() => {
    const history = profileHistory(store, profile).filter((record) => record.channel === channel);
    const live = liveStack(history);
    const current = live.at(-1);
    const target = live.at(-2);
    if (current === undefined || target === undefined) {
      throw new AlleleError({
        code: "nothing-to-roll-back",
        message: `${profile}@${channel} has no earlier genome to go back to`,
        hint: `See what was live with: allele profile history ${profile}`,
      });
    }
    requireGenome(store, target.genome);
    return store.promotions.append({
      profile,
      channel,
      genome: target.genome,
      previous: current.genome,
      kind: "rollback",
      verdict: "rollback",
      evidence: target.evidence,
      reason,
      at: clock.now(),
    });
  });
}

/** All pointer moves and trials of a profile, oldest first. Throws `unknown-profile`. */
export function profileHistory(store: Store, profile: string): readonly PromotionRecord[] {
  const history = store.promotions.list(profile);
  if (history.length > 0) return history;
  const known = store.promotions.profiles();
  throw new AlleleError({
    code: "unknown-profile",
    message: `no profile named "${profile}"${didYouMean(profile, known)}`,
    hint:
      known.length > 0
        ? `Known profiles: ${known.join(", ")}.`
        : "Promote a genome first: allele promote RUN --profile NAME",
  });
}

/** Where every channel of every profile points now. */
export function listProfiles(store: Store): readonly PromotionRecord[] {
  return store.promotions
    .profiles()
    .flatMap((profile) => liveChannels(store, profile))
    .toSorted((a, b) => `${a.profile}@${a.channel}`.localeCompare(`${b.profile}@${b.channel}`));
}

/** Where every channel of a profile points now, weakest first; nothing where there is no such profile. */
export function liveChannels(store: Store, profile: string): readonly PromotionRecord[] {
  return CHANNELS.flatMap((channel) => store.promotions.current(profile, channel) ?? []);
}

/** What a channel points at. Throws `unknown-profile` or `empty-channel`. */
export function liveGenome(store: Store, profile: string, channel: Channel): ContentHash {
  const current = store.promotions.current(profile, channel);
  if (current !== undefined) return current.genome;
  const channels = [...new Set(profileHistory(store, profile).map((record) => record.channel))];
  throw new AlleleError({
    code: "empty-channel",
    message: `nothing is live in ${profile}@${channel}`,
    hint: `This profile is live in: ${channels.join(", ")}.`,
  });
}

function requireGenome(store: Store, genome: ContentHash): void {
  if (store.genomes.get(genome) !== undefined) return;
  throw new AlleleError({
    code: "unknown-genome",
    message: `genome ${genome} is not in the store, so nothing may point at it`,
    hint: "Evaluate or compare it once, which keeps it, or check whether the database was replaced.",
  });
}

/** The promotions that made genomes live, oldest first, with what rollbacks undid taken off. */
function liveStack(history: readonly PromotionRecord[]): readonly PromotionRecord[] {
  const stack: PromotionRecord[] = [];
  for (const record of history) {
    if (record.kind === "rollback") stack.pop();
    if (record.kind === "promote") stack.push(record);
  }
  return stack;
}
