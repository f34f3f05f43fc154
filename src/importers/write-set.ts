import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { AlleleError, messageOf } from "../base/index.ts";
import { loadDataset } from "../dataset/index.ts";
import type { ImportedSet } from "./form.ts";
import type { Sample } from "./sample.ts";

export interface SetIdentity {
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly source: string;
  readonly thirdParty: boolean;
}

/**
 * Writes a dataset's folder, whole or not at all: it is made beside its place, loaded as any dataset is, and moved there. Throws AlleleError
 * `folder-exists`, `write-failed`, or what `loadDataset` finds wrong, and then leaves nothing behind.
 */
export async function writeSet(
  folder: string,
  identity: SetIdentity,
  { tasks }: Sample,
  { files, world }: Pick<ImportedSet, "files" | "world">,
): Promise<void> {
  if (existsSync(folder)) {
    throw new AlleleError({
      code: "folder-exists",
      message: `${folder} is already there`,
      hint: "Choose another --to, or remove the folder: an import never writes over anything.",
      where: { file: folder },
    });
  }
  const { thirdParty, ...described } = identity;
  const written: Readonly<Record<string, string>> = {
    "dataset.yaml": stringify({
      allele: "dataset/1",
      ...described,
      tasks: "tasks.jsonl",
      ...(files?.["tools.ts"] === undefined ? {} : { tools: "tools.ts" }),
      ...(world === undefined ? {} : { world }),
    }),
    "tasks.jsonl": tasks.map((task) => `${JSON.stringify(recordOf(task))}\n`).join(""),
    ...files,
    ...(thirdParty ? { ".gitignore": keepOut } : {}),
  };
  const draft = `${folder}.${process.pid}.part`;
  let made: string | undefined;
  try {
    made = mkdirSync(draft, { recursive: true });
    for (const [name, text] of Object.entries(written)) {
      mkdirSync(dirname(join(draft, name)), { recursive: true });
      writeFileSync(join(draft, name), text);
    }
    await loadDataset(draft);
    renameSync(draft, folder);
  } catch (error) {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    throw error instanceof AlleleError ? error : writeFailed(folder, error);
  }
}

const keepOut =
  "# Data of other people: this keeps it out of version control. Remove the file if its licence lets you share it.\n*\n";

function recordOf({ id, input, checks, tags, family, split, world }: Sample["tasks"][number]): object {
  return { id, input, checks, tags: tags?.length === 0 ? undefined : tags, family, split, world };
}

function writeFailed(folder: string, cause: unknown): AlleleError {
  return new AlleleError({
    code: "write-failed",
    message: `cannot write ${folder}: ${messageOf(cause)}`,
    hint: "Check the folder's permissions and the free space; nothing was left behind.",
    kind: "outside",
    where: { file: folder },
    cause,
  });
}
