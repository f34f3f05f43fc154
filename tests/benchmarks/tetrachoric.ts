/**
 * Tetrachoric correlation of two binary series: the correlation of the bivariate normal whose quadrant above both thresholds
 * holds as much as the series share. Undefined when one of them is constant. Bisection on the correlation; the quadrant by
 * Plackett's identity, integrated with 200 midpoints.
 */
export function tetrachoric(a: readonly boolean[], b: readonly boolean[]): number | undefined {
  const n = a.length;
  const pa = a.filter(Boolean).length / n;
  const pb = b.filter(Boolean).length / n;
  const both = a.filter((value, i) => value && b[i] === true).length / n;
  if (pa === 0 || pb === 0 || pa === 1 || pb === 1) return undefined;
  const [h, k] = [normalQuantile(1 - pa), normalQuantile(1 - pb)];
  let [low, high] = [-0.999, 0.999];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (quadrant(h, k, pa, pb, middle) < both) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(X > h, Y > k) for correlation r. */
function quadrant(h: number, k: number, pa: number, pb: number, r: number): number {
  const steps = 200;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const t = ((i + 0.5) / steps) * r;
    const rest = 1 - t * t;
    sum += Math.exp(-(h * h - 2 * t * h * k + k * k) / (2 * rest)) / (2 * Math.PI * Math.sqrt(rest));
  }
  return pa * pb + (sum * r) / steps;
}

/** By bisection on the distribution function. */
function normalQuantile(p: number): number {
  let [low, high] = [-9, 9];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalDistribution(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Zelen and Severo (Abramowitz, Stegun 26.2.17), absolute error below 7.5e-8. */
function normalDistribution(x: number): number {
  if (x < 0) return 1 - normalDistribution(-x);
  const t = 1 / (1 + 0.2316419 * x);
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}
