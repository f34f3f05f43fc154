/** A request to judge or read one message, taken apart. */
export type ClassifyReading =
  | { readonly job: "topic" | "urgency" | "language"; readonly labels: readonly string[]; readonly message: string }
  | { readonly job: "fields"; readonly message: string };

const jobs: readonly (readonly [ClassifyReading["job"], RegExp])[] = [
  ["fields", /\bjson\b/i],
  ["language", /\blanguage\b/i],
  ["urgency", /\burgen|\bpriorit/i],
  ["topic", /\bqueues?\b|\blabels?\b|\bclassif|\bcategor|\bteam\b|\btopics?\b/i],
];

/** Reads a request to classify a message or to extract fields from it; undefined when it is neither. */
export function readClassification(request: string): ClassifyReading | undefined {
  const parts = takeApart(request);
  if (parts === undefined) return undefined;
  const job = jobs.find(([, words]) => words.test(parts.instruction))?.[0];
  if (job === undefined) return undefined;
  if (job === "fields")
    return /\border\b|\border_id\b/i.test(parts.instruction) ? { job, message: parts.message } : undefined;
  const labels = readLabels(parts.instruction);
  return labels.length < 2 ? undefined : { job, labels, message: parts.message };
}

/** Marks that set a message off from what is asked about it, the surest first. */
const frames: readonly RegExp[] = [
  /"""\s*([\s\S]+?)\s*"""/,
  /<(\w+)>\s*(?<message>[\s\S]+?)\s*<\/\1>/,
  /^---\s*\n(?<message>[\s\S]+?)\n---\s*$/m,
  /^message:\s*(?<message>[\s\S]+)$/im,
  /^"(?<message>[\s\S]+?)"\s*\n\n/,
];

function takeApart(request: string): { readonly instruction: string; readonly message: string } | undefined {
  for (const frame of frames) {
    const match = frame.exec(request);
    if (match === null) continue;
    const message = match.groups?.["message"] ?? match[1] ?? "";
    return { instruction: request.replace(match[0], " "), message };
  }
  return byParagraph(request);
}

/** Without marks: the paragraph that speaks most of the job is the instruction, the rest is the message. */
function byParagraph(request: string): { readonly instruction: string; readonly message: string } | undefined {
  const paragraphs = request.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== "");
  const scores = paragraphs.map((text) =>
    jobs.some(([, words]) => words.test(text)) ? (text.match(ordering)?.length ?? 0) : 0,
  );
  const at = scores.indexOf(Math.max(...scores));
  if (paragraphs.length < 2 || (scores[at] ?? 0) === 0) return undefined;
  return { instruction: paragraphs[at] ?? "", message: paragraphs.filter((_, index) => index !== at).join("\n\n") };
}

const ordering =
  /\b(?:answer|reply|respond|label|give me|extract|classify|return|one of|only|alone|message|customer|iso|json|priority|queue|code)\b/gi;

/** The labels a request offers: a bulleted list, or the longest run of words parted by commas, bars or "or". */
function readLabels(instruction: string): string[] {
  const bullets = [...instruction.matchAll(/^\s*[-*•]\s*([\w-]+)\b/gm)].map((match) => match[1] ?? "");
  if (bullets.length >= 2) return bullets;
  const defined = [...instruction.matchAll(/\b([\w-]+) (?:=|means) /gi)].map((match) => match[1] ?? "");
  const plain = instruction.replace(/\(([^()]*)\)/g, (aside, inner: string) =>
    words(inner).every((word) => /^[\w-]+$/.test(word)) ? aside : "",
  );
  const runs = [...plain.matchAll(/[\w-]+(?:\s*(?:,\s*(?:or|and)?|\||\bor\b)\s*[\w-]+)+/g)].map((match) => {
    const goesOn = /^\s+[a-z]/.test(plain.slice(match.index + match[0].length));
    const found = words(match[0]);
    return goesOn && !/\bor\s+[\w-]+$/.test(match[0]) ? found.slice(0, -1) : found;
  });
  const longest = runs.toSorted((a, b) => b.length - a.length)[0] ?? [];
  return longest.length >= Math.max(2, defined.length) ? longest : defined.map((name) => name.toLowerCase());
}

function words(run: string): string[] {
  return run.split(/\s*(?:,\s*(?:(?:or|and)\s+)?|\||\s+or\s+)\s*/).filter((word) => word !== "");
}
