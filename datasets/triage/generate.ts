/** Writes `tasks.jsonl` beside this file. Run: npx node datasets/triage/generate.ts */
import { join } from "node:path";
import { writeTextAtomic } from "../../src/base/index.ts";
import { makeTasks } from "./generator/make-tasks.ts";

const lines = makeTasks("triage/1").map((task) => JSON.stringify(task));
writeTextAtomic(join(import.meta.dirname, "tasks.jsonl"), `${lines.join("\n")}\n`);
