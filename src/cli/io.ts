import { plainText } from "../base/index.ts";
import type { Workbench } from "../workbench/index.ts";
import type { Readable, Writable } from "node:stream";

/** The program's contact with its surroundings; `main.ts` passes the real ones, tests their own. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & {
    readonly isTTY?: boolean;
    /** Columns and rows as they are now; a terminal has it. */
    readonly getWindowSize?: () => readonly [number, number];
  };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Absent where commands are only described or run without them. */
  readonly faces?: Faces;
}

/** The other faces that a command may start: modules of the same floor, which `main.ts` brings together. */
interface Faces {
  /** Serves the dashboard until the signal aborts. Throws `port-in-use`, `cannot-listen`. */
  readonly serveDashboard: (
    workbench: Workbench,
    options: {
      readonly port: number;
      readonly host: string;
      readonly signal: AbortSignal;
      readonly onListening: (url: string) => void;
      readonly onNote: (line: string) => void;
    },
  ) => Promise<void>;
}

export const EXIT = {
  yes: 0,
  defect: 1,
  badInput: 2,
  cannotTell: 3,
  worse: 4,
  outside: 5,
  interrupted: 130,
} as const;

/** What a command works with: `print` is data (stdout), `note` is everything else (stderr). Neither lets control characters through. */
export interface CommandContext {
  readonly io: Io;
  print(text: string): void;
  printJson(data: unknown): void;
  note(text: string): void;
  /** Has somebody else write what is noted, whole lines, as long as the bottom of the terminal is in use; undefined: nobody. */
  writeNotes(write: ((lines: string) => void) | undefined): void;
  /** What is noted at the first Ctrl-C, instead of the usual. */
  whenInterrupted(text: string): void;
  /** Columns that data may take: the terminal's; without one those of COLUMNS, and without that a row is one line, however long. */
  readonly width: number;
  /** Sets the exit code of this run of the program; the default is 0. */
  exit(code: number): void;
}

export function makeContext(io: Io, exit: (code: number) => void): CommandContext {
  const lines = (text: string): string => plainText(text.endsWith("\n") ? text : `${text}\n`);
  let write: ((lines: string) => void) | undefined;
  let interruption = "Interrupted: finishing what was paid for. Ctrl-C again ends at once.";
  const note = (text: string): void => {
    if (write === undefined) io.stderr.write(lines(text));
    else write(lines(text));
  };
  io.signal.addEventListener("abort", () => note(interruption));
  return {
    io,
    print: (text) => io.stdout.write(lines(text)),
    printJson: (data) => io.stdout.write(`${escapeControl(JSON.stringify(data, null, 2))}\n`),
    note,
    writeNotes: (writer) => {
      write = writer;
    },
    whenInterrupted: (text) => {
      interruption = text;
    },
    get width() {
      const asked = Number(io.environment["COLUMNS"]);
      const columns =
        io.stdout.isTTY === true ? (io.stdout.columns ?? 80) : asked > 0 ? asked : Number.POSITIVE_INFINITY;
      return Math.max(narrowest, columns);
    },
    exit,
  };
}

/** Nothing is laid out for less than this. */
const narrowest = 40;

/** JSON itself escapes only the lower control characters. */
function escapeControl(json: string): string {
  return json.replaceAll(/[\u007F-\u009F]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
