/** A stretch of a sentence with one sense: demanded or denied. */
export interface Clause {
  /** Offset of its first character in the sentence. */
  readonly start: number;
  /** +1: said to be or to be done; -1: denied. */
  readonly polarity: 1 | -1;
  /** The polarity of the main clause that it belongs to: of "do not use it when the id is known" the condition is governed by -1. */
  readonly governed: 1 | -1;
}

/** Words after which the sense of what follows is turned round; the ones in `absolute` deny whatever stood before. */
const denials =
  /\b(?:(?<absolute>never|not|don't|doesn't|mustn't|shouldn't|can't|cannot|won't|needn't|no(?! (?:matter|longer))|nor|neither)|(?<turning>without|instead of|rather than|skip\w*|ignor\w*|forget\w*|forgot|avoid\w*|omit\w*|refrain\w*|bypass\w*|neglect\w*|fail to|unnecessary|needless|refuse to|leave out|dispense with))\b/g;
const openers =
  /\b(?:before|until|unless|after|when|whenever|while|if|once|as soon as|because|since|although|even if|in case|where|for (?:a|an|every|each|any)\b)\b/g;
const breaks =
  /[;:()–—]|\.(?=\s)|,(?! (?:and|or|nor)\b)|, (?=and then)|\bbut\b|\bhowever\b|\bthen\b|\binstead(?! of)\b/g;

interface Mark {
  readonly at: number;
  readonly end: number;
  readonly kind: "absolute" | "turning" | "opener" | "break";
}

export function clausesOf(text: string): readonly Clause[] {
  const marks = [
    ...[...text.matchAll(denials)].map((match) => ({
      at: match.index,
      end: match.index + match[0].length,
      kind: match.groups?.["absolute"] === undefined ? ("turning" as const) : ("absolute" as const),
    })),
    ...[...text.matchAll(openers)].map(({ index, 0: word }) => ({
      at: index,
      end: index,
      kind: "opener" as const,
      word,
    })),
    ...[...text.matchAll(breaks)].map(({ index, 0: word }) => ({
      at: index,
      end: index + word.length,
      kind: "break" as const,
    })),
  ].toSorted((a, b) => a.at - b.at);
  return govern(follow(marks.filter((mark) => !text.startsWith("not only", mark.at))));
}

interface Stretch {
  readonly start: number;
  readonly polarity: 1 | -1;
  /** Counts the clauses; a denial does not begin a new one. */
  readonly clause: number;
  readonly conditional: boolean;
}

function follow(marks: readonly Mark[]): readonly Stretch[] {
  const stretches: Stretch[] = [{ start: 0, polarity: 1, clause: 0, conditional: false }];
  for (const { end, kind } of marks) {
    const last = stretches.at(-1) ?? { start: 0, polarity: 1, clause: 0, conditional: false };
    if (kind === "absolute") stretches.push({ ...last, start: end, polarity: -1 });
    if (kind === "turning") stretches.push({ ...last, start: end, polarity: last.polarity === 1 ? -1 : 1 });
    if (kind === "opener") stretches.push({ start: end, polarity: 1, clause: last.clause + 1, conditional: true });
    if (kind === "break") stretches.push({ start: end, polarity: 1, clause: last.clause + 1, conditional: false });
  }
  return stretches;
}

function govern(stretches: readonly Stretch[]): readonly Clause[] {
  const sense = new Map<number, 1 | -1>();
  for (const { clause, polarity, conditional } of stretches)
    if (!conditional) sense.set(clause, sense.get(clause) === -1 ? -1 : polarity);
  const main = [...sense.keys()];
  return stretches.map(({ start, polarity, clause, conditional }) => {
    const governor = main.findLast((other) => other < clause) ?? main.find((other) => other > clause);
    const empty = main.length > 1 && governor === 0 && stretches[1]?.start === 0;
    const from = empty ? main.find((other) => other > clause) : governor;
    return { start, polarity, governed: conditional ? (sense.get(from ?? -1) ?? 1) : polarity };
  });
}

/** The clause that the character at an offset belongs to. */
export function clauseAt(clauses: readonly Clause[], offset: number): Clause {
  return clauses.findLast(({ start }) => start <= offset) ?? { start: 0, polarity: 1, governed: 1 };
}
