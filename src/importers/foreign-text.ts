import { readFileSync } from "node:fs";
import { AlleleError, readText } from "../base/index.ts";

/**
 * Reads a text file somebody else wrote: UTF-8 with or without a byte order mark, or UTF-16 with one; the mark is taken off. Throws
 * AlleleError `wrong-encoding` with the line of the first bytes that cannot be read, `file-missing` or `file-unreadable`.
 */
export function readForeignText(file: string): string {
  const bytes = bytesOf(file);
  const marked = markOf(bytes);
  if (marked === "utf-32") throw wrongEncoding(file, "it is UTF-32");
  const text = decode(bytes, marked ?? "utf-8");
  if (text === undefined) {
    const line = marked === undefined ? firstUnreadableLine(bytes) : undefined;
    throw wrongEncoding(
      file,
      marked === undefined ? "these bytes are not UTF-8" : `it breaks off inside a character`,
      line,
    );
  }
  const zero = text.indexOf("\0");
  if (zero === -1) return text;
  const line = text.slice(0, zero).split("\n").length;
  throw wrongEncoding(file, "it has zero characters, like UTF-16 without a byte order mark", line);
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    readText(file);
    throw wrongEncoding(file, "it cannot be read");
  }
}

function markOf(bytes: Uint8Array): "utf-16le" | "utf-16be" | "utf-32" | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? "utf-32" : "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0 && second === 0 && third === 0xfe && fourth === 0xff ? "utf-32" : undefined;
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function firstUnreadableLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    if (decode(bytes.subarray(start, end), "utf-8") === undefined) return line;
    start = end + 1;
  }
  return line;
}

function wrongEncoding(file: string, problem: string, line?: number): AlleleError {
  return new AlleleError({
    code: "wrong-encoding",
    message: `the encoding of ${file} is not one that is read: ${problem}`,
    hint: "Save it as UTF-8, for instance with: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW.",
    where: { file, line },
  });
}
