import { Gene, type Genome } from "../../../src/genome/index.ts";

/** A real task with a closed set of answers, the files it comes from (in shared/data), and a plain instruction. */
export interface RealTask {
  readonly name: string;
  readonly form: string;
  readonly files: readonly string[];
  readonly licence?: string;
  /** The same number of tasks of every answer, where one answer is far more frequent. */
  readonly balance?: boolean;
  readonly answers: readonly string[];
  /** What somebody would write first; `{labels}` stands for the answers. */
  readonly plain: string;
}

const research = "research use, see the source";
const induction = (task: string): readonly string[] =>
  ["induce", "execute"].map((part) => `instruction-induction/${task}.${part}.jsonl`);

export const realTasks: readonly RealTask[] = [
  {
    name: "sst2",
    form: "classification",
    files: ["classification/sst2.jsonl"],
    licence: research,
    answers: ["positive", "negative"],
    plain: "Decide whether the sentence of a film review is {labels}. Answer with one word.",
  },
  {
    name: "subj",
    form: "classification",
    files: ["classification/subj.jsonl"],
    licence: research,
    answers: ["subjective", "objective"],
    plain: "Decide whether the sentence is {labels}. Answer with one word.",
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
    name: "sms-spam",
    form: "classification",
    files: ["classification/sms_spam.jsonl"],
    licence: "CC-BY-4.0",
    balance: true,
    answers: ["ham", "spam"],
    plain: "Decide whether the text message is {labels}. Answer with one word.",
  },
  {
    name: "all-words",
    form: "lmentry",
    files: ["lmentry/all_words_from_category.jsonl"],
    answers: ["yes", "no"],
    plain: "Answer the question with {labels}.",
  },
  {
    name: "any-words",
    form: "lmentry",
    files: ["lmentry/any_words_from_category.jsonl"],
    answers: ["yes", "no"],
    plain: "Answer the question with {labels}.",
  },
  {
    name: "word-in-context",
    form: "instruction-induction",
    files: induction("word_in_context"),
    answers: ["same", "not the same"],
    plain: "Decide whether the word has the same meaning in both sentences: {labels}.",
  },
  {
    name: "sentiment",
    form: "instruction-induction",
    files: induction("sentiment"),
    answers: ["positive", "negative"],
    plain: "Decide whether the sentence is {labels}. Answer with one word.",
  },
];

/** The plain prompt, with room for what evolution may change. */
export function plainGenome({ name, answers, plain }: RealTask): Genome {
  const genes = {
    system: { type: "text", value: plain, max_tokens: 200 },
    input_form: { type: "text", value: "{input}", placeholders: ["{input}"], max_tokens: 60 },
    labels: { type: "labels", answers: [...answers], value: [...answers] },
    answering: { type: "enum", options: ["likeliest", "calibrated"], value: "likeliest" },
    demos: { type: "demos", value: [], max: 4 },
    plan: { type: "strategy", value: { kind: "direct" }, evolvable: false },
    temperature: { type: "number", min: 0, max: 1, value: 0, evolvable: false },
  };
  return {
    name,
    parents: [],
    genes: Object.fromEntries(Object.entries(genes).map(([id, gene]) => [id, Gene.parse(gene)])),
  };
}
