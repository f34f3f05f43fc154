import { solutionOf, type Task } from "../../../src/dataset/index.ts";
import { Gene, type Genome } from "../../../src/genome/index.ts";

/** A real task, the files it comes from (in shared/data), and a plain instruction. */
export interface RealTask {
  readonly name: string;
  readonly form: string;
  readonly files: readonly string[];
  readonly licence?: string;
  /** The same number of tasks of every answer, where one answer is far more frequent. */
  readonly balance?: boolean;
  /** The closed set of answers, from which the likeliest is chosen; absent: the answer is written. */
  readonly answers?: readonly string[];
  /** What somebody would write first; `{labels}` stands for the answers. */
  readonly plain: string;
}

const research = "research use, see the source";
const induction = (task: string): readonly string[] =>
  ["induce", "execute"].map((part) => `instruction-induction/${task}.${part}.jsonl`);

export const realTasks: readonly RealTask[] = [
  {
    name: "plural",
    form: "instruction-induction",
    files: induction("singular_to_plural"),
    plain: "Write the plural of the word. Give only the answer.",
  },
  {
    name: "sst2",
    form: "classification",
    files: ["classification/sst2.jsonl"],
    licence: research,
    balance: true,
    answers: ["positive", "negative"],
    plain: "Decide whether the sentence of a film review is {labels}. Answer with one word.",
  },
  {
    name: "first-letter",
    form: "instruction-induction",
    files: induction("first_word_letter"),
    plain: "Write the first letter of the word. Give only the answer.",
  },
  {
    name: "bigger-number",
    form: "lmentry",
    files: ["lmentry/bigger_number.jsonl"],
    plain: "Answer the question. Give only the answer.",
  },
  {
    name: "larger-animal",
    form: "instruction-induction",
    files: induction("larger_animal"),
    plain: "Write the larger of the two animals. Give only the answer.",
  },
  {
    name: "trec",
    form: "classification",
    files: ["classification/trec.jsonl"],
    licence: research,
    answers: ["Description", "Entity", "Abbreviation", "Person", "Location", "Number"],
    plain: "Decide what kind of thing the question asks for: {labels}. Answer with one word.",
  },
  {
    name: "number-words",
    form: "instruction-induction",
    files: induction("num_to_verbal"),
    plain: "Write the number in words. Give only the answer.",
  },
  {
    name: "sms-spam",
    form: "classification",
    files: ["classification/sms_spam.jsonl"],
    licence: "CC-BY-4.0",
    balance: true,
    answers: ["ham", "spam"],
    plain: "Decide whether the text message is {labels}. Answer with one word.",
  },
  {
    name: "subj",
    form: "classification",
    files: ["classification/subj.jsonl"],
    licence: research,
    balance: true,
    answers: ["subjective", "objective"],
    plain: "Decide whether the sentence is {labels}. Answer with one word.",
  },
  {
    name: "word-after",
    form: "lmentry",
    files: ["lmentry/word_after.jsonl"],
    plain: "Answer the question. Give only the answer.",
  },
];

/** Tasks that a balanced answer is held against. */
const mostReferences = 16;

/** The plain prompt, with room for what evolution may change. */
export function plainGenome({ name, answers, plain }: RealTask, train: readonly Task[]): Genome {
  const genes = {
    system: { type: "text", value: plain, max_tokens: 200 },
    input_form: { type: "text", value: "{input}", placeholders: ["{input}"], max_tokens: 60 },
    demos: { type: "demos", value: [], max: 8 },
    plan: { type: "strategy", value: { kind: "direct" }, evolvable: false },
    temperature: { type: "number", min: 0, max: 1, value: 0, evolvable: false },
    ...(answers === undefined
      ? { max_output_tokens: { type: "number", min: 1, max: 64, value: 16, evolvable: false } }
      : choosing(answers, train)),
  };
  return {
    name,
    parents: [],
    genes: Object.fromEntries(Object.entries(genes).map(([id, gene]) => [id, Gene.parse(gene)])),
  };
}

function choosing(answers: readonly string[], train: readonly Task[]): object {
  return {
    labels: { type: "labels", answers: [...answers], value: [...answers] },
    answering: { type: "enum", options: ["likeliest", "calibrated", "balanced"], value: "likeliest" },
    references: {
      type: "demos",
      value: train.slice(0, mostReferences).map((task) => ({ input: task.input, output: solutionOf(task) })),
      max: mostReferences,
      evolvable: false,
      active: { gene: "answering", is: "balanced" },
    },
  };
}
