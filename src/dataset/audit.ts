import { canonicalJson } from "../base/index.ts";
import type { Check } from "./check.ts";
import { normalizedInput } from "./split.ts";
import type { Dataset, Task } from "./task.ts";

/** What is suspicious about a task as it stands, whatever anybody scored on it. */
export interface DataFault {
  readonly kind: "near-duplicate" | "leak" | "answer-in-input";
  readonly task: string;
  readonly split: string;
  /** The other task, where two are concerned. */
  readonly other: string | undefined;
  readonly detail: string;
}

/** Inputs that share this share of their words and pairs of words are nearly the same (Jaccard index). */
const nearlySame = 0.8;
/** Words in a row that two authors do not write by chance. */
const runLength = 8;
/** A run of words in more tasks than this is the wording of a template. */
const mostTemplates = 5;
/** A test task leaks from this share of its runs of words on. */
const leakedShare = 0.5;
/** An answer that so many tasks share is a class, whose name may well stand in the input. */
const mostOfOneAnswer = 5;

/** The faults that show in the data alone: near duplicates across splits, training text in other splits, right answers in the input. */
export function auditData({ tasks }: Dataset): readonly DataFault[] {
  const twins = nearDuplicates(tasks);
  const paired = new Set(twins.map(({ task }) => task));
  return [...twins, ...leaks(tasks).filter(({ task }) => !paired.has(task)), ...answersInInputs(tasks)];
}

/** Pairs in different splits and equal worlds. Candidates are found by the words and pairs of words they share. */
function nearDuplicates(tasks: readonly Task[]): readonly DataFault[] {
  const grams = tasks.map(({ input, world }) => ({ world: canonicalJson(world ?? null), own: gramsOf(input) }));
  const places = new Map<string, number[]>();
  return tasks.flatMap((task, index) => {
    const shared = new Map<number, number>();
    for (const gram of grams[index]?.own ?? []) {
      const others = places.get(gram) ?? [];
      for (const other of others) shared.set(other, (shared.get(other) ?? 0) + 1);
      places.set(gram, [...others, index]);
    }
    return [...shared].flatMap(([other, both]): readonly DataFault[] => {
      const [mine, theirs, twin] = [grams[index], grams[other], tasks[other]];
      if (mine === undefined || theirs === undefined || twin === undefined) return [];
      if (twin.split === task.split || mine.world !== theirs.world) return [];
      const likeness = both / (mine.own.size + theirs.own.size - both);
      if (likeness < nearlySame) return [];
      // The one to look at is the one that should not have been seen before.
      const [seen, unseen] = secrecy[twin.split] > secrecy[task.split] ? [task, twin] : [twin, task];
      const detail = `${Math.round(100 * likeness)} % the same as ${seen.id} in ${seen.split}`;
      return [{ kind: "near-duplicate", task: unseen.id, split: unseen.split, other: seen.id, detail }];
    });
  });
}

const secrecy = { train: 0, validation: 1, test: 2 } as const;

/** Single words too, so that short inputs can be compared; the order of words counts by the pairs. */
function gramsOf(input: string): ReadonlySet<string> {
  const words = wordsOf(input);
  return new Set([...words, ...words.slice(1).map((word, index) => `${words[index]} ${word}`)]);
}

/** Tasks of validation and test whose inputs consist of runs of words from training inputs, common wordings left out. */
function leaks(tasks: readonly Task[]): readonly DataFault[] {
  const tasksWith = new Map<string, Set<Task>>();
  for (const task of tasks) {
    for (const run of runsOf(task.input)) tasksWith.set(run, (tasksWith.get(run) ?? new Set()).add(task));
  }
  return tasks
    .filter(({ split }) => split !== "train")
    .flatMap((task): readonly DataFault[] => {
      const runs = runsOf(task.input);
      const copied = runs.flatMap((run) => {
        if ((tasksWith.get(run)?.size ?? 0) > mostTemplates) return [];
        const source = [...(tasksWith.get(run) ?? [])].find(({ split }) => split === "train");
        return source === undefined ? [] : [{ run, source }];
      });
      const [first] = copied;
      if (first === undefined || copied.length < leakedShare * runs.length) return [];
      const detail = `${copied.length} of ${runs.length} runs of ${runLength} words stand in ${first.source.id} (train): "${first.run}"`;
      return [{ kind: "leak", task: task.id, split: task.split, other: first.source.id, detail }];
    });
}

function runsOf(input: string): readonly string[] {
  const words = wordsOf(input);
  return words
    .slice(0, Math.max(0, words.length - runLength + 1))
    .map((_, i) => words.slice(i, i + runLength).join(" "));
}

/** Tasks whose right answers all stand in the input, classes left out. */
function answersInInputs(tasks: readonly Task[]): readonly DataFault[] {
  const answers = tasks.map(({ checks }) => checks.flatMap(answersOf));
  const holders = new Map<string, number>();
  for (const own of answers) for (const answer of new Set(own)) holders.set(answer, (holders.get(answer) ?? 0) + 1);
  return tasks.flatMap((task, index): readonly DataFault[] => {
    const own = answers[index] ?? [];
    const text = ` ${wordsOf(task.input).join(" ")} `;
    const isGivenAway = (answer: string): boolean =>
      answer.length >= 3 && (holders.get(answer) ?? 0) <= mostOfOneAnswer && text.includes(` ${answer} `);
    if (own.length === 0 || !own.every(isGivenAway)) return [];
    const detail = `the right answer stands in the input: "${own[0]}"`;
    return [{ kind: "answer-in-input", task: task.id, split: task.split, other: undefined, detail }];
  });
}

/** Right answers as words, of checks that count and compare the answer with one text or number. */
function answersOf(check: Check): readonly string[] {
  if (check.weight === 0) return [];
  if (check.type === "all") return check.checks.flatMap(answersOf);
  if (check.type !== "equals" && check.type !== "contains" && check.type !== "number") return [];
  const values = Array.isArray(check.value) ? check.value : [check.value];
  return values.map((value) => wordsOf(String(value)).join(" ")).filter((words) => words !== "");
}

function wordsOf(text: string): readonly string[] {
  return normalizedInput(text).match(/[\p{L}\p{N}]+(?:[.,]\p{N}+)*/gu) ?? [];
}
