import { closeSync, openSync, readSync, statSync } from "node:fs";
import { AlleleError, messageOf } from "../../base/index.ts";

/** What the head of a model file says. */
export interface ModelFile {
  readonly bytes: number;
  readonly architecture: string;
  readonly licence: string | undefined;
  readonly name: string | undefined;
  /** Tokens it was trained to see at once. */
  readonly context: number | undefined;
}

/** Enough for the facts that stand before the vocabulary. */
const headBytes = 256 * 1024;

/** Reads the head of a GGUF file (version 2 or 3), which ends where the vocabulary begins. Throws AlleleError `file-missing` or `model-file-corrupt`. */
export function readModelFile(file: string): ModelFile {
  const { bytes, head } = readHead(file);
  if (head.length < 24 || head.toString("latin1", 0, 4) !== "GGUF")
    throw corrupt(file, "it does not begin as a GGUF file does");
  const version = head.readUInt32LE(4);
  if (version !== 2 && version !== 3) throw corrupt(file, `its GGUF version is ${version}, not 2 or 3`);
  const facts = readFacts(head);
  const architecture = facts.get("general.architecture");
  if (typeof architecture !== "string") throw corrupt(file, "it names no architecture");
  const text = (key: string): string | undefined => {
    const value = facts.get(key);
    return typeof value === "string" ? value : undefined;
  };
  const context = facts.get(`${architecture}.context_length`);
  return {
    bytes,
    architecture,
    licence: text("general.license"),
    name: text("general.name"),
    context: typeof context === "number" ? context : undefined,
  };
}

export function corrupt(file: string, why: string, cause?: unknown): AlleleError {
  return new AlleleError({
    code: "model-file-corrupt",
    message: `${file} is no usable model file: ${why}`,
    hint: "Fetch it again with: allele models pull NAME --force",
    where: { file },
    cause,
  });
}

function readHead(file: string): { readonly bytes: number; readonly head: Buffer } {
  try {
    const bytes = statSync(file).size;
    const head = Buffer.alloc(Math.min(bytes, headBytes));
    const descriptor = openSync(file, "r");
    try {
      readSync(descriptor, head, 0, head.length, 0);
    } finally {
      closeSync(descriptor);
    }
    return { bytes, head };
  } catch (error) {
    throw new AlleleError({
      code: "file-missing",
      message: `no readable model file: ${messageOf(error)}`,
      hint: "See what is there with: allele models list; fetch one with: allele models pull NAME",
      where: { file },
      cause: error,
    });
  }
}

/** Bytes of the numbers of the format, by their type's number. */
const widths: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const [stringType, arrayType, uint32Type] = [8, 9, 4];

/** Strings and counts by key, up to the first thing that does not fit into the head. */
function readFacts(head: Buffer): ReadonlyMap<string, string | number> {
  const facts = new Map<string, string | number>();
  let at = 24;
  const text = (): string => {
    const length = Number(head.readBigUInt64LE(at));
    const read = head.toString("utf8", at + 8, at + 8 + length);
    at += 8 + length;
    return read;
  };
  const count = Number(head.readBigUInt64LE(16));
  try {
    for (let i = 0; i < count; i++) {
      const key = text();
      const type = head.readUInt32LE(at);
      at += 4;
      if (type === stringType) facts.set(key, text());
      else if (type === arrayType) {
        const items = head.readUInt32LE(at);
        const length = Number(head.readBigUInt64LE(at + 4));
        at += 12;
        if (items === stringType) for (let j = 0; j < length; j++) text();
        else at += length * (widths[items] ?? 0);
      } else {
        if (type === uint32Type) facts.set(key, head.readUInt32LE(at));
        at += widths[type] ?? 0;
      }
    }
  } catch {
    // The vocabulary is longer than the head; what matters stands before it.
  }
  return facts;
}
