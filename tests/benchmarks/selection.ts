import { makeRandom, type Random } from "../../src/base/index.ts";
import {
  acceptanceRules,
  addToFrontier,
  batchSamplers,
  leaderOf,
  chooseOperator,
  chooseParent,
  discriminatingSize,
  emptyBandit,
  newFrontier,
  observeOperator,
  parentRules,
  type AcceptanceRule,
  type BatchSampler,
  type ParentRule,
} from "../../src/select/index.ts";
import { scoreInterval } from "../../src/statistics/index.ts";

const seeds = Array.from({ length: 100 }, (_, seed) => seed);
const skills = 14;
const split = { train: 100, validation: 100, test: 1000 };

/** Which skills each task needs. Some skills are needed often, some by few tasks. */
type Task = readonly number[];
/** By skill, how well it is mastered: 0 not, 1 mended. */
type Candidate = { readonly mended: readonly boolean[]; readonly edits: number };

interface Search {
  readonly parent: ParentRule;
  readonly sampler: BatchSampler;
  /** Tasks of a minibatch; `fit`: as many as make a failing one likely. */
  readonly batch: number | "fit";
  readonly acceptance: AcceptanceRule;
  /** Tasks of the screen where they are not those of the minibatch. */
  readonly screen?: BatchSampler | undefined;
}

const usual: Search = {
  parent: parentRules.frontier,
  sampler: batchSamplers["epoch-shuffled"],
  batch: 8,
  acceptance: acceptanceRules.improvement,
};

const epochs = batchSamplers["epoch-shuffled"];
const withoutStrata: BatchSampler = {
  name: "without strata",
  sample: (request) => batchSamplers["failing-first"].sample({ ...request, strata: undefined }),
};

export function selection(): Promise<string> {
  const of = (name: string, search: Partial<Search>): readonly [string, Search] => [name, { ...usual, ...search }];
  return Promise.resolve(
    [
      "# Selection",
      `A planted landscape: ${skills} skills, tasks that need one to three of them (the first skill is needed often, the last seldom). A task is passed with probability 0.96 for each needed skill that is mended and 0.35 for each that is not, the same draw for everybody as long as its skills are the same (cached, temperature 0). A child's author sees one minibatch and mends a skill that a failed task of it needs in 45 %, breaks one in 15 %, else does nothing. Children that pass the screen are measured on ${split.validation} validation tasks, in two blocks, and leave after the first when they are not ahead of their parent. Shown is the true share of the reachable gain of the candidate with the best standing, mean and 95 % interval over ${seeds.length} seeds; no model is called. The usual search has the parent rule \`frontier\`, epochs, batches of 8 and strict improvement, and each row changes one thing.`,
      table(
        "Parent rules",
        Object.entries(parentRules).map(([name, parent]) => of(name, { parent })),
      ),
      table("Minibatches", [
        of("epoch-shuffled, 3", { batch: 3 }),
        of("epoch-shuffled, 8", {}),
        of("epoch-shuffled, as many as needed", { batch: "fit" }),
        of("uniform, 8", { sampler: batchSamplers.uniform }),
        of("failing-first, 3", { sampler: batchSamplers["failing-first"], batch: 3 }),
        of("failing-first, 8", { sampler: batchSamplers["failing-first"] }),
        of("failing-first, 8, without strata", { sampler: withoutStrata }),
        of("failing-first, as many as needed", { sampler: batchSamplers["failing-first"], batch: "fit" }),
        of("failing-first, 8, screened on an epoch's 8", { sampler: batchSamplers["failing-first"], screen: epochs }),
        of("epoch-shuffled, 8, screened on another epoch's 8", { screen: epochs }),
      ]),
      "Screening on other tasks than those the author saw costs the parent's rollouts on them and brings nothing here: validation tells the lucky ones apart anyway.",
      table(
        "Acceptance on the minibatch",
        Object.entries(acceptanceRules).map(([name, acceptance]) => of(name, { acceptance })),
      ),
      table("Together", [
        of("best, 3", { parent: parentRules.best, batch: 3 }),
        of("best, as many as needed", { parent: parentRules.best, batch: "fit" }),
        of("best, failing-first, 3", { parent: parentRules.best, sampler: batchSamplers["failing-first"], batch: 3 }),
        of("batch-lexicase, 3", { parent: parentRules["batch-lexicase"], batch: 3 }),
        of("batch-lexicase, failing-first, 3", {
          parent: parentRules["batch-lexicase"],
          sampler: batchSamplers["failing-first"],
          batch: 3,
        }),
        of("batch-lexicase, as many as needed", { parent: parentRules["batch-lexicase"], batch: "fit" }),
        of("lexicase, as many as needed", { parent: parentRules.lexicase, batch: "fit" }),
        of("epsilon-greedy, as many as needed", { parent: parentRules["epsilon-greedy"], batch: "fit" }),
      ]),
      "A child of this landscape is never worse at one task for being better at another, so there is nothing that a specialist knows and the best all-rounder could not learn: the tables speak for thrift and say nothing against breadth where skills are at odds.",
      banditTable(),
    ].join("\n\n"),
  );
}

function table(title: string, searches: readonly (readonly [string, Search])[]): string {
  const rows = searches.map(([name, search]) => {
    const cells = [500, 1000, 2000].map((budget) => cellOf(seeds.map((seed) => run(search, budget, seed))));
    return `| ${name} | ${cells.join(" | ")} |`;
  });
  return `## ${title}\n\n| | 500 rollouts | 1,000 | 2,000 |\n| --- | --- | --- | --- |\n${rows.join("\n")}`;
}

function cellOf(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [low, high] = scoreInterval(values);
  return `${mean.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

/** The true share of the reachable gain that a search ends with. */
function run(search: Search, budget: number, seed: number): number {
  const random = makeRandom(`selection ${seed}`);
  const tasks = (name: keyof typeof split): readonly Task[] => {
    const draws = random.fork(name);
    return Array.from({ length: split[name] }, () => makeTask(draws));
  };
  const [train, validation, test] = [tasks("train"), tasks("validation"), tasks("test")];
  const nobody: Candidate = { mended: Array<boolean>(skills).fill(false), edits: 0 };
  const paid = new Set<string>();
  const score = (pool: string, task: Task, index: number, { mended }: Candidate): number => {
    const state = `${pool} ${index} ${task.map((skill) => (mended[skill] === true ? 1 : 0)).join("")}`;
    return makeRandom(`${seed} ${state}`).next() < chanceOf(task, mended) ? 1 : 0;
  };
  const pool: { readonly candidate: Candidate; readonly train: (number | null)[] }[] = [];
  let frontier = newFrontier();
  let spent = 0;
  const trainScore = (candidate: Candidate, index: number): number => {
    const key = `${candidate.edits} ${candidate.mended.map(Number).join("")} ${index}`;
    if (!paid.has(key)) spent += 1;
    paid.add(key);
    return score("train", train[index] ?? [], index, candidate);
  };
  const admit = (candidate: Candidate): void => {
    const row = validation.map((task, index) => score("validation", task, index, candidate));
    frontier = addToFrontier(frontier, row);
    pool.push({ candidate, train: train.map(() => null) });
  };
  admit(nobody);
  spent += validation.length;
  for (let turn = 0; spent < budget && turn < 5 * budget; turn++) {
    const draws = random.fork(`turn ${turn}`);
    const index = chooseParent(search.parent, frontier, draws.fork("parent"));
    const parent = pool[index];
    if (parent === undefined) break;
    const known = parent.train.filter((one) => one !== null);
    const rate = known.length === 0 ? 0.5 : known.reduce((sum, one) => sum + one, 0) / known.length;
    const size =
      search.batch === "fit" ? discriminatingSize(train.map((_, i) => parent.train[i] ?? rate)) : search.batch;
    const draw = (sampler: BatchSampler, name: string): readonly number[] =>
      sampler.sample({
        tasks: train.length,
        size,
        turn,
        random: random.fork(name),
        scores: parent.train,
        strata: train.map((task) => String(task[0])),
      });
    const measure = (tasks: readonly number[]): readonly number[] => {
      const scores = tasks.map((task) => trainScore(parent.candidate, task));
      for (const [i, task] of tasks.entries()) parent.train[task] = scores[i] ?? null;
      return scores;
    };
    const batch = draw(search.sampler, "batches");
    const seen = measure(batch);
    const failed = batch.filter((_, i) => seen[i] === 0).map((task) => train[task] ?? []);
    const child = mutate(parent.candidate, failed, draws);
    if (child === undefined) continue;
    const screen = search.screen === undefined ? batch : draw(search.screen, "screens");
    const before = measure(screen);
    const after = screen.map((task) => trainScore(child, task));
    const expense = { parent: parent.candidate.edits, child: child.edits };
    if (!search.acceptance.accepts(before, after, expense)) continue;
    const half = validation.slice(0, validation.length / 2);
    spent += half.length;
    const parentRow = frontier.rows[index] ?? [];
    const gain = half.reduce((sum, task, i) => sum + score("validation", task, i, child) - (parentRow[i] ?? 0), 0);
    if (gain <= 0) continue;
    spent += validation.length - half.length;
    admit(child);
  }
  const best = pool[leaderOf(frontier.totals)?.index ?? 0]?.candidate ?? nobody;
  const [now, least, most] = [best.mended, nobody.mended, nobody.mended.map(() => true)].map((mended) =>
    test.reduce((sum, task) => sum + chanceOf(task, mended), 0),
  );
  return ((now ?? 0) - (least ?? 0)) / ((most ?? 1) - (least ?? 0));
}

function makeTask(random: Random): Task {
  const weights = Array.from({ length: skills }, (_, skill) => 1 / (skill + 2));
  return [...new Set(Array.from({ length: 1 + random.int(3) }, () => random.weighted(weights)))];
}

function chanceOf(task: Task, mended: readonly boolean[]): number {
  return task.reduce((chance, skill) => chance * (mended[skill] === true ? 0.96 : 0.35), 1);
}

/** Undefined where nothing failed: there is nothing to learn from. */
function mutate({ mended, edits }: Candidate, failed: readonly Task[], random: Random): Candidate | undefined {
  const suspects = failed.flat().filter((skill) => mended[skill] !== true);
  if (failed.length === 0) return undefined;
  const kind = random.next();
  if (kind < 0.45 && suspects.length > 0) return { mended: mended.with(random.pick(suspects), true), edits: edits + 1 };
  const broken = kind < 0.6 ? random.int(skills) : undefined;
  return { mended: broken === undefined ? mended : mended.with(broken, false), edits: edits + 1 };
}

/** Nine operators with chances of a gain from 3 to 40 %, dealt out anew for each seed, and costs from 0.5 to 1.5. */
function banditTable(): string {
  const weights = [0.3, 0.2, 0.12, 0.12, 0.1, 0.06, 0.05, 0.03, 0.02];
  const operators = weights.map((weight, index) => ({ operator: String(index), weight }));
  const play = (seed: number, steps: number, changes: boolean, rule: "uniform" | "start" | "bandit"): number => {
    const random = makeRandom(`bandit ${seed}`);
    const chances = random.shuffle([0.03, 0.05, 0.05, 0.08, 0.1, 0.1, 0.15, 0.25, 0.4]);
    const costs = chances.map(() => 0.5 + random.next());
    let state = emptyBandit;
    let [gained, spent, could] = [0, 0, 0];
    for (let step = 0; step < steps; step++) {
      const turned = changes && step >= steps / 2 ? 4 : 0;
      const chance = (index: number): number => chances[(index + turned) % chances.length] ?? 0;
      const operator =
        rule === "bandit"
          ? chooseOperator(state, { geneType: "text", operators, random })
          : String(rule === "uniform" ? random.int(operators.length) : random.weighted(weights));
      const cost = costs[Number(operator)] ?? 1;
      const gain = random.next() < chance(Number(operator)) ? 0.04 * (0.5 + random.next()) : 0;
      state = observeOperator(state, { operator, geneType: "text", gain, cost });
      gained += gain;
      spent += cost;
      could += 0.04 * cost * Math.max(...costs.map((one, index) => chance(index) / one));
    }
    return spent > 0 ? gained / could : 0;
  };
  const rows = (["uniform", "start", "bandit"] as const).map((rule) => {
    const cells = [60, 150, 400].flatMap((steps) =>
      [false, true].map((changes) => cellOf(seeds.map((seed) => Math.min(1, play(seed, steps, changes, rule))))),
    );
    const names = { uniform: "each as likely", start: "by the start weights", bandit: "bandit" };
    return `| ${names[rule]} | ${cells.join(" | ")} |`;
  });
  const head = [60, 150, 400].flatMap((steps) => [`${steps} children`, `${steps}, changing half way`]);
  return [
    "## Which operator",
    "Nine operators whose children gain with chances of 3 to 40 %, dealt out at random (so the start weights know nothing), at costs of 0.5 to 1.5. Shown is the gain per cost as a share of what the best operator alone would have had.",
    `| | ${head.join(" | ")} |\n| --- | ${head.map(() => "---").join(" | ")} |\n${rows.join("\n")}`,
  ].join("\n\n");
}
