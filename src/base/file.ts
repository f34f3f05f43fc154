import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { AlleleError, messageOf } from "./error.ts";

/** Reads a text file. Throws AlleleError `file-missing` or `file-unreadable`. */
export function readText(file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const encoding = error instanceof TypeError;
    throw new AlleleError({
      code: missing ? "file-missing" : "file-unreadable",
      message: missing ? `no such file: ${file}` : encoding ? `not UTF-8 text: ${file}` : messageOf(error),
      hint: missing ? "Check the path." : encoding ? "Save the file as UTF-8." : "Check the file's permissions.",
      where: { file },
      cause: error,
    });
  }
}

/**
 * Replaces a file as a whole: a reader sees the old text or the new, never a part. Makes missing folders. What is not `durable` may be lost
 * in a power cut, and costs no wait for the disk.
 */
export function writeTextAtomic(file: string, text: string, { durable = true } = {}): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    const descriptor = openSync(temporary, "w");
    try {
      writeSync(descriptor, text);
      if (durable) fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new AlleleError({
      code: "write-failed",
      message: `cannot write ${file}: ${messageOf(error)}`,
      hint: "Check the folder's permissions and the free space; the old file is untouched.",
      kind: "outside",
      where: { file },
      cause: error,
    });
  }
}
