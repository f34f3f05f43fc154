/**
 * Counts which kinds of words follow each other in English prose and prints the table of `reading/word-order.ts`: ten times
 * the natural logarithm of how much likelier a pair is than its two words apart. Prose: the Markdown files named, one after the other.
 */
import { readFileSync } from "node:fs";
import { classesOf } from "../../src/providers/simulated/reading/word-order.ts";
import { sentencesOf } from "../../src/providers/simulated/reading/split.ts";
import { wordClasses } from "../../src/providers/simulated/reading/word-classes.ts";

const sentences = process.argv
  .slice(2)
  .flatMap((file) => sentencesOf(readFileSync(file, "utf8")).map(({ text }) => text));
const prose = sentences.filter(
  (text) => /^[A-Z].*[a-z].*[.!?]$/.test(text) && !/[`{}|<>=]|https?:/.test(text) && text.split(" ").length >= 5,
);
const size = wordClasses.length;
const counts = Array.from({ length: size }, () => Array.from({ length: size }, () => 0.5));
for (const text of prose) {
  const kinds = classesOf(text.toLowerCase()).map((kind) => wordClasses.indexOf(kind));
  kinds.slice(1).forEach((to, index) => {
    const row = counts[kinds[index] ?? 0];
    if (row !== undefined) row[to] = (row[to] ?? 0) + 1;
  });
}
const total = counts.flat().reduce((sum, count) => sum + count, 0);
const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
const columns = wordClasses.map((_, column) => counts.reduce((sum, row) => sum + (row[column] ?? 0), 0));
console.log(`// ${prose.length} sentences, ${Math.round(total)} pairs`);
for (const [index, row] of counts.entries()) {
  const cells = row.map((count, column) =>
    Math.round(10 * Math.log((count * total) / ((rows[index] ?? 1) * (columns[column] ?? 1)))),
  );
  console.log(`  "${cells.join(" ")}",`);
}
