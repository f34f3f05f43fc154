import Table from "cli-table3";
import { plainText, sum } from "../base/index.ts";
import { fitText, textWidth, wrapText } from "./text-width.ts";
import { markdownText } from "./markdown.ts";

const plain = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

type Row = readonly (string | number)[];

/** Longest text of a cell, in columns, where a table has to fit a width. */
const mostInCell = 240;
/** No column of text is made narrower than this, nor than its longest word where that has no more columns than the other. */
const narrowest = 8;
const mostOfWord = 12;
const gap = 2;

/**
 * A table without lines. Columns of numbers should be given as `right`; they keep their width. Where the table is wider than `width`
 * columns, its texts wrap; where even that is too wide, every row is shown as a list of its members.
 */
export function textTable(
  head: readonly string[],
  rows: readonly Row[],
  right: readonly number[] = [],
  width = Number.POSITIVE_INFINITY,
): string {
  if (!Number.isFinite(width)) return drawTable(head, rows, right);
  const cells = rows.map((row) => row.map((cell) => fitText(String(cell), mostInCell)));
  const widths = fittingWidths(head, cells, right, width);
  if (widths === undefined) return listOfRows(head, cells, width);
  return drawTable(
    head,
    cells.flatMap((row) => linesOfRow(row.map((cell, index) => wrapText(cell, widths[index] ?? width)))),
    right,
  );
}

function drawTable(head: readonly string[], rows: readonly Row[], right: readonly number[]): string {
  const table = new Table({
    head: [...head],
    chars: plain,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: head.map((_, index) => (right.includes(index) ? "right" : "left")),
  });
  for (const row of rows) table.push(row.map((cell) => plainText(String(cell))));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** A row for each line: far faster to draw than cells of several lines. */
function linesOfRow(cells: readonly (readonly string[])[]): readonly Row[] {
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => cells.map((lines) => lines[line] ?? ""));
}

/** Takes from the widest columns of text until the table fits; undefined when that would make one too narrow to read. */
function fittingWidths(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[],
  width: number,
): readonly number[] | undefined {
  const widths = head.map((title, index) =>
    Math.max(textWidth(title), ...rows.map((row) => textWidth(row[index] ?? ""))),
  );
  const least = head.map((title, index) =>
    right.includes(index) ? (widths[index] ?? 0) : Math.max(narrowest, textWidth(title), wordOf(rows, index)),
  );
  for (let over = sum(widths) + gap * (head.length - 1) - width; over > 0; over--) {
    const free = widths.map((own, index) => own - (least[index] ?? 0));
    const widest = widths.reduce(
      (best, own, index) => ((free[index] ?? 0) > 0 && (best === -1 || own > (widths[best] ?? 0)) ? index : best),
      -1,
    );
    if (widest === -1) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** The longest word of a column that is not to be broken. */
function wordOf(rows: readonly (readonly string[])[], column: number): number {
  const words = rows.flatMap((row) => (row[column] ?? "").split(/\s+/)).map(textWidth);
  return Math.max(0, ...words.filter((width) => width <= mostOfWord));
}

/** Each row as lines of "title  value". */
function listOfRows(head: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  const titles = Math.max(...head.map(textWidth));
  const member = (title: string, value: string): string =>
    wrapText(value, Math.max(narrowest, width - titles - gap))
      .map((line, index) => `${(index === 0 ? title : "").padEnd(titles + gap)}${line}`)
      .join("\n");
  return rows
    .map((row) => head.map((title, index) => member(title, row[index] ?? "").trimEnd()).join("\n"))
    .join("\n\n");
}

/** A Markdown table. In cells, pipes are escaped and markup has no effect. */
export function markdownTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => markdownText(String(cell).replaceAll(/\s+/g, " "))).join(" | ")} |`;
  return [line(head), `| ${head.map(() => "---").join(" | ")} |`, ...rows.map(line)].join("\n");
}
