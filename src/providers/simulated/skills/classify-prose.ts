/** One thing somebody says, and what it is in the message. */
export interface Statement {
  readonly text: string;
  /** Over, denied or beside the point: it does not ask for anything. */
  readonly settled: boolean;
  /** Asks for something. */
  readonly asking: boolean;
  /** Announced as the point of the message, or as an afterthought. */
  readonly announced: "point" | "afterthought" | "no";
}

const pointMark =
  /\b(?:here is why I write|something else|now to my point|however|what I am writing about|but today)\b|^but\b/i;
const afterthoughtMark = /\b(?:by the way|p\.?\s?s\.?|just so you know|one more remark|before you ask|btw)(?!\w)/i;
const settledMark = new RegExp(
  [
    "\\balready\\b|\\bsettled\\b|\\bclosed\\b|\\bsolved\\b|\\bfinished\\b|\\bworks again\\b|\\bis done\\b|\\bcleared up\\b|\\bmended\\b",
    "\\bno complaint|\\bnot about\\b|\\bno need\\b|\\bnothing is\\b|\\bbefore you ask\\b|\\bin the end\\b|\\bby itself\\b|\\bstraight away\\b",
    "\\blong ago\\b|\\blast (?:month|week|year)\\b|\\bin (?:January|the spring|May)\\b|\\bnothing against\\b|\\bmay keep\\b|\\bstands\\b",
    "\\bdecided against\\b|\\bdo not want to (?:return|exchange)|\\bdo not send\\b|\\bno longer need\\b|\\bI know (?:by now|you also)\\b",
    "\\bwas answered\\b|\\b(?:is|are) fine\\b|\\bfine by me\\b|\\bas it should\\b|\\bas shown\\b|\\bhave both arrived\\b|\\bwent (?:well|through)\\b",
    "\\bnever had trouble\\b|\\bI found that out\\b|\\ball I hoped\\b|\\bhas (?:found|answered|stopped)\\b|\\bwas quick\\b|\\bis here\\b",
    "\\bcame a day early\\b|\\bnot hold against\\b|\\bkeeping mine\\b",
    "\\bsigned and\\b|\\bthank(?:s| you)[.,]? (?:that|for that)",
    "\\bworked nicely\\b|\\bcan (?:\\w+ ){1,3}again\\b|\\bnow works?\\b",
  ].join("|"),
  "i",
);
const askingMark =
  /\?|\bplease\b|\b(?:would|'d) like\b|\bI want\b|\b(?:I|we|will) need\b|\bneed\b|\bcould you\b|\bcan you\b|\bhow do I\b|\bwonder\b|\bwould rather\b|\btake it down\b|\bstop\b|\bwithdraw\b|\bdo not agree\b|\bwish\b/i;

/** The statements of a message, in order. */
export function readStatements(message: string): Statement[] {
  let announced: Statement["announced"] = "no";
  return sentencesOf(message).map((text) => {
    if (pointMark.test(text)) announced = "point";
    else if (afterthoughtMark.test(text)) announced = "afterthought";
    return { text, settled: settledMark.test(text), asking: askingMark.test(text), announced };
  });
}

/** Sentences and greetings of a text; an abbreviation of one letter ends none, nor does a point within a number. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?…]["”)]?)(?<!\b\p{L}\.)\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}
