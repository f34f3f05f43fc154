import {
  EvolveOptions,
  independentOperators,
  makeEventBus,
  openAskTell,
  openStore,
  systemClock,
  type Ask,
  type Told,
} from "../../src/index.ts";
import { classify, seed } from "./classifier.ts";
import { dataset, isUrgent } from "./messages.ts";

const store = openStore(process.argv[2] ?? ":memory:");
const name = "urgency-1";
if (store.runs.get(name) === undefined) store.runs.create({ id: name, options: null, createdAt: systemClock.now() });

const run = openAskTell({
  run: name,
  // A function gives the same answer every time, so each child can be judged by itself: no head, no checks of it.
  options: EvolveOptions.parse({ budget: { rollouts: 3000 }, lanes: 1, genes: 2, check: 0 }),
  seedGenome: seed,
  dataset,
  identity: { scorer: "urgency 1" }, // a new version whenever `classify` changes: what was told belongs to it
  operators: independentOperators,
  store,
  clock: systemClock,
  bus: makeEventBus(),
});

/** The feedback names words, so that the operator for sets draws these rather than others. */
function judge(genome: Ask["genome"], { id, input }: Ask["tasks"][number]): Told {
  const { urgent, alarming, calming } = classify(genome, input);
  if (urgent === isUrgent.get(id)) return { score: 1, answer: String(urgent) };
  const reasons = `for it: ${alarming.join(", ") || "nothing"}; against it: ${calming.join(", ") || "nothing"}`;
  const feedback = urgent ? `Not urgent, and was taken for it (${reasons}).` : `Urgent, and was missed: ${input}`;
  return { score: 0, answer: String(urgent), feedback: [feedback] };
}

let asked = 0;
for (let ask = await run.ask(); ask !== undefined; ask = await run.ask()) {
  const { id, genome, tasks } = ask;
  asked += tasks.length;
  await run.tell(id, Object.fromEntries(tasks.map((task) => [task.id, judge(genome, task)])));
}

const { verdict, difference = 0, winner, rollouts } = await run.result();
console.log(`${rollouts} evaluations, ${asked} of them asked for in this sitting`);
console.log(`${verdict} by ${difference.toFixed(3)} on the sealed test`);
const { genes = {} } = store.genomes.get(winner.genome) ?? {};
for (const [gene, { value }] of Object.entries(genes)) console.log(`${gene}: ${JSON.stringify(value)}`);
store.close();
