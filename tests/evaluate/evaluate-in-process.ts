import { appendFileSync } from "node:fs";
import { openStore } from "../../src/store/index.ts";
import { careful, evaluatorOf, makeClerk, stockDataset } from "./stock.ts";

/**
 * Run as a process with `STORE LOG LINES`: evaluates 40 tasks on the store, and writes each model call and each rollout it
 * hears of as a line into the log. After so many lines it kills itself, as `kill -9` would.
 */
const [storeFile = "", logFile = "", lines = ""] = process.argv.slice(2);
let written = 0;
function tell(line: string): void {
  appendFileSync(logFile, `${line}\n`);
  written += 1;
  if (written === Number(lines)) process.kill(process.pid, "SIGKILL");
}

const store = openStore(storeFile);
const clerk = makeClerk((item) => tell(`paid ${item.replace("item", "task")}`));
await evaluatorOf(store, clerk, { concurrency: 4 }).evaluate(careful, stockDataset(40).tasks, {
  onRollout: ({ task, state }, reused) => tell(`${reused ? "reused" : state} ${task}`),
});
store.close();
