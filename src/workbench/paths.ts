import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Workbench } from "./workbench.ts";

/** Genomes and datasets that come with Allele stand beside `src` and `dist`. */
const packageRoot = resolve(import.meta.dirname, "../..");

/** The folders a name is looked up in: the project's own first, then what comes with Allele. */
export function searchFolders(root: string, folder: string, kind: "genomes" | "datasets"): readonly string[] {
  return [...new Set([resolve(root, folder), join(packageRoot, kind)])];
}

/** The first of the folders that has one of these entries, joined. */
export function findIn(folders: readonly string[], ...entries: readonly string[]): string | undefined {
  return folders.flatMap((folder) => entries.map((entry) => join(folder, entry))).find((path) => existsSync(path));
}

/** The names of the entries of all folders, in the order of the folders and there by name; extensions taken off. */
export function namesIn(folders: readonly string[]): readonly string[] {
  const entries = folders.filter(isFolder).flatMap((folder) => readdirSync(folder).toSorted());
  return [...new Set(entries.map((entry) => entry.replace(/\.ya?ml$/, "")))];
}

/** How a file is written down: relative to the project where it is inside, so that a project that was moved finds it again. */
export function projectPath(root: string, file: string): string {
  const path = relative(root, file);
  return path.startsWith("..") || isAbsolute(path) ? file : path;
}

/** Where a finished run's report is written, for the browser and for people who read the source. */
export function reportFile(workbench: Workbench, run: string, form: "html" | "md"): string {
  return join(runFolder(workbench, run), `report.${form}`);
}

/** While this file is there, the run is asked to stop. */
export function stopFile(workbench: Workbench, run: string): string {
  return join(runFolder(workbench, run), "stop");
}

/** Where a run that is proposed for by hand puts its requests, and finds the answers. */
export function proposalsFolder(workbench: Workbench, run: string): string {
  return join(runFolder(workbench, run), "proposals");
}

/** While this file is there, the run is asked to pause. */
export function pauseFile(workbench: Workbench, run: string): string {
  return join(runFolder(workbench, run), "pause");
}

/** Where a run stands, by whoever works on it. */
export function liveFile(workbench: Workbench, run: string): string {
  return join(runFolder(workbench, run), "live.json");
}

/** Whether there is a store yet. */
export function hasStore({ root, config }: Workbench): boolean {
  return existsSync(resolve(root, config.store));
}

function runFolder({ root, config }: Workbench, run: string): string {
  return join(dirname(resolve(root, config.store)), run);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
