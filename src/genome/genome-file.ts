import { existsSync } from "node:fs";
import { z } from "zod";
import {
  AlleleError,
  canonicalJson,
  readText,
  readYamlDocument,
  validate,
  writeTextAtomic,
  type ContentHash,
} from "../base/index.ts";
import { checkGenome } from "./check-genome.ts";
import { fileForm } from "./file-form.ts";
import { Gene } from "./gene.ts";
import type { Genome } from "./genome.ts";
import { PRESENT_FORMAT, upgradeGenomeFile } from "./upgrade.ts";
import { renderNew, rewrite } from "./yaml-rewrite.ts";

const Id = z
  .string()
  .regex(/^s256:[0-9a-f]{32}$/, "not a genome id: s256: and 32 hexadecimal digits")
  .transform((id) => id as ContentHash);

const GenomeFile = z.strictObject({
  allele: z.literal(PRESENT_FORMAT),
  name: z.string(),
  description: z.string().optional(),
  /** Ids of the genomes it was made from. */
  parents: z.array(Id).optional(),
  genes: z
    .record(z.string(), Gene)
    .refine((genes) => Object.keys(genes).length > 0, "a genome needs at least one gene"),
});

/** Reads a genome file of any version up to the present one. Throws AlleleError with file, line and column. */
export function readGenome(file: string): Genome {
  return parseGenome(readText(file), file);
}

/** As readGenome, from text; `file` is named in errors. */
export function parseGenome(text: string, file: string): Genome {
  const { value, locate } = readYamlDocument(text, z.unknown(), file);
  const present = upgradeGenomeFile(value, locate);
  const { name, description, parents = [], genes } = validate(GenomeFile, present.data, present.locate);
  return checkGenome({ name, ...(description === undefined ? {} : { description }), genes, parents }, present.locate);
}

/**
 * The file form of a genome. With the text of an existing genome file, that text is changed only where the genomes differ:
 * comments, order of keys and formatting stay. Members at their default are left out unless they stand there already.
 * Throws what the checks of a genome throw, and what parseGenome throws when the existing text is no genome file: such a file is not
 * overwritten.
 */
export function formatGenome(genome: Genome, existing?: string, file = "genome"): string {
  const checked = checkGenome(genome);
  const isFaithful = (text: string): boolean => readsAs(text, checked);
  if (existing !== undefined && existing.trim() !== "") {
    parseGenome(existing, file);
    const { document, value } = readYamlDocument(existing, z.unknown(), file);
    const rewritten = rewrite(existing, document, fileForm(checked, value), isFaithful);
    if (rewritten !== undefined) return rewritten;
  }
  const text = renderNew(fileForm(checked));
  if (isFaithful(text)) return text;
  throw new AlleleError({ code: "unwritable-genome", message: `${genome.name} has no file form`, kind: "defect" });
}

/** Writes a genome file as a whole, by the rules of formatGenome. Throws also `write-failed`. */
export function writeGenome(file: string, genome: Genome): void {
  writeTextAtomic(file, formatGenome(genome, existsSync(file) ? readText(file) : undefined, file));
}

function readsAs(text: string, genome: Genome): boolean {
  try {
    return canonicalJson(parseGenome(text, "written")) === canonicalJson(genome);
  } catch (error) {
    if (error instanceof AlleleError) return false;
    throw error;
  }
}
