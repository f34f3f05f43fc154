#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// What is loaded after this is compiled once and read back by the next command. NODE_DISABLE_COMPILE_CACHE=1 leaves it out.
enableCompileCache();
const { runCli } = await import("./cli/index.ts");

const interruption = new AbortController();
process.on("SIGINT", () => {
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort();
});
process.on("SIGTERM", () => interruption.abort());
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

// `npm run allele` changes to the package's folder; what the user typed means the folder they stand in.
const throughNpmRun = process.env["npm_lifecycle_event"] === "allele";

process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  cwd: (throughNpmRun ? process.env["INIT_CWD"] : undefined) ?? process.cwd(),
  signal: interruption.signal,
  faces: {
    serveDashboard: async (...parts) => (await import("./web/index.ts")).serveDashboard(...parts),
  },
});
