// Installs the locked dependencies when they are missing, so that `npm start` and `npm test` work on a fresh clone.
// Plain JavaScript without dependencies: it must run on whatever Node started npm.
import { execSync } from "node:child_process";
import { existsSync } from "node:fs";

const installed = existsSync("node_modules/.package-lock.json") && existsSync("node_modules/.bin/node");
if (!installed) {
  process.stderr.write("Installing the locked dependencies (npm ci) ...\n");
  execSync("npm ci --no-audit --no-fund", { stdio: ["ignore", "inherit", "inherit"] });
}
