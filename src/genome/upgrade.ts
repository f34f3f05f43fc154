import { z } from "zod";
import { AlleleError, validate, type Locator } from "../base/index.ts";
import { estimateTokens } from "./gene-flaw.ts";

/** Turns a file of one version into the next. */
interface Upgrade {
  /** Checks the old form, every mistake located in the file as it is. */
  read(data: unknown, locate: Locator): unknown;
  /** Where in the old file a member of the new form comes from. */
  origin(path: readonly PropertyKey[]): readonly PropertyKey[];
}

/** genome/0: prompts only, plain strings under `components`. */
const PromptFile = z.strictObject({
  allele: z.literal("genome/0"),
  name: z.string(),
  description: z.string().optional(),
  components: z.record(z.string(), z.string()),
});

const fromPrompts: Upgrade = {
  read: (data, locate) => {
    const { components, ...rest } = validate(PromptFile, data, locate);
    const genes = Object.entries(components).map(([id, value]) => {
      // The old form knew no limit, so no old text may break it.
      return [id, { type: "text", value, max_tokens: Math.max(1500, estimateTokens(value)) }] as const;
    });
    return { ...rest, allele: "genome/1", genes: Object.fromEntries(genes) };
  },
  origin: ([top, id]) =>
    top === "genes" ? ["components", ...(id === undefined ? [] : [id])] : top === undefined ? [] : [top],
};

/** The road of the format: entry n makes version n + 1 of version n. Entries are added, never changed or removed. */
const upgrades: readonly Upgrade[] = [fromPrompts];

/** What `allele:` says in a file of the present version. */
export const PRESENT_FORMAT = `genome/${upgrades.length}` as const;

/**
 * Brings the data of a genome file to the present version, with the way back to places in the file.
 * Throws AlleleError `wrong-format` when it is no genome file and `newer-format` when a newer Allele wrote it.
 */
export function upgradeGenomeFile(
  data: unknown,
  locate: Locator,
): { readonly data: unknown; readonly locate: Locator } {
  const version = versionOf(data, locate);
  return upgrades.slice(version).reduce<{ readonly data: unknown; readonly locate: Locator }>(
    (old, upgrade) => ({
      data: upgrade.read(old.data, old.locate),
      locate: (path) => old.locate(upgrade.origin(path)),
    }),
    { data, locate },
  );
}

function versionOf(data: unknown, locate: Locator): number {
  const tag = (data as { readonly allele?: unknown } | null | undefined)?.allele;
  const version = Number(/^genome\/(0|[1-9]\d*)$/.exec(String(tag))?.[1] ?? Number.NaN);
  if (Number.isNaN(version)) {
    throw new AlleleError({
      code: "wrong-format",
      message:
        tag === undefined
          ? `this is no genome file: it has no "allele" member`
          : `not a genome file: allele is ${JSON.stringify(tag)}`,
      hint: `Begin the file with "allele: ${PRESENT_FORMAT}".`,
      where: locate(["allele"]),
    });
  }
  if (version > upgrades.length) {
    throw new AlleleError({
      code: "newer-format",
      message: `genome/${version} is newer than this Allele, which reads up to ${PRESENT_FORMAT}`,
      hint: "Install a newer Allele.",
      where: locate(["allele"]),
    });
  }
  return version;
}
