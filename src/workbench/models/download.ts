import { createWriteStream, existsSync, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AlleleError, messageOf } from "../../base/index.ts";

export interface DownloadOptions {
  readonly url: string;
  /** Grows by every attempt; what a cut one left is gone on from. */
  readonly part: string;
  readonly signal?: AbortSignal | undefined;
  /** Called with bytes there and in all, as far as the server says. */
  readonly onProgress?: ((done: number, total: number | undefined) => void) | undefined;
}

/** What the server said of the whole file. */
export interface Downloaded {
  /** SHA-256 in hexadecimal, where the server tells it, as the hub of Hugging Face does (`x-linked-etag`). */
  readonly sha256: string | undefined;
}

/**
 * Fetches a file into `part`, from where an earlier attempt was cut where the server allows it. Rejects with AlleleError `download-failed`,
 * `download-cut`, `disk-full` or, when `signal` aborts, `interrupted`; what came so far stays.
 */
export async function download({ url, part, signal, onProgress }: DownloadOptions): Promise<Downloaded> {
  const begun = existsSync(part) ? statSync(part).size : 0;
  const response = await fetch(url, {
    headers: begun > 0 ? { range: `bytes=${begun}-` } : {},
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    throw signal?.aborted === true ? interrupted(error) : failed(url, messageOf(error), error);
  });
  const sha256 = /^"?([0-9a-f]{64})"?$/i.exec(response.headers.get("x-linked-etag") ?? "")?.[1]?.toLowerCase();
  // There is nothing after the end: it is whole.
  if (response.status === 416 && begun > 0) return { sha256 };
  if (!response.ok || response.body === null) throw failed(url, `the server answered ${response.status}`);
  const resumed = response.status === 206;
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  try {
    if (Number.isFinite(length)) requireRoom(dirname(part), length);
  } catch (error) {
    await response.body.cancel();
    throw error;
  }
  const total = Number.isFinite(length) ? length + (resumed ? begun : 0) : undefined;
  let done = resumed ? begun : 0;
  const body = Readable.fromWeb(response.body as never);
  body.on("data", (piece: Buffer) => {
    done += piece.length;
    onProgress?.(done, total);
  });
  try {
    await pipeline(body, createWriteStream(part, { flags: resumed ? "a" : "w" }));
  } catch (error) {
    if (signal?.aborted === true) throw interrupted(error);
    const { code } = error as NodeJS.ErrnoException;
    throw code === "ENOSPC" || code === "EDQUOT" ? diskFull(part, error) : cut(url, done, error);
  }
  if (total !== undefined && done < total) throw cut(url, done);
  return { sha256 };
}

/** Throws `disk-full` where a folder's disk has no room for so many bytes. */
export function requireRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < bytes) throw diskFull(folder);
}

function diskFull(file: string, cause?: unknown): AlleleError {
  return new AlleleError({
    code: "disk-full",
    message: `there is no room on the disk for ${file}`,
    hint: "Free some space and pull again: it goes on where it stopped.",
    kind: "outside",
    where: { file },
    cause,
  });
}

function failed(url: string, why: string, cause?: unknown): AlleleError {
  return new AlleleError({
    code: "download-failed",
    message: `cannot fetch ${url}: ${why}`,
    hint: "Check the address and the network; a file that you have is taken with: allele models pull NAME --from FILE",
    kind: "outside",
    cause,
  });
}

function cut(url: string, done: number, cause?: unknown): AlleleError {
  return new AlleleError({
    code: "download-cut",
    message: `the download of ${url} was cut after ${done} bytes`,
    hint: "Pull again: it goes on where it stopped.",
    kind: "outside",
    cause,
  });
}

function interrupted(cause: unknown): AlleleError {
  return new AlleleError({
    code: "interrupted",
    message: "the download was interrupted",
    hint: "Pull again: it goes on where it stopped.",
    kind: "interrupted",
    cause,
  });
}
