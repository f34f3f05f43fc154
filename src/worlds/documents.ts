import { z } from "zod";
import type { ToolModule, World } from "../runtime/index.ts";
import { define, required } from "./define.ts";

const Spec = z.strictObject({
  documents: z.array(z.strictObject({ title: z.string(), sentences: z.array(z.string()) })).min(1),
});
type Document = z.output<typeof Spec>["documents"][number];

interface DocumentWorld extends World {
  readonly documents: readonly Document[];
}

/** Most titles a search answers. */
const mostFound = 5;

/**
 * A few documents of the task's own that can be searched and read, for questions that are answered from them. A task's world is
 * `{ documents: [{ title, sentences }] }`.
 */
export function documents(): ToolModule {
  return {
    version: "1",
    tools: [
      define(
        "read",
        "search",
        "Find documents by words; answers titles with the sentence that fits best.",
        z.strictObject({ query: z.string().min(1) }),
        (world: DocumentWorld, { query }) => search(world.documents, query),
      ),
      define(
        "read",
        "read",
        "Read a document by its title.",
        z.strictObject({ title: z.string().min(1) }),
        (world: DocumentWorld, { title }) => {
          const wanted = title.trim().toLowerCase();
          const found = world.documents.find((document) => document.title.toLowerCase() === wanted);
          return required(found, `There is no document "${title}".`).sentences.join("").trim();
        },
      ),
    ],
    createWorld: (spec): DocumentWorld => Spec.parse(spec),
  };
}

/** Documents by the share of the query's words they hold, rare words counting more; ties in the order of the documents. */
function search(all: readonly Document[], query: string): readonly { title: string; sentence: string }[] {
  const words = [...new Set(wordsOf(query))];
  const bags = all.map(({ title, sentences }) => new Set(wordsOf([title, ...sentences].join(" "))));
  const weightOf = (word: string): number =>
    Math.log(1 + all.length / (1 + bags.filter((bag) => bag.has(word)).length));
  const score = (bag: ReadonlySet<string>): number =>
    words.reduce((sum, word) => sum + (bag.has(word) ? weightOf(word) : 0), 0);
  return all
    .map((document, index) => ({ document, score: score(bags[index] ?? new Set()) }))
    .filter((entry) => entry.score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, mostFound)
    .map(({ document: { title, sentences } }) => ({
      title,
      sentence: sentences.toSorted((a, b) => score(new Set(wordsOf(b))) - score(new Set(wordsOf(a))))[0]?.trim() ?? "",
    }));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
