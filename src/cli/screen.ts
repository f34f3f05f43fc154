import stringWidth from "string-width";
import type { Io } from "./io.ts";

/** A block of lines at the bottom of a terminal that is drawn over, and text that stays above it. */
export interface Screen {
  /** Columns that a line may have. The last one stays free: a line that ends there makes some terminals begin another one. */
  width(): number;
  /** Draws the block anew; nothing is written where nothing changed. */
  draw(lines: readonly string[]): void;
  /** Writes text, whole lines, above the block. */
  readonly above: (text: string) => void;
  /** Takes the block away. */
  clear(): void;
}

/**
 * Lines are cut to the height of the terminal; they must not be wider than it. The cursor is never hidden, so that a program that ends
 * at once leaves the terminal as it should be.
 */
export function makeScreen(terminal: Io["stderr"]): Screen {
  let shown: readonly string[] = [];
  // Asked for each time: the stream's own idea of its size is old until the event of the change was heard.
  const size = (): readonly [columns: number, rows: number] => terminal.getWindowSize?.() ?? [80, 24];
  const erase = (): string => {
    const rows = shown.reduce((sum, line) => sum + rowsOf(line, size()[0]), 0);
    return shown.length === 0 ? "" : `\r${rows > 1 ? `\u001B[${rows - 1}A` : ""}\u001B[J`;
  };
  return {
    width: () => Math.max(narrowest, size()[0] - 1),
    draw: (lines) => {
      const next = lines.slice(0, Math.max(1, size()[1] - 1));
      if (next.length === shown.length && next.every((line, index) => line === shown[index])) return;
      terminal.write(`${erase()}${next.join("\n")}`);
      shown = next;
    },
    above: (text) => {
      terminal.write(`${erase()}${text}${shown.join("\n")}`);
    },
    clear: () => {
      if (shown.length > 0) terminal.write(erase());
      shown = [];
    },
  };
}

const narrowest = 40;

/** A terminal that was made narrower has broken the lines that stand on it. */
function rowsOf(line: string, columns: number): number {
  return Math.max(1, Math.ceil(stringWidth(line) / columns));
}
