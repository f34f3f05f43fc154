const bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/**
 * Values as a row of bars from their lowest to their highest, at most `most` of them; of more, evenly chosen ones, the first and the last
 * among them. Values that are all the same are bars of middle height.
 */
export function sparkline(values: readonly number[], most = 40): string {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low;
  const level = (value: number): number => (span === 0 ? 3 : Math.round(((value - low) / span) * (bars.length - 1)));
  return thinned(finite, most)
    .map((value) => bars[level(value)])
    .join("");
}

function thinned(values: readonly number[], most: number): readonly number[] {
  if (values.length <= most) return values;
  if (most < 2) return values.slice(-Math.max(0, most));
  return Array.from({ length: most }, (_, i) => values[Math.round((i * (values.length - 1)) / (most - 1))] ?? 0);
}
