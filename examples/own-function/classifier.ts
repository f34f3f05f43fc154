import { Gene, type Ask, type Genome } from "../../src/index.ts";

/** Everything that may be changed: the function below reads these values and nothing else. */
export const seed: Genome = {
  name: "urgency",
  parents: [],
  genes: {
    alarming: Gene.parse({
      type: "set",
      universe: [
        "urgent",
        "asap",
        "down",
        "broken",
        "cannot",
        "lost",
        "invoice",
        "question",
        "order",
        "today",
        "fails",
      ],
      value: ["urgent", "asap"],
    }),
    calming: Gene.parse({
      type: "set",
      universe: ["rush", "whenever", "curious", "planning", "please", "hello"],
      value: ["hello"],
    }),
    threshold: Gene.parse({ type: "number", min: 1, max: 4, step: 1, value: 1 }),
    whole_words: Gene.parse({ type: "boolean", value: false }),
  },
};

/** A function of one's own: whether a message to the support is urgent, and the words that spoke for and against it. */
export function classify(values: Ask["genome"], message: string) {
  const text = message.toLowerCase();
  const words = new Set(text.match(/[a-z]+/g));
  const has = (word: string): boolean => (values["whole_words"] === true ? words.has(word) : text.includes(word));
  const alarming = (values["alarming"] as readonly string[]).filter(has);
  const calming = (values["calming"] as readonly string[]).filter(has);
  return { urgent: alarming.length - calming.length >= Number(values["threshold"]), alarming, calming };
}
