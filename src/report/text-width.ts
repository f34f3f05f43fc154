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

/** Lines of at most `width` columns, broken between words, and inside a word only where it is longer than a line. */
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
    else for (const part of graphemesOf(word)) take(part);
  }
  return [...lines, current];
}

function graphemesOf(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

const segmenter = new Intl.Segmenter();
