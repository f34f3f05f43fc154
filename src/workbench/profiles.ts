import { listProfiles, parseChannel, profileHistory, rollback } from "../promote/index.ts";
import { formatTime, shortId, textTable } from "../report/index.ts";
import type { PromotionRecord } from "../store/index.ts";
import { parseProfile } from "./references.ts";
import type { Workbench } from "./workbench.ts";

export function profileRows(workbench: Workbench): readonly PromotionRecord[] {
  return listProfiles(workbench.store);
}

export function renderProfiles(rows: readonly PromotionRecord[]): string {
  if (rows.length === 0) return "No profiles yet. Promote a run: allele promote RUN --profile NAME";
  return textTable(
    ["profile", "channel", "genome", "since", "by"],
    rows.map((row) => [row.profile, row.channel, shortId(row.genome), formatTime(row.at), row.kind]),
  );
}

/** Throws `unknown-profile`. Newest first. */
export function profileHistoryRows(workbench: Workbench, name: string): readonly PromotionRecord[] {
  return profileHistory(workbench.store, name).toReversed();
}

export function renderProfileHistory(rows: readonly PromotionRecord[]): string {
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
  );
}

/** The word that names a profile's live genome and nothing else. */
export function profileReference(_workbench: Workbench, reference: string): string {
  return `profile:${reference}`;
}

/** Throws `unknown-profile` or `nothing-to-roll-back`. Without a channel: the only one in use, else dev. */
export function rollbackProfile(workbench: Workbench, reference: string, reason: string): PromotionRecord {
  const named = parseProfile(reference, "dev");
  const channels = new Set(profileHistory(workbench.store, named.profile).map((row) => row.channel));
  const [only] = channels.size === 1 && !reference.includes("@") ? [...channels] : [];
  const channel = only === undefined ? named.channel : parseChannel(only);
  return rollback(workbench.store, named.profile, channel, reason, workbench.clock);
}
