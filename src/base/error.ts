/** Who has to act: the author of the input, the outside (model, network, disk), nobody (the user interrupted), or us. */
export type ErrorKind = "input" | "outside" | "interrupted" | "defect";

/** Where in the user's files a mistake is. `line` and `column` count from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** What an AlleleError is made of; `kind` is "input" unless said. */
export interface AlleleErrorOptions {
  /** Stable kebab-case identifier, e.g. "unknown-key". Scripts and tests may rely on it. */
  readonly code: string;
  readonly message: string;
  /** What the reader should do next, one sentence. */
  readonly hint?: string | undefined;
  readonly kind?: ErrorKind | undefined;
  readonly where?: SourceLocation | undefined;
  readonly cause?: unknown;
}

/** The one error class of Allele. Everything that reaches a user is one of these; anything else is a defect. */
export class AlleleError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly kind: ErrorKind;
  readonly where: SourceLocation | undefined;

  constructor(options: AlleleErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AlleleError";
    this.code = options.code;
    this.hint = options.hint;
    this.kind = options.kind ?? "input";
    this.where = options.where;
  }
}

/** "file:line:column", leaving out what is unknown. */
export function formatLocation(where: SourceLocation): string {
  return [where.file, where.line, where.column].filter((part) => part !== undefined).join(":");
}

/** The readable message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
