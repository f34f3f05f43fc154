/** Words in a row that two people would not write by chance. */
const length = 10;

/**
 * Makes a check for text copied from training inputs: it returns the first run of ten words that the new text shares with
 * an input and that the old text did not have, or undefined.
 */
export function copiedTextCheck(inputs: readonly string[]): (before: string, after: string) => string | undefined {
  const known = new Set(inputs.flatMap(runsOfWords));
  if (known.size === 0) return () => undefined;
  return (before, after) => {
    const shared = runsOfWords(after).filter((run) => known.has(run));
    if (shared.length === 0) return undefined;
    const old = new Set(runsOfWords(before));
    return shared.find((run) => !old.has(run));
  };
}

function runsOfWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, Math.max(0, words.length - length + 1)).map((_, i) => words.slice(i, i + length).join(" "));
}
