import { AlleleError, formatLocation, messageOf } from "../base/index.ts";
import { EXIT } from "./io.ts";

/** What a failure looks like on stderr: what is wrong, where, and what to do; a stack only with `--debug`. */
export function describeFailure(thrown: unknown, debug: boolean): string {
  const lines: string[] = [];
  if (thrown instanceof AlleleError) {
    lines.push(`error: ${thrown.message}`);
    if (thrown.where !== undefined) lines.push(`  at ${formatLocation(thrown.where)}`);
    if (thrown.hint !== undefined) lines.push(`  ${thrown.hint}`);
    lines.push(`  [${thrown.code}]`);
  } else {
    lines.push(
      `error: ${messageOf(thrown)}`,
      "  This is a defect in Allele. Run again with --debug and report what it prints.",
    );
  }
  if (debug && thrown instanceof Error) lines.push(thrown.stack ?? "");
  if (debug && thrown instanceof Error && thrown.cause instanceof Error)
    lines.push(`caused by ${thrown.cause.stack ?? ""}`);
  return lines.join("\n");
}

export function exitCodeOf(thrown: unknown): number {
  if (!(thrown instanceof AlleleError)) return EXIT.defect;
  switch (thrown.kind) {
    case "input":
      return EXIT.badInput;
    case "outside":
      return EXIT.outside;
    case "interrupted":
      return EXIT.interrupted;
    case "defect":
      return EXIT.defect;
  }
}
