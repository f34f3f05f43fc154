import { describe, expect, test } from "vitest";
import { draw, normalQuantile, uniformOf, type DrawShares } from "../../src/providers/simulated/draw.ts";

const shares: DrawShares = { item: 0.67, request: 0.25, bearing: 0.7, sample: 0.6 };
const subject = { habit: "h", seed: 1, site: "", bearing: "says one thing", prompt: "one prompt", sample: undefined };
const requests = Array.from({ length: 20_000 }, (_, i) => `request ${i}`);

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const sum = (x: readonly number[], mx: number, y: readonly number[], my: number): number =>
    x.reduce((total, value, i) => total + (value - mx) * ((y[i] ?? 0) - my), 0);
  return sum(a, ma, b, mb) / Math.sqrt(sum(a, ma, a, ma) * sum(b, mb, b, mb));
}

function series(change: Partial<Parameters<typeof draw>[0]>, given: DrawShares = shares): readonly number[] {
  return requests.map((request) => draw({ ...subject, request, ...change }, given));
}

describe("the luck of a simulated model", () => {
  const first = series({});

  test("is standard normal", () => {
    const mean = first.reduce((sum, value) => sum + value, 0) / first.length;
    const variance = first.reduce((sum, value) => sum + (value - mean) ** 2, 0) / first.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeGreaterThan(0.95);
    expect(variance).toBeLessThan(1.05);
    expect(first.filter((value) => value < -1.2816).length / first.length).toBeCloseTo(0.1, 1);
  });

  test("of two unlike prompts correlates as the parameters say", () => {
    const other = series({ prompt: "another prompt", bearing: "says another thing" });
    expect(Math.abs(correlation(first, other) - 0.67)).toBeLessThan(0.02);
    const loose = { ...shares, item: 0.3 };
    const pair = [series({}, loose), series({ prompt: "another prompt", bearing: "other" }, loose)] as const;
    expect(Math.abs(correlation(...pair) - 0.3)).toBeLessThan(0.03);
  });

  test("stays closer while nothing changes that bears on the habit", () => {
    const other = series({ prompt: "another prompt" });
    expect(Math.abs(correlation(first, other) - (0.67 + 0.33 * 0.7))).toBeLessThan(0.02);
  });

  test("has a part that is common to all habits of a request", () => {
    const other = series({ habit: "another habit" });
    expect(Math.abs(correlation(first, other) - 0.67 * 0.25)).toBeLessThan(0.03);
  });

  test("changes with the sample above temperature 0 only", () => {
    const one = series({ sample: "1" });
    const two = series({ sample: "2" });
    expect(one).not.toEqual(two);
    expect(correlation(one, two)).toBeGreaterThan(0.9);
    expect(series({ sample: undefined })).toEqual(first);
  });

  test("of another model is another", () => {
    expect(Math.abs(correlation(first, series({ seed: 2 })))).toBeLessThan(0.03);
  });
});

test("uniform values fill the unit interval evenly", () => {
  const values = requests.map(uniformOf);
  const buckets = Array.from({ length: 20 }, (_, i) => values.filter((v) => v >= i / 20 && v < (i + 1) / 20).length);
  expect(Math.min(...buckets)).toBeGreaterThan(850);
  expect(Math.max(...buckets)).toBeLessThan(1150);
});

test("the normal quantile agrees with tables", () => {
  expect(normalQuantile(0.5)).toBeCloseTo(0, 9);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 5);
  expect(normalQuantile(0.01)).toBeCloseTo(-2.326348, 5);
  expect(normalQuantile(1e-9)).toBeCloseTo(-5.997807, 4);
});
