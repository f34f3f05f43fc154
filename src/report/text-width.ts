import stringWidth from "string-width";
import { plainText } from "../base/index.ts";

/** Columns a text takes on a terminal: wide characters take two, marks and escape sequences none. */
export function textWidth(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text);
}

/** One line of plain text of at most `width` columns; what is cut off leaves an ellipsis. */
export function fitText(text: string, width: number): string {
  // Nothing fits more characters than a few per column; the rest of a huge text is not looked at.
  const line = plainText(text.slice(0, 20 * Math.max(1, Math.min(width, 10_000)))).replaceAll(/\s+/g, " ");
  if (line.length === text.length && textWidth(line) <= width) return line;
  const whole = line.length < text.length && text.length > 20 * width ? `${line}…` : line;
  if (textWidth(whole) <= width) return whole;
  let kept = "";
  let used = 0;
  for (const part of graphemesOf(whole)) {
    used += textWidth(part);
    if (used > width - 1) break;
    kept += part;
  }
  return width < 1 ? "" : `${kept.trimEnd()}…`;
}

/** As `fitText`, cut between words where that keeps more than half of the line. */
export function fitWords(text: string, width: number): string {
  const line = fitText(text, width);
  const end = line.endsWith("…") ? line.lastIndexOf(" ") : -1;
  return end * 2 > line.length ? `${line.slice(0, end)}…` : line;
}

/**
 * Lines of at most `width` columns, broken between words, and inside a word only where it is longer than a line: after one of the marks that join
 * the parts of names, or anywhere where there is none.
 */
export function wrapText(text: string, width: number): readonly string[] {
  if (!Number.isFinite(width)) return text.split("\n");
  return text.split("\n").flatMap((line) => wrapLine(line, Math.max(1, width)));
}

function wrapLine(line: string, width: number): readonly string[] {
  if (textWidth(line) <= width) return [line];
  const lines: string[] = [];
  let current = "";
  let used = 0;
  const take = (part: string): void => {
    if (current !== "" && used + textWidth(part) > width) {
      lines.push(current.trimEnd());
      current = "";
      used = 0;
    }
    const added = current === "" ? part.trimStart() : part;
    current += added;
    used += textWidth(added);
  };
  for (const word of line.match(/\s*\S+/g) ?? []) {
    if (textWidth(word.trimStart()) <= width) take(word);
    else for (const part of partsOf(word, width)) take(part);
  }
  return [...lines, current];
}

/** Parts of a word that is longer than a line, each no longer than one. */
function partsOf(word: string, width: number): readonly string[] {
  const parts = word.match(/\s*[^\s_./:,;=-]*[_./:,;=-]+|\s*[^\s_./:,;=-]+/g) ?? [];
  return parts.flatMap((part) => (textWidth(part.trimStart()) <= width ? [part] : graphemesOf(part)));
}

function graphemesOf(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

const segmenter = new Intl.Segmenter();
