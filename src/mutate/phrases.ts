/** Ways of saying the same in an instruction. */
export const paraphrases: readonly (readonly string[])[] = [
  ["classify", "categorize", "label", "sort"],
  ["decide", "determine", "judge", "say", "tell"],
  ["whether", "if"],
  ["sentence", "text", "passage", "statement"],
  ["message", "text"],
  ["question", "query"],
  ["read", "look at", "consider", "examine"],
  ["answer with", "reply with", "respond with", "output", "give"],
  ["one word", "a single word", "exactly one word"],
  ["following", "given"],
  ["is about", "concerns", "deals with"],
  ["expresses", "conveys", "shows"],
  ["kind", "type", "category", "class"],
  ["carefully", "closely"],
  ["you are", "act as"],
  ["a helpful assistant", "an expert", "a careful annotator"],
  ["find", "identify", "pick out"],
  ["write", "give", "state"],
];

/** Sentences that often help an instruction, whatever it is about; those with `{labels}` are for agents that have such. */
export const additions: readonly string[] = [
  "Answer with one of: {labels}.",
  "The answer is always {labels}.",
  "Is it {labels}?",
  "Decide between {labels}.",
  "All answers are equally likely.",
  "Answer with one word.",
  "Give only the answer, without an explanation.",
  "Look at the whole text before you answer.",
  "Think about what the writer means.",
  "Pay attention to the tone.",
  "Pay attention to what is asked for.",
  "Answer as an expert would.",
  "The examples show how to answer.",
  "If you are not sure, choose the likelier answer.",
];

/** Forms in which a task can be put to a model. */
export const inputForms: readonly string[] = [
  "{input}",
  "Text: {input}",
  "Text: {input}\nAnswer:",
  "Input: {input}\nOutput:",
  "Input: {input}\nLabel:",
  'Text: "{input}"\nLabel:',
  "{input}\nAnswer:",
  "{input}\n\nWhich is it: {labels}?",
  "Text: {input}\nQuestion: is it {labels}?\nAnswer:",
  "Is this {labels}?\n{input}",
];

/** Ways of asking for the form of an answer. */
export const answerForms: readonly string[] = [
  "Answer with one word.",
  "Answer with one of: {labels}.",
  "Give only the answer.",
  "Give only the answer, without an explanation.",
  "Write nothing but the answer itself.",
  "Keep the answer as short as possible.",
  "Answer in one line.",
];

/** Common answers in other words. */
const synonyms: readonly (readonly string[])[] = [
  ["positive", "good", "great", "favorable", "happy"],
  ["negative", "bad", "terrible", "unfavorable", "sad"],
  ["yes", "true", "correct", "right"],
  ["no", "false", "incorrect", "wrong"],
  ["spam", "junk", "advertisement", "unwanted"],
  ["ham", "normal", "personal", "legitimate"],
  ["subjective", "opinion", "personal", "feeling"],
  ["objective", "fact", "factual", "neutral"],
  ["abbreviation", "acronym", "short form"],
  ["entity", "thing", "object"],
  ["description", "explanation", "definition"],
  ["human", "person", "people", "who"],
  ["location", "place", "where"],
  ["numeric", "number", "count", "quantity"],
  ["world", "politics", "international"],
  ["sports", "sport", "games"],
  ["business", "economy", "finance"],
  ["technology", "science", "tech"],
  ["joy", "happiness", "happy"],
  ["sadness", "sorrow", "sad"],
  ["anger", "rage", "angry"],
  ["fear", "worry", "afraid"],
  ["first", "1", "A"],
  ["second", "2", "B"],
];

/** Other words for an answer; none when it is not a common one. */
export function wordingsFor(answer: string): readonly string[] {
  const plain = answer.trim().toLowerCase();
  return synonyms.filter((words) => words.includes(plain)).flatMap((words) => words.filter((word) => word !== plain));
}
