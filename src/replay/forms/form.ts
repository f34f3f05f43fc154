import type { Holes, RecordedTable } from "../recorded-table.ts";

/** What a form found in its files. */
export interface RecordedSet {
  readonly tables: readonly RecordedTable[];
  /** What whoever reads the figures has to know: what was left out, what is not as it was recorded. */
  readonly notes: readonly string[];
}

/** A shape in which recorded behaviour is kept or was published. */
export interface RecordedForm {
  readonly name: string;
  /** One line for help texts. */
  readonly about: string;
  /** Reads the tables whose names `wants` says yes to. Throws AlleleError with file and line for the first thing it cannot use. */
  read(files: readonly string[], holes: Holes, wants: (name: string) => boolean): RecordedSet;
}
