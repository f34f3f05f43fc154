import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** Genomes and datasets that come with Allele stand beside `src` and `dist`. */
const packageRoot = resolve(import.meta.dirname, "../..");

/** The folders a name is looked up in: the project's own first, then what comes with Allele. */
export function searchFolders(root: string, folder: string, kind: "genomes" | "datasets"): readonly string[] {
  return [...new Set([resolve(root, folder), join(packageRoot, kind)])];
}

/** The first of the folders that has this entry, joined. */
export function findIn(folders: readonly string[], entry: string): string | undefined {
  return folders.map((folder) => join(folder, entry)).find((path) => existsSync(path));
}

/** The names of the entries of all folders, for suggestions; extensions taken off. */
export function namesIn(folders: readonly string[]): readonly string[] {
  const entries = folders.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder));
  return [...new Set(entries.map((entry) => entry.replace(/\.ya?ml$/, "")))];
}
