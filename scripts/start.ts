import { runCli } from "../src/cli/index.ts";
import { listRuns, openWorkbench } from "../src/workbench/index.ts";

/** `npm start`: the main job, from a plain seed to a promoted agent that answers a question, on the embedded simulated model. */
const interruption = new AbortController();
process.on("SIGINT", () => {
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort();
});

async function allele(...argv: readonly string[]): Promise<number> {
  const quoted = argv.map((part) => (/^[\w@#./-]+$/.test(part) ? part : `"${part}"`)).join(" ");
  process.stderr.write(`\n$ allele ${quoted}\n`);
  return runCli(argv, {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    cwd: process.cwd(),
    signal: interruption.signal,
  });
}

async function main(): Promise<number> {
  const { run, seed } = freeName();
  const started = await allele(
    "evolve",
    "-g",
    "desk-seed",
    "-d",
    "desk",
    "--rollouts",
    "2000",
    "--seed",
    String(seed),
    "--name",
    run,
    "--yes",
  );
  if (started !== 0) return started;
  // Not being better than what an earlier start promoted is an answer too: the profile keeps what it has.
  const promoted = await allele("promote", run, "--profile", "shop");
  if (promoted !== 0 && promoted !== 3) return promoted;
  const answered = await allele(
    "agent",
    "run",
    "--profile",
    "shop",
    "What is the total of orders O-10113 and O-10123 in USD? Today is 2026-05-20.",
  );
  const next = [
    [`show ${run}`, "the whole story of the run"],
    [`genome diff desk-seed ${run}`, "what changed, gene by gene"],
    ["agent chat -p shop", "talk to the promoted agent"],
    ["profile history shop", "what was live and why; profile rollback takes the last one back"],
    ["init my-project", "start with your own tasks and model"],
  ] as const;
  process.stderr.write(`
What to type next (through npm, so that the right Node runs):
${next.map(([words, why]) => `  npm run allele -- ${words.padEnd(34)} ${why}`).join("\n")}
`);
  return answered;
}

/** The first of first-run, first-run-2, ... that is not taken, so that `npm start` works again and again. */
function freeName(): { readonly run: string; readonly seed: number } {
  const workbench = openWorkbench({ cwd: process.cwd(), environment: process.env, log: () => {} });
  try {
    const taken = new Set(listRuns(workbench).map(({ run }) => run));
    for (let count = 1; ; count++) {
      const name = count === 1 ? "first-run" : `first-run-${count}`;
      if (!taken.has(name)) return { run: name, seed: count };
    }
  } finally {
    workbench.close();
  }
}

process.exitCode = await main();
