import { basename } from "node:path";
import { z } from "zod";
import { AlleleError, validate } from "../base/index.ts";
import { Check, splitNames, type SplitName } from "../dataset/index.ts";
import type { ImportedTask, LeftOut, Settings } from "./form.ts";
import { formNamed } from "./registry.ts";
import { sample, type SampleOptions } from "./sample.ts";
import { writeSet } from "./write-set.ts";

export interface ImportRequest {
  readonly form: string;
  /** Absolute paths. */
  readonly files: readonly string[];
  /** Absolute path of the folder to make. */
  readonly folder: string;
  readonly name: string;
  readonly settings: Settings;
  readonly licence?: string | undefined;
  readonly source?: string | undefined;
  readonly description?: string | undefined;
  readonly sample: SampleOptions;
}

export interface ImportResult {
  readonly name: string;
  readonly folder: string;
  readonly splits: Readonly<Record<SplitName, number>>;
  readonly leftOut: readonly LeftOut[];
  readonly licence: string;
  readonly source: string;
}

/** Imports a data set into a new folder. Throws AlleleError and writes nothing when anything is wrong; see docs/real-data.md. */
export async function importSet(request: ImportRequest): Promise<ImportResult> {
  const form = formNamed(request.form);
  const licence = request.licence ?? form.licence;
  if (licence === undefined) {
    throw new AlleleError({
      code: "licence-missing",
      message: "under which licence are these data? An imported dataset keeps it",
      hint: 'Give --licence, for instance --licence "CC-BY-4.0" or --licence "our own".',
    });
  }
  const found = form.read(request.files, request.settings);
  refuseRepeatedIds(found.tasks);
  for (const { checks, where } of found.tasks) validate(z.array(Check), checks, () => where);
  const drawn = sample(found.tasks, request.sample);
  const origin = request.source ?? form.source ?? request.files.map((file) => basename(file)).join(", ");
  const source = `${origin}; imported as ${form.name}, seed ${request.sample.seed}`;
  await writeSet(
    request.folder,
    {
      name: request.name,
      description: request.description ?? found.description,
      licence,
      source,
      thirdParty: form.thirdParty,
    },
    drawn,
    found,
  );
  const count = (split: SplitName): number => drawn.tasks.filter((task) => task.split === split).length;
  return {
    name: request.name,
    folder: request.folder,
    splits: Object.fromEntries(splitNames.map((split) => [split, count(split)])) as Record<SplitName, number>,
    leftOut: [...found.leftOut, ...drawn.leftOut],
    licence,
    source,
  };
}

function refuseRepeatedIds(tasks: readonly ImportedTask[]): void {
  const first = new Map<string, ImportedTask>();
  for (const task of tasks) {
    const earlier = first.get(task.id);
    // Ids made from the content repeat with the content, and such rows are left out later.
    if (earlier !== undefined && earlier.input !== task.input) {
      throw new AlleleError({
        code: "duplicate-id",
        message: `two rows have the id "${task.id}", the other at line ${earlier.where.line}`,
        hint: "Give each row an id of its own, or leave id out of the mapping.",
        where: task.where,
      });
    }
    first.set(task.id, task);
  }
}
