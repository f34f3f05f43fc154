import { AlleleError } from "../base/index.ts";
import {
  dropTrial,
  listProfiles,
  parseChannel,
  profileHistory,
  rollback,
  runningTrial,
  type Channel,
  type Trial,
} from "../promote/index.ts";
import { formatTime, shortId, textTable } from "../report/index.ts";
import type { PromotionRecord } from "../store/index.ts";
import { parseProfile } from "./references.ts";
import { trialKind } from "./trial-text.ts";
import type { Workbench } from "./workbench.ts";

/** What a channel of a profile points at, and what is tried beside it. */
export interface ProfileRow extends PromotionRecord {
  /** `share` is the part of new sessions, in [0, 1], that the challenger answers; 0 of a shadow. */
  readonly trial: (Pick<Trial, "kind" | "share"> & Pick<PromotionRecord, "genome" | "at">) | null;
}

/** What every channel of every profile points at. */
export function profileRows({ store }: Workbench): readonly ProfileRow[] {
  return listProfiles(store).map((row) => {
    const trial = runningTrial(store, row.profile, parseChannel(row.channel));
    if (trial === undefined) return { ...row, trial: null };
    const { kind, share, record } = trial;
    return { ...row, trial: { kind, share, genome: record.genome, at: record.at } };
  });
}

export function renderProfiles(rows: readonly ProfileRow[], width?: number): string {
  if (rows.length === 0) return "No profiles yet. Promote a run: allele promote RUN --profile NAME";
  const isTried = rows.some(({ trial }) => trial !== null);
  return textTable(
    ["profile", "channel", "genome", "since", "by", ...(isTried ? ["tried beside it"] : [])],
    rows.map((row) => [
      row.profile,
      row.channel,
      shortId(row.genome),
      formatTime(row.at),
      row.kind,
      ...(isTried ? [row.trial === null ? "" : `${shortId(row.trial.genome)}, ${trialKind(row.trial)}`] : []),
    ]),
    [],
    width,
  );
}

/** The moves of a profile, or of one channel of it, newest first. Throws `unknown-profile`. */
export function profileHistoryRows(workbench: Workbench, reference: string): readonly PromotionRecord[] {
  const { profile, channel } = parseProfile(reference, "dev");
  const rows = profileHistory(workbench.store, profile).toReversed();
  return reference.includes("@") ? rows.filter((row) => row.channel === channel) : rows;
}

export function renderProfileHistory(rows: readonly PromotionRecord[], width?: number): string {
  return textTable(
    ["#", "when", "profile", "what", "genome", "before", "verdict", "reason"],
    rows.map((row) => [
      row.index,
      formatTime(row.at),
      `${row.profile}@${row.channel}`,
      row.kind,
      shortId(row.genome),
      row.previous === undefined ? "-" : shortId(row.previous),
      row.verdict,
      row.reason,
    ]),
    [0],
    width,
  );
}

/** The word that names a profile's live genome and nothing else. */
export function profileReference(reference: string): string {
  return `profile:${reference}`;
}

/**
 * Points a channel back at what was live before; where a challenger is tried, that ends first, and the pointer stays. Without a channel: the only
 * one in use.
 * Throws `unknown-profile`, `channel-needed` where several are in use, `nothing-to-roll-back`.
 */
export function rollbackProfile(workbench: Workbench, reference: string, reason: string): PromotionRecord {
  const named = parseProfile(reference, "dev");
  const channel = reference.includes("@") ? named.channel : onlyChannel(workbench, named.profile);
  const { store, clock } = workbench;
  if (runningTrial(store, named.profile, channel) === undefined) {
    return rollback(store, named.profile, channel, reason, clock);
  }
  const why = { verdict: "rollback", evidence: null, reason };
  return dropTrial(store, named.profile, channel, why, clock);
}

function onlyChannel({ store }: Workbench, profile: string): Channel {
  const [first = "dev", ...others] = new Set(profileHistory(store, profile).map((row) => row.channel));
  if (others.length === 0) return parseChannel(first);
  throw new AlleleError({
    code: "channel-needed",
    message: `${profile} is live in several channels: ${[first, ...others].join(", ")}`,
    hint: `Say which one to roll back, such as ${profile}@${first}.`,
  });
}
