import { AlleleError, type SourceLocation } from "../base/index.ts";

type Data = Readonly<Record<string, unknown>>;
/** Turns the data of one version of a format into the next. */
export type Upgrade = (data: Data) => Data;

/** The road of `dataset.yaml`: the first entry makes version 2 of version 1, and so on. Entries are added, never changed or removed. */
export const datasetUpgrades: readonly Upgrade[] = [];

/** What `allele:` says in a file of the present version. */
export function formatTag(format: string, upgrades: readonly Upgrade[]): string {
  return `${format}/${upgrades.length + 1}`;
}

/**
 * Brings data of an older version of a format to the present one; present data is returned as it is.
 * Throws AlleleError `wrong-format` when `allele:` names no version of it, `newer-format` when it was written by a newer Allele.
 */
export function upgrade(data: unknown, format: string, upgrades: readonly Upgrade[], where: SourceLocation): unknown {
  const tag = (data as { allele?: unknown } | null)?.allele;
  const shown = typeof tag === "string" ? tag : `a ${typeof tag}`;
  const present = formatTag(format, upgrades);
  const version = Number(new RegExp(`^${format}/([1-9]\\d*)$`).exec(shown)?.[1] ?? Number.NaN);
  if (Number.isNaN(version)) {
    throw new AlleleError({
      code: "wrong-format",
      message: tag === undefined ? `this is no ${format} file: it has no "allele" member` : `not a ${format}: ${shown}`,
      hint: `Begin the file with "allele: ${present}".`,
      where,
    });
  }
  if (version > upgrades.length + 1) {
    throw new AlleleError({
      code: "newer-format",
      message: `${shown} is newer than this Allele, which reads up to ${present}`,
      hint: "Install a newer Allele.",
      where,
    });
  }
  return upgrades.slice(version - 1).reduce((old, step, index) => {
    return { ...step(old), allele: `${format}/${version + index + 1}` };
  }, data as Data);
}
