import { hash, randomBytes } from "node:crypto";

/** Seeded chance. The same seed and the same calls give the same values on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform whole number in [0, bound). `bound` must be at least 1. */
  int(bound: number): number;
  /** One item, each equally likely. Throws RangeError on an empty list. */
  pick<T>(items: readonly T[]): T;
  /** An index, drawn in proportion to `weights` (each at least 0; all zero: uniform). */
  weighted(weights: readonly number[]): number;
  /** A new list in random order. */
  shuffle<T>(items: readonly T[]): T[];
  /** Standard normal deviate. */
  normal(): number;
  /** An independent stream that depends on the seed and `name` only, never on how many values were drawn before. */
  fork(name: string): Random;
}

/** Makes a stream from a seed. Generator: xoshiro128** (Blackman, Vigna 2018), seeded by SHA-256. */
export function makeRandom(seed: number | string): Random {
  let [a, b, c, d] = [0, 0, 0, 0];

  const nextUint32 = (): number => {
    // Most streams are only forked: they are not seeded before something is drawn. `d` is odd then.
    if (d === 0 && a === 0 && b === 0 && c === 0) seedState();
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  const seedState = (): void => {
    const digest = hash("sha256", `allele/random:${seed}`, "binary");
    [a, b, c, d] = [wordAt(digest, 0), wordAt(digest, 4), wordAt(digest, 8), wordAt(digest, 12) | 1];
  };
  const next = (): number => (nextUint32() * 2 ** 21 + (nextUint32() >>> 11)) / 2 ** 53;
  const int = (bound: number): number => Math.floor(next() * bound);

  return {
    next,
    int,
    pick: (items) => {
      if (items.length === 0) throw new RangeError("pick from an empty list");
      return items[int(items.length)] as (typeof items)[number];
    },
    weighted: (weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      if (weights.length === 0) throw new RangeError("weighted draw from an empty list");
      if (!(total > 0)) return int(weights.length);
      let rest = next() * total;
      const found = weights.findIndex((weight) => (rest -= weight) < 0);
      return found === -1 ? weights.findLastIndex((weight) => weight > 0) : found;
    },
    shuffle: (items) => {
      const result = [...items];
      for (let i = result.length - 1; i > 0; i--) {
        const j = int(i + 1);
        [result[i], result[j]] = [result[j] as (typeof items)[number], result[i] as (typeof items)[number]];
      }
      return result;
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    fork: (name) => makeRandom(`${seed}/${name}`),
  };
}

/** Four bytes of a digest as a number, the lowest first. */
function wordAt(digest: string, at: number): number {
  const byte = (index: number): number => digest.charCodeAt(at + index);
  return byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24);
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** A word that nobody can guess, 192 bits, safe in addresses. The only chance that no seed repeats. */
export function secretToken(): string {
  return randomBytes(24).toString("base64url");
}
