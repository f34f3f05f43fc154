import { solutionOf, type Task } from "../dataset/index.ts";
import { Gene, type Demo, type Genome } from "../genome/index.ts";

/** More labels than these are no choice for a model that scores each of them. */
const mostLabels = 12;
/** Tasks that balanced answers are held against. */
const mostReferences = 16;

/**
 * What lets a model that tells log-probabilities choose among the labels of a dataset, and evolution change how: the labels, the form of a task, the
 * way of answering, and training tasks that balanced answers are held against, in turn of every label. None where tasks have no closed set of labels
 * in common. Reads training tasks only, apart from the labels.
 */
export function choosingGenes(tasks: readonly Task[]): Genome["genes"] {
  const answers = labelsIn(tasks);
  if (answers === undefined) return {};
  const genes = {
    input_form: { type: "text", value: "{input}", placeholders: ["{input}"], max_tokens: 60 },
    labels: { type: "labels", answers, value: answers },
    answering: { type: "enum", options: ["generate", "likeliest", "calibrated", "balanced"], value: "likeliest" },
    references: {
      type: "demos",
      value: referencesIn(tasks, answers),
      max: mostReferences,
      evolvable: false,
      active: { gene: "answering", is: "balanced" },
    },
  };
  return Object.fromEntries(Object.entries(genes).map(([id, gene]) => [id, Gene.parse(gene)]));
}

/** The closed set of labels that every task names; undefined where there is none, or too large a one. */
function labelsIn(tasks: readonly Task[]): string[] | undefined {
  const sets = tasks.map(({ checks }) => checks.flatMap((check) => (check.type === "label" ? [check.labels] : []))[0]);
  const [first] = sets;
  if (first === undefined || first.length < 2 || first.length > mostLabels) return undefined;
  return sets.every((labels) => labels !== undefined && labels.join("\n") === first.join("\n"))
    ? first.map(String)
    : undefined;
}

function referencesIn(tasks: readonly Task[], answers: readonly string[]): readonly Demo[] {
  const known = tasks.flatMap((task) => {
    const output = task.split === "train" ? solutionOf(task) : undefined;
    return output === undefined ? [] : [{ input: task.input, output }];
  });
  const byAnswer = answers.map((answer) => known.filter(({ output }) => output === answer));
  const rounds = Array.from({ length: mostReferences }, (_, round) =>
    byAnswer.flatMap((list) => list.slice(round, round + 1)),
  );
  return rounds.flat().slice(0, mostReferences);
}
