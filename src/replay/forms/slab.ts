import { z } from "zod";
import { makeRandom } from "../../base/index.ts";
import { readRecordedJson } from "../read-json.ts";
import { simulateItems } from "../simulated-items.ts";
import type { RecordedForm } from "./form.ts";

const Tasks = z.array(
  z.object({
    bench: z.string(),
    task: z.string(),
    models: z.array(z.string()),
    templates: z.array(z.object({ id: z.string() })),
    acc: z.array(z.array(z.number().min(0).max(1))),
  }),
);

/** Accuracies of many templates on one task with one model. */
export interface Accuracies {
  /** Bench, task and model, such as `BBH/snarks/t0pp`. */
  readonly name: string;
  readonly bench: string;
  readonly task: string;
  readonly templates: readonly string[];
  readonly accuracies: readonly number[];
  /** Items that each accuracy is of. */
  readonly items: number;
}

const ITEMS = 100;
/** The one task with fewer, by the note that came with the data. */
const FEWER: Readonly<Record<string, number>> = { word_not_containing: 26 };
/** In the middle of the 0.5-0.7 that prompts of one model were measured to agree by. */
export const AGREEMENT = 0.6;

/** Reads the accuracies that were published. Throws as readRecordedJson. */
export function readAccuracies(file: string): readonly Accuracies[] {
  return readRecordedJson(file, Tasks).flatMap(({ bench, task, models, templates, acc }) =>
    models.map((model, column) => ({
      name: `${bench}/${task}/${model}`,
      bench,
      task,
      templates: templates.map(({ id }) => id),
      accuracies: acc.map((byModel) => byModel[column] ?? 0),
      items: FEWER[task] ?? ITEMS,
    })),
  );
}

/** "State of What Art": accuracies were published, not the items, which are simulated. */
export const slab: RecordedForm = {
  name: "slab",
  about: "prompt_accuracies.json.gz: accuracies of some two hundred templates; the items are simulated",
  read: (files, _holes, wants) => ({
    tables: files
      .flatMap(readAccuracies)
      .filter(({ name }) => wants(name))
      .map(({ name, templates, accuracies, items }) => ({
        name,
        arms: templates,
        scores: simulateItems(accuracies, items, AGREEMENT, makeRandom(`slab/${name}`)),
      })),
    notes: [
      `only accuracies were published: the items are simulated, with a latent correlation of ${AGREEMENT} between templates`,
    ],
  }),
};
