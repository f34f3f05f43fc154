import { join } from "node:path";
import { searchWithAllele } from "./allele.ts";
import type { Arena } from "./arena.ts";
import { packages, python, type Installed } from "./install.ts";
import { searchWithPeer, type Driver } from "./peer.ts";
import { searchPlantedWithAllele } from "./planted-search.ts";
import { planted } from "./planted-stage.ts";
import type { Search, SearchRequest } from "./search.ts";

/** Somebody who searches. */
export interface Optimizer {
  readonly name: string;
  readonly title: string;
  /** Which genome of an arena it starts from. */
  readonly genes: keyof Pick<Arena, "textOnly" | "everything">;
  /** The package it needs, when it is not Allele itself. */
  readonly needs?: "gepa" | "@ax-llm/ax" | "@currentai/dsts" | undefined;
  /** Its driver, for what is asked of it besides a search. */
  readonly driver?: Driver | undefined;
  search(request: SearchRequest, testTasks: number): Promise<Search>;
}

const drivers = join(import.meta.dirname, "drivers");
/** Seconds after which a driver has failed. */
const patience = 1800;

function peer(name: string, title: string, needs: Optimizer["needs"], driver: Omit<Driver, "seconds">): Optimizer {
  const patient = { ...driver, seconds: patience };
  return {
    name,
    title,
    genes: "textOnly",
    needs,
    driver: patient,
    search: (request) => searchWithPeer(request, patient),
  };
}

function gepa(parallel: boolean): Omit<Driver, "seconds"> {
  return { command: python, argv: [join(drivers, "drive_gepa.py")], options: { parallel } };
}

function nodeDriver(file: string): Omit<Driver, "seconds"> {
  return { command: process.execPath, argv: [join(drivers, file)], options: { packages } };
}

function allele(
  name: string,
  title: string,
  genes: Optimizer["genes"],
  search?: Readonly<Record<string, unknown>>,
): Optimizer {
  return {
    name,
    title,
    genes,
    search: (request, testTasks) =>
      request.dataset === planted
        ? searchPlantedWithAllele({ ...request, search })
        : searchWithAllele({ ...request, testTasks, search }),
  };
}

export const optimizers: readonly Optimizer[] = [
  allele("allele", "Allele, text genes", "textOnly"),
  peer("gepa", "GEPA, its defaults", "gepa", gepa(false)),
  peer("gepa-parallel", "GEPA, 4 × 4 in parallel", "gepa", gepa(true)),
  peer("ax", "AxGEPA", "@ax-llm/ax", nodeDriver("ax.ts")),
  peer("dsts", "dsts", "@currentai/dsts", nodeDriver("dsts.ts")),
  allele("allele-everything", "Allele, all genes", "everything"),
];

/** For wall clock: many iterations under way at once. */
export const alleleInLanes = [
  allele("allele", "Allele, 16 lanes", "textOnly", { lanes: 16 }),
  allele("allele-48", "Allele, 48 lanes", "textOnly", { lanes: 48 }),
];

/** Why an optimizer cannot run here; undefined when it can. */
export function missing({ needs }: Optimizer, installed: Readonly<Record<string, Installed>>): string | undefined {
  const found = needs === undefined ? undefined : installed[needs];
  return found !== undefined && "missing" in found ? found.missing : undefined;
}
