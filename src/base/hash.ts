import { createHash, hash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { canonicalJson } from "./json.ts";

/** Content hash, tagged with its algorithm: `s256:` and the first 32 hexadecimal digits (128 bits) of SHA-256. */
export type ContentHash = `s256:${string}`;

/** Hash of any JSON-like value over its canonical form: equal data, equal hash. */
export function contentHash(value: unknown): ContentHash {
  return textHash(canonicalJson(value));
}

/** Hash of a text as it stands. */
export function textHash(text: string): ContentHash {
  return `s256:${hash("sha256", text).slice(0, 32)}`;
}

/** SHA-256 of a file in hexadecimal, read piece by piece. */
export function fileSha256(file: string): string {
  const sum = createHash("sha256");
  const piece = Buffer.alloc(1 << 20);
  const descriptor = openSync(file, "r");
  try {
    for (let read = readSync(descriptor, piece); read > 0; read = readSync(descriptor, piece))
      sum.update(piece.subarray(0, read));
  } finally {
    closeSync(descriptor);
  }
  return sum.digest("hex");
}

/** The digest by which a content security policy names a script or a style: `sha256-` and base64. */
export function contentDigest(text: string): string {
  return `sha256-${hash("sha256", text, "base64")}`;
}
