import { PassThrough } from "node:stream";
import type { Command } from "commander";
import { buildProgram, makeContext } from "../src/cli/index.ts";

/** docs/commands.md, written from the program's own help texts. A test holds the file equal to this. */
export function renderCommandReference(): string {
  const stream = new PassThrough();
  const io = {
    stdin: stream,
    stdout: stream,
    stderr: stream,
    environment: {},
    cwd: ".",
    signal: new AbortController().signal,
  };
  const program = buildProgram(makeContext(io, () => {}));
  program.configureHelp({ helpWidth: 110 });
  const sections = leaves(program, ["allele"]).map(
    ({ path, command }) => `## ${path.join(" ")}\n\n\`\`\`text\n${command.helpInformation().trimEnd()}\n\`\`\``,
  );
  return `# Commands\n\nWritten by \`npm run docs\` from the program's help; do not edit.\n\n${sections.join("\n\n")}\n`;
}

function leaves(command: Command, path: readonly string[]): { path: readonly string[]; command: Command }[] {
  if (command.commands.length === 0) return [{ path, command }];
  return command.commands.flatMap((child) => leaves(child, [...path, child.name()]));
}
