import { plainText } from "../base/index.ts";
import type { CommandContext } from "./io.ts";

export interface ProgressView {
  /** Shows the newest state; drawn at most ten times a second on a terminal, every few seconds otherwise. */
  readonly update: (line: string) => void;
  /** Writes a line that stays, above the live one. */
  readonly note: (line: string) => void;
  /** Removes the live line and ends. May be called twice. */
  readonly done: () => void;
}

/** A live line on a terminal's stderr, plain lines now and then elsewhere. */
export function startProgress(context: CommandContext): ProgressView {
  const { stderr, environment } = context.io;
  const live = stderr.isTTY === true && environment["TERM"] !== "dumb";
  let latest: string | undefined;
  let shown = "";
  const draw = (): void => {
    if (latest === undefined || latest === shown) return;
    shown = latest;
    if (live) stderr.write(`\r\u001B[2K${latest.slice(0, (stderr.columns ?? 80) - 1)}`);
    else stderr.write(`${latest}\n`);
  };
  const clear = (): void => {
    if (live && shown !== "") stderr.write("\r\u001B[2K");
    shown = "";
    latest = undefined;
  };
  const timer = setInterval(draw, live ? 100 : 5000);
  timer.unref();
  return {
    update: (line) => {
      latest = plainText(line).replaceAll("\n", " ");
    },
    note: (line) => {
      clear();
      context.note(line);
    },
    done: () => {
      clearInterval(timer);
      clear();
    },
  };
}
