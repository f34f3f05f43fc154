/** One stretch of a comparison: text both have, text only the old has, text only the new has. */
export interface DiffPart {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** Line-by-line difference by longest common subsequence. Joining `same` and `added` gives the new text. */
export function diffLines(before: string, after: string): DiffPart[] {
  return diffSequence(before.split("\n"), after.split("\n")).map((part) => ({ ...part, text: part.text.join("\n") }));
}

/** Word-by-word difference; whitespace belongs to the word before it. */
export function diffWords(before: string, after: string): DiffPart[] {
  const words = (text: string): string[] => text.match(/\S+\s*|\s+/g) ?? [];
  return diffSequence(words(before), words(after)).map((part) => ({ ...part, text: part.text.join("") }));
}

function diffSequence(a: readonly string[], b: readonly string[]): { kind: DiffPart["kind"]; text: string[] }[] {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const parts: { kind: DiffPart["kind"]; text: string[] }[] = [];
  const push = (kind: DiffPart["kind"], item: string): void => {
    const last = parts.at(-1);
    if (last?.kind === kind) last.text.push(item);
    else parts.push({ kind, text: [item] });
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push("same", a[i++] as string);
      j++;
    } else if (
      i < a.length &&
      (j >= b.length || (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      push("removed", a[i++] as string);
    } else push("added", b[j++] as string);
  }
  return parts;
}
