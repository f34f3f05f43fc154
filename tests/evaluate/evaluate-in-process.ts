import { systemClock } from "../../src/base/index.ts";
import { openStore } from "../../src/store/index.ts";
import { careful, evaluatorOf, makeClerk, stockDataset } from "./stock.ts";

/** Run as a process: evaluates 40 tasks on the store named, telling what is paid and what is reported. */
const store = openStore(process.argv[2] ?? "");
const clerk = makeClerk(async (item) => {
  await systemClock.sleep(2);
  process.send?.({ paid: item.replace("item", "task") });
});
const rollouts = await evaluatorOf(store, clerk, { concurrency: 4 }).evaluate(careful, stockDataset(40).tasks, {
  onRollout: ({ task }, reused) => process.send?.({ reported: task, reused }),
});
process.send?.({ done: rollouts.map((rollout) => (rollout.state === "scored" ? rollout.score : -1)) });
store.close();
process.disconnect();
