import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { median } from "./desk-evolve.ts";

const rounds = 21;

/** `allele --help` against bare `node -e 0`, taken in turns in one run. */
export async function startup(): Promise<string> {
  const root = resolve(import.meta.dirname, "../..");
  succeed("npm", ["run", "build"], root);
  const time = (argv: readonly string[]): number => {
    const start = process.hrtime.bigint();
    succeed(process.execPath, argv, root);
    return Number(process.hrtime.bigint() - start) / 1e6;
  };
  const bare: number[] = [];
  const help: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(time(["-e", "0"]));
    help.push(time([`${root}/dist/main.js`, "--help"]));
  }
  const ratio = median(help) / median(bare);
  return [
    "# Start-up",
    `\`allele --help\` (the built program) takes ${ratio.toFixed(2)} times as long as a bare \`node -e 0\`: medians of ${rounds} runs of each, taken in turns (target: at most 4).\n`,
  ].join("\n\n");
}

/** A program that crashes ends early and would look fast. */
function succeed(program: string, argv: readonly string[], cwd: string): void {
  const { status, error, stderr } = spawnSync(program, argv, { cwd });
  if (status !== 0) throw error ?? new Error(`${program} ${argv.join(" ")} ended with ${status}: ${stderr.toString()}`);
}
