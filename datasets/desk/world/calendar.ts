const dayLength = 86_400_000;

/** Days since 1970-01-01 of an ISO date, or undefined when it is not one. */
export function dayOf(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const day = Date.parse(`${date}T00:00:00Z`) / dayLength;
  return Number.isInteger(day) && dateOf(day) === date ? day : undefined;
}

export function dateOf(day: number): string {
  return new Date(day * dayLength).toISOString().slice(0, 10);
}

/** Days from one ISO date to another; negative when the second is earlier. Throws on anything else. */
export function daysBetween(from: string, to: string): number {
  const [first, last] = [from, to].map((date) => {
    const day = dayOf(date);
    if (day === undefined) throw new Error(`"${date}" is not a date of the form 2026-03-14.`);
    return day;
  });
  return (last ?? 0) - (first ?? 0);
}
