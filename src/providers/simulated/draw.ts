/**
 * A standard normal deviate that depends on the text alone. Hash: two 32-bit multiplicative lanes (after cyrb53, public
 * domain); quantile: Acklam's rational approximation, relative error below 1.2e-9.
 */
function normalOf(text: string): number {
  return normalQuantile(uniformOf(text));
}

/** Uniform in (0, 1), depending on the text alone. */
export function uniformOf(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (2 ** 21 * (b >>> 0) + ((a >>> 0) >>> 11) + 0.5) / 2 ** 53;
}

/** A short name for a long text, for use inside other hashed texts. */
export function fingerprint(text: string): string {
  return (uniformOf(text) * 2 ** 53).toString(36);
}

const tail = [-7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734] as const;
const tailBelow = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416] as const;
const centre = [-3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2] as const;
const centreBelow = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1] as const;

/** The value below which a standard normal deviate falls with probability `p` in (0, 1). */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial([...tail, 4.374664141464968, 2.938163982698783], q) / polynomial([...tailBelow, 1], q);
  }
  const q = p - 0.5;
  const r = q * q;
  const above = polynomial([...centre, -3.066479806614716e1, 2.506628277459239], r) * q;
  return above / polynomial([...centreBelow, -1.328068155288572e1, 1], r);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

/** Who draws, about what. */
export interface DrawSubject {
  /** The request the agent works on: its difficulty is the same for every prompt. */
  readonly request: string;
  readonly habit: string;
  readonly site: string;
  /** What the model was shown that bears on the habit: instructions, descriptions of tools, examples. */
  readonly bearing: string;
  /** Everything else the model was shown: prompt, tools, examples. */
  readonly prompt: string;
  /** Of the provider. */
  readonly seed: number;
  /** Of the sampling; no part of the draw at temperature 0. */
  readonly sample: string | undefined;
}

/** Shares of the variance of a draw, each in [0, 1]. */
export interface DrawShares {
  /** What is the same for every prompt: the correlation of two prompts on one site. */
  readonly item: number;
  /** The part of `item` that all habits and sites of a request have in common. */
  readonly request: number;
  /** Of what is not shared, the part that stays while nothing changes that bears on the habit. */
  readonly bearing: number;
  /** Of the rest, the part that changes with every sample, at this temperature. */
  readonly sample: number;
}

/**
 * A standard normal deviate for one habit at one site (one-factor Gaussian copula): two prompts with shares `item` have
 * draws of correlation `item`, and `bearing` of the rest on top when they say the same about the habit. Low values are bad luck.
 */
export function draw(subject: DrawSubject, shares: DrawShares): number {
  const { request, habit, site, bearing, prompt, seed, sample } = subject;
  const place = `${seed}\n${request}\n${habit}\n${site}`;
  const kept = (1 - shares.item) * shares.bearing;
  const own = (1 - shares.item) * (1 - shares.bearing);
  const sampled = sample === undefined ? 0 : own * shares.sample;
  return (
    Math.sqrt(shares.item * shares.request) * normalOf(`request\n${seed}\n${request}`) +
    Math.sqrt(shares.item * (1 - shares.request)) * normalOf(`site\n${place}`) +
    Math.sqrt(kept) * normalOf(`bearing\n${place}\n${bearing}`) +
    Math.sqrt(own - sampled) * normalOf(`prompt\n${place}\n${prompt}`) +
    (sampled === 0 ? 0 : Math.sqrt(sampled) * normalOf(`sample\n${place}\n${prompt}\n${sample}`))
  );
}
