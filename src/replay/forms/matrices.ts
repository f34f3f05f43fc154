import { z } from "zod";
import { AlleleError } from "../../base/index.ts";
import { readRecordedJson, readRecordedLines } from "../read-json.ts";
import { tableOf, type RecordedResult } from "../recorded-table.ts";
import type { RecordedForm } from "./form.ts";

const Matrices = z.array(
  z.object({
    task: z.string(),
    arms: z.array(z.object({ id: z.string() })),
    items: z.array(z.object({ id: z.string() })),
    rows: z.array(z.string().regex(/^[01-]*$/, "a row is written in 1 (right), 0 (wrong) and - (not recorded)")),
  }),
);
type Matrix = z.infer<typeof Matrices>[number];

const Outputs = z.object({ task: z.string(), item: z.string(), arm: z.string(), turns: z.number() });

/** Prompts evolved by GEPA beside a plain one, item by item. */
export const gepaPrompts: RecordedForm = {
  name: "gepa-prompts",
  about: "matrices.json.gz: arms by items in rows of 1, 0 and -",
  read: (files, holes, wants) => {
    const sets = matricesIn(files, wants).map((matrix) =>
      tableOf(
        matrix.task,
        resultsIn(matrix, () => 1),
        holes,
      ),
    );
    return { tables: sets.map(({ table }) => table), notes: sets.flatMap(({ note }) => note ?? []) };
  },
};

/** Agent scaffolds on the same items; a result costs the turns of its conversation where they are given too. */
export const scaffolds: RecordedForm = {
  name: "scaffolds",
  about: "matrices.json.gz of agent scaffolds and, for the cost in turns, outputs.jsonl.gz",
  read: (files, holes, wants) => {
    const isOutput = (file: string): boolean => /\.jsonl(\.gz)?$/.test(file);
    const turns = new Map(
      files
        .filter(isOutput)
        .flatMap((file) => readRecordedLines(file, Outputs))
        .map((output) => [`${output.task}\n${output.arm}\n${output.item}`, output.turns]),
    );
    const matrices = files.filter((file) => !isOutput(file));
    const sets = matricesIn(matrices, wants).map((matrix) =>
      tableOf(
        matrix.task,
        resultsIn(matrix, (arm, item) => turns.get(`${matrix.task}\n${arm}\n${item}`) ?? 1),
        holes,
      ),
    );
    const notes = sets.flatMap(({ note }) => note ?? []);
    return { tables: sets.map(({ table }) => table), notes: turns.size === 0 ? notes : ["cost is in turns", ...notes] };
  },
};

function matricesIn(files: readonly string[], wants: (name: string) => boolean): readonly Matrix[] {
  return files.flatMap((file) =>
    readRecordedJson(file, Matrices)
      .filter(({ task }) => wants(task))
      .map((matrix) => {
        const { task, arms, items, rows } = matrix;
        if (rows.length === arms.length && rows.every((row) => row.length === items.length)) return matrix;
        throw new AlleleError({
          code: "invalid-value",
          message: `the matrix "${task}" has ${rows.length} rows of up to ${Math.max(0, ...rows.map((row) => row.length))} marks for ${arms.length} arms and ${items.length} items`,
          hint: "A row for each arm, a mark for each item.",
          where: { file },
        });
      }),
  );
}

function resultsIn({ arms, items, rows }: Matrix, costOf: (arm: string, item: string) => number): RecordedResult[] {
  return arms.flatMap(({ id: arm }, place) =>
    items.flatMap(({ id: item }, position): RecordedResult[] => {
      const mark = rows[place]?.[position];
      if (mark === "-") return [];
      return [{ arm, item, score: Number(mark), cost: costOf(arm, item), where: { file: "matrices" } }];
    }),
  );
}
