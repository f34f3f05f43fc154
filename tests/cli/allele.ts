import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";

const program = resolve(import.meta.dirname, "../../src/main.ts");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own for a test, removed afterwards. */
export function projectFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "allele-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Started {
  readonly finished: Promise<Finished>;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** To a process that was started with `open`. */
  readonly write: (text: string) => void;
}

interface StartOptions {
  readonly input?: string;
  /** Leaves the input open for `write`. */
  readonly open?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the program as a process of its own, which is killed after the test. */
export function start(...how: Parameters<typeof launch>): Started {
  const started = launch(...how);
  onTestFinished(() => started.kill("SIGKILL"));
  return started;
}

/** As start, for whoever ends the process himself. */
export function launch(cwd: string, argv: readonly string[], options: StartOptions = {}): Started {
  const child = spawn(process.execPath, [program, ...argv], {
    cwd,
    env: { ...process.env, NO_COLOR: "1", ...options.environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (part: Buffer) => (stdout += part.toString()));
  child.stderr.on("data", (part: Buffer) => (stderr += part.toString()));
  if (options.open !== true) child.stdin.end(options.input ?? "");
  const finished = new Promise<Finished>((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done({ code, stdout, stderr }));
  });
  const write = (text: string): void => void child.stdin.write(text);
  return { finished, kill: (signal) => child.kill(signal), stdout: () => stdout, stderr: () => stderr, write };
}

/** Runs the program to its end. */
export function allele(cwd: string, argv: readonly string[], options?: StartOptions): Promise<Finished> {
  return start(cwd, argv, options).finished;
}

/** Waits until a server that was started says where it listens. */
export async function listening(server: Started): Promise<string> {
  for (;;) {
    const url = /listening on (\S+)/.exec(server.stdout())?.[1];
    if (url !== undefined) return url;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
