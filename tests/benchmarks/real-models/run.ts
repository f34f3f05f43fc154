import { study, type ArmName, type Sizes } from "./study.ts";
import { realTasks } from "./tasks.ts";

/** As the page asks for them, and smaller ones for machines with little time. */
const sizesByName: Readonly<Record<string, Sizes>> = {
  full: { train: 100, validation: 300, test: 500, search: 1500 },
  small: { train: 80, validation: 72, test: 100, search: 320 },
  tiny: { train: 12, validation: 12, test: 12, search: 60 },
};

/** `node run.ts SIZES ARMS [TASKS]`, each a list with commas. Every arm of every task is kept in runs/real-models as soon as it is there. */
const [sizesName = "small", arms = "evolved,random,gepa", names = realTasks.map(({ name }) => name).join(",")] =
  process.argv.slice(2);
const sizes = sizesByName[sizesName];
if (sizes === undefined) throw new Error(`no sizes "${sizesName}"; there are ${Object.keys(sizesByName).join(", ")}`);
for (const arm of arms.split(",") as ArmName[]) {
  for (const name of names.split(",")) {
    const task = realTasks.find((one) => one.name === name);
    if (task === undefined) throw new Error(`no task "${name}"`);
    const found = await study(task, 0, sizes, arm);
    process.stdout.write(`${name} ${arm} plain ${found.plain.toFixed(3)} ${JSON.stringify(found[arm])}\n`);
  }
}
