import type { Look, Paint } from "../report/index.ts";
import type { CommandContext } from "./io.ts";
import { makeScreen } from "./screen.ts";

export interface ProgressView {
  /** Shows what goes on: as a block that is drawn over on a terminal, as a line every few seconds elsewhere. */
  readonly show: (look: Look) => void;
  /** Removes the block and ends. May be called twice. */
  readonly done: () => void;
}

/** Between two pictures, in milliseconds. */
const onTerminal = 100;
const elsewhere = 5000;

/** Progress on stderr. What is noted meanwhile stands above it and stays. */
export function startProgress(context: CommandContext): ProgressView {
  const { stderr, environment } = context.io;
  return stderr.isTTY === true && environment["TERM"] !== "dumb" ? onScreen(context) : inLines(context);
}

function onScreen(context: CommandContext): ProgressView {
  const { stderr, environment } = context.io;
  const screen = makeScreen(stderr);
  const paint = environment["NO_COLOR"] ? undefined : colours;
  let look: Look | undefined;
  const draw = (): void => {
    if (look !== undefined) screen.draw(look.lines(screen.width(), paint));
  };
  const timer = setInterval(draw, onTerminal);
  timer.unref();
  stderr.on("resize", draw);
  context.writeNotes(screen.above);
  return {
    show: (next) => {
      look = next;
      draw();
    },
    done: () => {
      clearInterval(timer);
      stderr.off("resize", draw);
      look = undefined;
      screen.clear();
      context.writeNotes(undefined);
    },
  };
}

function inLines(context: CommandContext): ProgressView {
  let look: Look | undefined;
  let latest = "";
  const timer = setInterval(() => {
    const line = look?.line() ?? "";
    if (line !== latest) context.note(line);
    latest = line;
  }, elsewhere);
  timer.unref();
  return {
    show: (next) => {
      look = next;
    },
    done: () => clearInterval(timer),
  };
}

const codes = { strong: [1, 22], faint: [2, 22] } as const;

const colours: Paint = (style, text) => {
  const [on, off] = codes[style];
  return `\u001B[${on}m${text}\u001B[${off}m`;
};
