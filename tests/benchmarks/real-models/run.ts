import { foundOf, type ArmName, type Sizes } from "./found.ts";
import { prepareModel } from "./model.ts";
import { commit, study } from "./study.ts";
import { realTasks } from "./tasks.ts";

/** As the page asks for them, and smaller ones for machines with little time. */
const sizesByName: Readonly<Record<string, Sizes>> = {
  full: { train: 100, validation: 300, test: 500, search: 1500 },
  middle: { train: 100, validation: 200, test: 300, search: 700 },
  tiny: { train: 16, validation: 16, test: 16, search: 200 },
};

/**
 * `node run.ts SIZES ARMS [TASKS] [again]`, each a list with commas. Every arm of every task is kept in docs/benchmarks/real-models.json as soon as it is there,
 * and not run again; what is under way lies in runs/real-models, where a run that was cut goes on.
 * With `again` the arm `evolved` is run anew where another commit ran it, whose figures stay beside the new ones.
 */
const [sizesName = "middle", arms = "evolved,random,gepa", names = realTasks.map(({ name }) => name).join(","), again] =
  process.argv.slice(2);
const sizes = sizesByName[sizesName];
if (sizes === undefined) throw new Error(`no sizes "${sizesName}"; there are ${Object.keys(sizesByName).join(", ")}`);
prepareModel();
for (const arm of arms.split(",") as ArmName[]) {
  for (const name of names.split(",")) {
    const task = realTasks.find((one) => one.name === name);
    if (task === undefined) throw new Error(`no task "${name}"`);
    const known = foundOf(name, 0, sizes)?.[arm];
    if (known !== undefined && (again === undefined || arm !== "evolved" || known.commit === commit)) continue;
    const found = await study(task, 0, sizes, arm);
    process.stdout.write(`${name} ${arm} plain ${JSON.stringify(found.plain)} ${JSON.stringify(found[arm])}\n`);
  }
}
