import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { AlleleError, writeTextAtomic } from "../base/index.ts";
import { CONFIG_FILE } from "./config.ts";
import { starterFiles } from "./starter.ts";

/** Writes a starter project. Existing files are never touched. Returns what was done and what to type next, a line each. */
export function initialize(cwd: string, folder: string): readonly string[] {
  const root = resolve(cwd, folder);
  if (existsSync(join(root, CONFIG_FILE))) {
    throw new AlleleError({
      code: "already-initialized",
      message: `${join(folder, CONFIG_FILE)} is already there`,
      hint: "Choose another folder, or edit the file.",
      where: { file: join(root, CONFIG_FILE) },
    });
  }
  const lines = starterFiles().map(([name, text]) => {
    const file = join(root, name);
    if (existsSync(file)) return `kept  ${join(folder, name)}`;
    writeTextAtomic(file, text);
    return `wrote ${join(folder, name)}`;
  });
  return [
    ...lines,
    "",
    "Next:",
    ...(folder === "." ? [] : [`  cd ${folder}`]),
    "  allele doctor",
    "  allele evaluate -g starter -d starter",
    "  allele evolve -g starter -d starter --rollouts 400",
  ];
}
