/** Kinds of words that tell grammar apart; `pause` is a mark between words, `edge` the beginning or end of a sentence. */
export const wordClasses = [
  "edge",
  "pause",
  "article",
  "quantifier",
  "of",
  "to",
  "preposition",
  "joiner",
  "opener",
  "auxiliary",
  "modal",
  "negation",
  "pronoun",
  "adverb",
  "number",
  "verb",
  "participle",
  "content",
] as const;

export type WordClass = (typeof wordClasses)[number];

const closed: Readonly<Partial<Record<WordClass, string>>> = {
  article: "the a an your their its my our his every",
  quantifier:
    "all any each some several both either one two three another other many more most few this these those such same own no only",
  of: "of",
  to: "to",
  preposition:
    "in on at by for with from into onto about after before between without within until per via over under above below through during against beside among across like than as instead since up out off back",
  joiner: "and or nor but",
  opener:
    "if when while unless whether because so whenever where once although though yet whatever what which who whom whose that how why",
  auxiliary: "is are was were be been being has have had isn't aren't am",
  modal: "can could may might must should will would shall cannot can't do does did don't doesn't didn't won't",
  negation: "not never",
  pronoun:
    "it you they them he she him her we us i me there itself yourself nothing something anything everything nobody somebody someone anyone",
  adverb:
    "always also first then again still already even just too very here now away else ever last finally exactly together otherwise directly directly well",
};

const known = new Map<string, WordClass>(
  Object.entries(closed).flatMap(([kind, list]) => list.split(" ").map((word) => [word, kind as WordClass] as const)),
);

export function wordClass(word: string): WordClass {
  const kind = known.get(word);
  if (kind !== undefined) return kind;
  if (/^\d/.test(word)) return "number";
  if (!isVerb(word)) return "content";
  return /(?:ed|ing|en)$/.test(word) ? "participle" : "verb";
}

/** Whether a class has words of meaning, such as nouns and verbs, rather than the small words between them. */
export function isOpenClass(kind: WordClass): boolean {
  return kind === "content" || kind === "verb" || kind === "participle" || kind === "number";
}

const verbs = new Set(
  (
    "use call look ask answer check verify confirm convert add count give get find fetch read open write issue quote cancel refuse decline keep make " +
    "search list show return calculate compute work round state put end reply respond tell try go take pick choose avoid ensure compare decide act help need " +
    "guess assume stop start finish include leave follow remember note consult query retrieve request provide report explain apply treat prefer pass set send " +
    "see know say let want mean think plan handle track review determine identify select classify label extract copy fill format match judge base " +
    "improve escalate hand share reveal disclose withhold protect contain hold cost belong fit come stand run wait skip ignore forget lookup establish " +
    "perform multiply divide subtract total sum repeat retry vary rephrase reword broaden name mention order refund process complete describe understand " +
    "pay place ship deliver buy like happen seem become begin bring change clear concern cover deal depend estimate exist expect fail forward given taken " +
    "grant inform join learn meet move offer owe promise prove reach receive recommend reject require solve spell talk thank turn wish write written known shown found done told sent paid made"
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
