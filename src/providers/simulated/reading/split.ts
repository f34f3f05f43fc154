/** A piece of a prompt: one sentence, and where it stands. */
export interface Piece {
  readonly text: string;
  /** Middle of the sentence as a share of the whole text, in [0, 1]. */
  readonly place: number;
  /** Stands under a label that turns its meaning round, such as "When not to use it:". */
  readonly negated: boolean;
}

const heading = /^\s*(#{1,6}\s|[-=*_]{3,}\s*$)/;
const bullet = /^\s*(?:[-*•]|\(?\d{1,3}[.)])\s+/;
const label = /^(when not to use it|do not use it(?: when)?|not for|when to use it|use it(?: when)?|examples?)\s*:\s*/i;

/** The sentences of a text, in order. Headings, bullets and numbers of lists are left out; lines of a paragraph are joined. */
export function sentencesOf(text: string): readonly Piece[] {
  const length = Math.max(1, text.length);
  return blocksOf(text).flatMap(({ body, start }) => {
    const mark = label.exec(body);
    const negated = mark !== null && /not/i.test(mark[1] ?? "");
    const rest = mark === null ? body : body.slice(mark[0].length);
    return cutIntoSentences(rest).map((sentence) => ({
      text: sentence,
      place: Math.min(1, (start + body.indexOf(sentence) + sentence.length / 2) / length),
      negated,
    }));
  });
}

interface Block {
  readonly body: string;
  readonly start: number;
}

/** Paragraphs and list items, each on one line. */
function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let open = false;
  let offset = 0;
  for (const line of text.split("\n")) {
    const start = offset;
    offset += line.length + 1;
    if (line.trim() === "" || heading.test(line)) {
      open = false;
      continue;
    }
    const body = line.replace(bullet, "").trim();
    const previous = blocks.at(-1);
    const fresh = bullet.test(line) || label.test(body);
    if (open && !fresh && previous !== undefined)
      blocks[blocks.length - 1] = { ...previous, body: `${previous.body} ${body}` };
    else blocks.push({ body, start });
    open = true;
  }
  return blocks;
}

function cutIntoSentences(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?]["'”)]?)(?<!\b(?:e\.g|i\.e|etc|vs|no|approx)\.)\s+(?=["'“(]?[A-Z0-9])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}
