import { AlleleError } from "../base/index.ts";
import type { Workbench } from "../workbench/index.ts";
import type { CommandContext } from "./io.ts";

/** All use cases, by name. */
export type Door = typeof import("../workbench/index.ts");

/** Loads the workbench only when a command runs, opens it, and closes it whatever happens. */
export async function withWorkbench(
  context: CommandContext,
  work: (workbench: Workbench, door: Door) => Promise<void> | void,
): Promise<void> {
  const door = await import("../workbench/index.ts");
  const workbench = door.openWorkbench({
    cwd: context.io.cwd,
    environment: context.io.environment,
    log: (level, message) => {
      if (level !== "debug") context.note(message);
    },
  });
  try {
    await work(workbench, door);
  } finally {
    workbench.close();
  }
}

/** Reads a whole number in [least, most] from an option. Throws `bad-option`. */
export function wholeNumber(name: string, least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text.trim()) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw badOption(name, text, `a whole number ${range}`);
  };
}

/** Reads a number above 0 from an option. Throws `bad-option`. */
export function positiveNumber(name: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (value > 0 && Number.isFinite(value)) return value;
    throw badOption(name, text, "a number above 0");
  };
}

/** Reads a number in [least, most] from an option. Throws `bad-option`. */
export function realNumber(name: string, least: number, most = Number.POSITIVE_INFINITY): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isFinite(value) && value >= least && value <= most) return value;
    const range = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
    throw badOption(name, text, `a number ${range}`);
  };
}

/** Reads one of several words. Throws `bad-option`. */
export function oneOf<T extends string>(name: string, words: readonly T[]): (text: string) => T {
  return (text) => {
    const word = words.find((known) => known === text);
    if (word !== undefined) return word;
    throw badOption(name, text, `one of ${words.join(", ")}`);
  };
}

function badOption(name: string, text: string, wanted: string): AlleleError {
  return new AlleleError({ code: "bad-option", message: `${name} "${text}" is not ${wanted}`, hint: "See --help." });
}

/** Gathers the values of an option that may be given several times. */
export function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
