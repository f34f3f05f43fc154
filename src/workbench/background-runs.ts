import { spawn, type ChildProcess } from "node:child_process";
import { extname, resolve } from "node:path";
import type { Workbench } from "./workbench.ts";

/** Runs that go on in processes of their own, as `allele resume` would have them. */
export interface BackgroundRuns {
  /** Goes on with a run of the store. Does nothing while it is already going on here. */
  readonly start: (run: string) => void;
  readonly isGoing: (run: string) => boolean;
  /** What a run said when it ended the last time and was not well; undefined otherwise. */
  readonly complaint: (run: string) => string | undefined;
  /** Interrupts them all, as Ctrl-C does, and waits. Their names. */
  readonly end: () => Promise<readonly string[]>;
}

/** The program beside this file: its source in a clone, else what was built. */
const program = resolve(import.meta.dirname, `../main${extname(import.meta.filename)}`);

/** Exit codes of a run that went as it should: an answer of any kind, or an interruption. */
const well = new Set([0, 3, 4, 130]);

/** How much of what a run writes on stderr is kept, in characters. */
const most = 4000;

export function makeBackgroundRuns({ root, environment }: Workbench): BackgroundRuns {
  const going = new Map<string, { readonly child: ChildProcess; readonly ended: Promise<void> }>();
  const complaints = new Map<string, string>();
  // With npm's variables the program would change to the folder npm was called in.
  const { npm_lifecycle_event: _, ...variables } = environment;
  return {
    start: (run) => {
      if (going.has(run)) return;
      complaints.delete(run);
      const child = spawn(process.execPath, [program, "resume", run], {
        cwd: root,
        env: { ...variables, NO_COLOR: "1" },
        stdio: ["ignore", "ignore", "pipe"],
        // Ctrl-C in the terminal of the dashboard reaches the dashboard alone, which then interrupts its runs.
        detached: true,
      });
      let said = "";
      child.stderr?.on("data", (part: Buffer) => (said = (said + part.toString()).slice(-most)));
      const ended = new Promise<void>((done) => {
        const end = (code: number | null, error?: Error): void => {
          going.delete(run);
          if (!well.has(code ?? -1)) complaints.set(run, error?.message ?? lastWords(said));
          done();
        };
        child.once("error", (error) => end(null, error));
        child.once("close", (code) => end(code));
      });
      going.set(run, { child, ended });
    },
    isGoing: (run) => going.has(run),
    complaint: (run) => complaints.get(run),
    end: async () => {
      const all = [...going];
      for (const [, { child }] of all) child.kill("SIGINT");
      await Promise.all(all.map(([, { ended }]) => ended));
      return all.map(([run]) => run);
    },
  };
}

/** From the error on, or the last lines. */
function lastWords(said: string): string {
  const error = said.lastIndexOf("error: ");
  return (error === -1 ? said.split("\n").slice(-6).join("\n") : said.slice(error)).trim() || "it ended without a word";
}
