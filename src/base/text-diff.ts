/** One stretch of a comparison: text both have, text only the old has, text only the new has. */
export interface DiffPart {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** Line-by-line difference by longest common subsequence; see `mostCells` for texts of any length. Joining `same` and `added` gives the new text. */
export function diffLines(before: string, after: string): DiffPart[] {
  return diffSequence(before.split("\n"), after.split("\n")).map((part) => ({ ...part, text: part.text.join("\n") }));
}

/** Word-by-word difference; whitespace belongs to the word before it. Texts too long for that are compared line by line. */
export function diffWords(before: string, after: string): DiffPart[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  const parts = isTooLong(differing(old, now)) ? diffSequence(linesOf(before), linesOf(after)) : diffSequence(old, now);
  return parts.map((part) => ({ ...part, text: part.text.join("") }));
}

/** The same of two lists of items. */
export function diffItems(before: readonly string[], after: readonly string[]): readonly ItemsPart[] {
  return diffSequence(before, after).map(({ kind, text }) => ({ kind, items: text }));
}

/** As `DiffPart`, of items. */
export interface ItemsPart {
  readonly kind: DiffPart["kind"];
  readonly items: readonly string[];
}

function wordsOf(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? [];
}

/** Lines with their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

/**
 * Time and memory of the longest common subsequence grow with the product of both lengths: 4 million cells are 16 MB and some hundredths of a
 * second. What is longer between the first and the last difference is shown as taken out and put in whole.
 */
const mostCells = 4_000_000;

interface Differing {
  /** How many items both begin with, and how many of the rest both end with. */
  readonly head: number;
  readonly tail: number;
  readonly a: readonly string[];
  readonly b: readonly string[];
}

function differing(a: readonly string[], b: readonly string[]): Differing {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return { head, tail, a: a.slice(head, a.length - tail), b: b.slice(head, b.length - tail) };
}

function isTooLong({ a, b }: Differing): boolean {
  return (a.length + 1) * (b.length + 1) > mostCells;
}

type Parts = { kind: DiffPart["kind"]; text: string[] }[];

function diffSequence(a: readonly string[], b: readonly string[]): Parts {
  const middle = differing(a, b);
  const parts: Parts = [];
  const push = (kind: DiffPart["kind"], items: readonly string[]): void => {
    if (items.length === 0) return;
    const last = parts.at(-1);
    // Not spread into one call: there may be more items than a call takes arguments.
    if (last?.kind === kind) for (const item of items) last.text.push(item);
    else parts.push({ kind, text: [...items] });
  };
  push("same", a.slice(0, middle.head));
  if (isTooLong(middle)) {
    push("removed", middle.a);
    push("added", middle.b);
  } else walkCommon(middle, push);
  push("same", a.slice(a.length - middle.tail));
  return parts;
}

function walkCommon({ a, b }: Differing, push: (kind: DiffPart["kind"], items: readonly string[]) => void): void {
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
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push("same", [a[i++] as string]);
      j++;
    } else if (
      i < a.length &&
      (j >= b.length || (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      push("removed", [a[i++] as string]);
    } else push("added", [b[j++] as string]);
  }
}
