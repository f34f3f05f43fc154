import type { Json, SourceLocation } from "../base/index.ts";
import type { SplitName, WrittenCheck } from "../dataset/index.ts";

/** A task as an importer makes it of a row. */
export interface ImportedTask {
  readonly id: string;
  readonly input: string;
  readonly checks: readonly WrittenCheck[];
  readonly tags?: readonly string[] | undefined;
  readonly family?: string | undefined;
  /** The source's own split, where it has one. */
  readonly split?: SplitName | undefined;
  /** The class of the right answer, for balanced samples. */
  readonly label?: string | undefined;
  readonly world?: Json | undefined;
  readonly where: SourceLocation;
}

/** What a form found in its files. */
export interface ImportedSet {
  readonly description: string;
  readonly tasks: readonly ImportedTask[];
  /** Rows that are in the source and in no task, each with its reason. */
  readonly leftOut: readonly LeftOut[];
  /** Further files of the dataset's folder by name, such as `tools.ts` or the data of its world. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  /** World of the live agent, outside tasks. */
  readonly world?: Json | undefined;
}

export interface LeftOut {
  readonly reason: string;
  readonly where: SourceLocation;
}

/** Settings of a form by name, as a mapping file or the command line gives them; a form checks its own. */
export type Settings = Readonly<Record<string, Json>>;

/**
 * A shape in which data sets are published, and how its rows become tasks.
 * `read` throws AlleleError with file and line for the first thing it cannot use. It writes nothing, and the same files and settings give
 * the same set.
 */
export interface Form {
  readonly name: string;
  /** One line for help texts. */
  readonly about: string;
  /** Licence and origin of data that are known to be published in this form; absent: the user says. */
  readonly licence?: string | undefined;
  readonly source?: string | undefined;
  /** Whether the data are a published set of other people: their folder keeps itself out of version control. */
  readonly thirdParty: boolean;
  /** `files` are absolute paths, at least one. */
  read(files: readonly string[], settings: Settings): ImportedSet;
}
