export type WordClass =
  | "article"
  | "quantifier"
  | "preposition"
  | "conjunction"
  | "auxiliary"
  | "negation"
  | "pronoun"
  | "adverb"
  | "number"
  | "content";

const classes: Readonly<Record<Exclude<WordClass, "content" | "number">, string>> = {
  article: "the a an your their its my our every",
  quantifier:
    "all any each some several both either one two other another many more most few this these those such same own no",
  preposition:
    "of in on at by for with from to into onto about after before between without within until than as per via over under above below through during against beside among across like whose instead",
  conjunction: "and or but if when while unless whether because so whenever where once although though yet nor",
  auxiliary:
    "is are was were be been being has have had do does did can could may might must should will would shall cannot don't doesn't isn't can't",
  negation: "not never",
  pronoun:
    "it you they them he she him her his we us i me who whom which what that there itself yourself nothing something anything everything nobody somebody how why",
  adverb:
    "only always also first then again still already even just too very here now up out back off away else ever last finally exactly instead together yet once otherwise",
};

const known = new Map<string, WordClass>(
  Object.entries(classes).flatMap(([kind, list]) => list.split(" ").map((word) => [word, kind as WordClass] as const)),
);

export function wordClass(word: string): WordClass {
  return known.get(word) ?? (/^\d/.test(word) ? "number" : "content");
}

const verbs = new Set(
  (
    "use call look ask answer check verify confirm convert add count give get find fetch read open write issue quote cancel refuse decline keep make do " +
    "search list show return calculate compute work round state put end reply respond tell try go take pick choose avoid ensure compare decide act help need " +
    "guess assume stop start finish include leave follow remember note consult query retrieve request provide report explain apply treat prefer pass set send " +
    "see know say let want mean think plan handle track review determine identify select classify label extract copy fill format match judge base think " +
    "improve escalate hand share reveal disclose withhold protect contain hold cost belong fit come stand run wait skip ignore forget lookup establish " +
    "perform multiply divide subtract total sum repeat retry vary rephrase reword broaden name mention order refund process complete describe understand"
  ).split(" "),
);

/** Whether a word can be a verb, whatever its inflection. */
export function isVerb(word: string): boolean {
  return stems(word).some((stem) => verbs.has(stem));
}

function stems(word: string): readonly string[] {
  const found = [word];
  if (word.endsWith("ies")) found.push(`${word.slice(0, -3)}y`);
  if (word.endsWith("es")) found.push(word.slice(0, -2));
  if (word.endsWith("s")) found.push(word.slice(0, -1));
  for (const ending of ["ing", "ed"]) {
    if (!word.endsWith(ending)) continue;
    const stem = word.slice(0, -ending.length);
    found.push(stem, `${stem}e`, stem.slice(0, -1));
  }
  return found;
}
