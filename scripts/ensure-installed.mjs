// Installs the locked dependencies when they are missing, so that `npm start` and `npm test` work on a fresh clone.
// Plain JavaScript without dependencies: it must run on whatever Node started npm.
import { execSync } from "node:child_process";
import { existsSync } from "node:fs";

const installed = existsSync("node_modules/.package-lock.json") && existsSync("node_modules/.bin/node");
if (!installed) {
  process.stderr.write("Installing the locked dependencies (npm ci) ...\n");
  // The program runs on the Node that comes as a package: what npm says of its own is of no use to anybody.
  execSync("npm ci --no-audit --no-fund --loglevel=error", { stdio: ["ignore", "inherit", "inherit"] });
}
