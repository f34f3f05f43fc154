import { openStore } from "../../src/store/index.ts";
import { rolloutRecord } from "./rollout-record.ts";

/** Run as a process: `FILE hold` takes the run desk-1 and stays; `FILE write FIRST COUNT` stores rollouts, telling each. */
const [file = "", what, first, count] = process.argv.slice(2);
const store = openStore(file);
if (what === "hold") {
  store.runs.lock("desk-1");
  process.send?.("held");
  setInterval(() => {}, 1000);
} else {
  for (let done = 0; done < Number(count); done++) {
    store.rollouts.put(rolloutRecord(Number(first) + done), done);
    process.send?.(done + 1);
  }
  store.close();
  process.disconnect();
}
