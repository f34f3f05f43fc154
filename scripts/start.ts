import { runCli } from "../src/cli/index.ts";

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
  const run = "first-run";
  const started = await allele("evolve", "-g", "desk-seed", "-d", "desk", "--rollouts", "2000", "--name", run, "--yes");
  if (started !== 0) return started;
  const promoted = await allele("promote", run, "--profile", "shop");
  if (promoted !== 0) return promoted;
  const answered = await allele("agent", "run", "--profile", "shop", "Which carrier has order O-10001, and what is the tracking number?");
  process.stderr.write(`
What to type next (through npm, so that the right Node runs):
  npm run allele -- show ${run}                    the whole story of the run
  npm run allele -- genome diff desk-seed ${run}   what changed, gene by gene
  npm run allele -- agent chat -p shop               talk to the promoted agent
  npm run allele -- profile rollback shop            take it back
  npm run allele -- init my-project                  start with your own tasks and model
`);
  return answered;
}

process.exitCode = await main();
