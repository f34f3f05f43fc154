import { hash } from "node:crypto";
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
