/** The recorded solutions of dbbench and tau-bench, carried out by our tools: the reward of each, and of each with one write left out. */
import { join, resolve } from "node:path";
import { dbBench, replayed, tauBench, whyUnseen, withoutOneWrite, type Recorded } from "../importers/gold.ts";
import type { ToolModule } from "../../src/runtime/index.ts";

const home = resolve(import.meta.dirname, "../../../shared/data");

interface Row {
  readonly name: string;
  readonly module: ToolModule;
  readonly recorded: readonly Recorded[];
}

export async function worldsReport(): Promise<string> {
  const tau = (domain: string, file: string): Row => {
    const folder = join(home, "tau-bench", domain);
    return { name: `tau-bench ${domain}, ${file}`, ...tauBench(folder, [join(folder, `tasks_${file}.jsonl`)]) };
  };
  const database = dbBench(["standard", "dev"].map((file) => join(home, "dbbench", `${file}.jsonl`)));
  const ofKind = (tag: string): readonly Recorded[] =>
    database.recorded.filter(({ task }) => task.tags?.includes(tag) === true);
  const rows: readonly Row[] = [
    { name: "dbbench, INSERT", module: database.module, recorded: ofKind("INSERT") },
    { name: "dbbench, UPDATE", module: database.module, recorded: ofKind("UPDATE") },
    { name: "dbbench, questions", module: database.module, recorded: ofKind("read") },
    tau("airline", "test"),
    tau("retail", "test"),
    tau("retail", "dev"),
    tau("retail", "train"),
  ];
  const results = rows.map(measure);
  return [
    "# worlds: recorded solutions replayed",
    "Every recorded solution of dbbench and tau-bench, carried out by the tools of our worlds and scored by the checks of the imported task; then each again with one of its writes left out. The answer of a question is the recorded label, that of a tau-bench task its recorded outputs. tau-bench's expected state is what the recorded actions leave in our world, so that the first column shows that it is reached and stable; the states themselves were held against the reference tools in Python (commit 59a200c): on all 685 solutions the same records changed, to the same values, and the same calls failed.",
    [
      "| set | solutions | reward 1 | change the state | calls that fail | one write left out | reward 0 | still 1 |",
      "| --- | --- | --- | --- | --- | --- | --- | --- |",
      ...results.map(
        (one) =>
          `| ${one.name} | ${one.solutions} | ${one.met} | ${one.changing} | ${one.failed.length} | ${one.cut} | ${one.cut - one.still.length} | ${one.still.length} |`,
      ),
    ].join("\n"),
    `Left out at import: ${database.set.leftOut.map(({ where, reason }) => `dbbench line ${where.line} (${reason})`).join("; ")}.`,
    "## Calls that fail",
    listed(results.flatMap((one) => one.failed.map((text) => `${one.name}: ${text}`))),
    "## Writes whose absence does not show",
    "Each was traced: the state before and after the call, in a world that the earlier calls of the solution have left.",
    listed(results.flatMap((one) => one.still.map((text) => `${one.name}: ${text}`))),
  ].join("\n\n");
}

function measure({ name, module, recorded }: Row) {
  const runs = recorded.map((one) => ({ one, ...replayed(module, one) }));
  const cut = recorded.flatMap((one) => withoutOneWrite(module, one)).map((one) => ({ one, ...replayed(module, one) }));
  const nothing = recorded.map((one) => replayed(module, { ...one, actions: [] }).score);
  return {
    name,
    solutions: runs.length,
    met: runs.filter(({ score }) => score === 1).length,
    changing: nothing.filter((score) => score < 1).length,
    failed: runs.flatMap(({ one, failed }) => failed.map((text) => `${one.task.id}, ${text}`)),
    cut: cut.length,
    still: cut
      .filter(({ score }) => score > 0)
      .map(({ one }) => `${one.task.id} without ${one.left}: ${whyUnseen(module, one)}`),
  };
}

const listed = (items: readonly string[]): string =>
  items.length === 0 ? "None." : items.map((item) => `- ${item.replaceAll("\n", " ")}`).join("\n");
