import { z } from "zod";
import { didYouMean } from "../../base/index.ts";
import type { CheckResult, Outcome } from "../outcome.ts";
import { commonMembers, quoted } from "./common.ts";
import { formatInstructions } from "./ifeval/format.ts";
import { wordInstructions } from "./ifeval/words.ts";

const instructions = { ...wordInstructions, ...formatInstructions };

/** The 23 instructions of IFEval that need neither a language identifier nor a sentence splitter. */
export const ifevalInstructions: readonly string[] = Object.keys(instructions);

/**
 * Whether the answer follows a checkable instruction of IFEval (Zhou et al. 2023), with the arguments of its `kwargs`. `loose` is the paper's:
 * the answer follows when any of eight versions does, with and without its first line, last line and asterisks.
 */
export const Ifeval = z
  .strictObject({
    type: z.literal("ifeval"),
    ...commonMembers,
    instruction: z.string(),
    arguments: z.record(z.string(), z.json()).default({}),
    scoring: z.enum(["strict", "loose"]).default("strict"),
  })
  .superRefine((check, context) => {
    const known = instructions[check.instruction];
    if (known === undefined) {
      const meant = didYouMean(check.instruction, ifevalInstructions);
      context.addIssue({
        code: "custom",
        path: ["instruction"],
        message: `unknown instruction "${check.instruction}"${meant}`,
      });
      return;
    }
    const [issue] = known.arguments.safeParse(check.arguments).error?.issues ?? [];
    if (issue === undefined) return;
    context.addIssue({ code: "custom", path: ["arguments", ...issue.path], message: issue.message });
  });

export function judgeIfeval(check: z.output<typeof Ifeval>, { answer }: Outcome): CheckResult {
  const known = instructions[check.instruction];
  const given = known?.arguments.parse(check.arguments) as never;
  const versions = check.scoring === "loose" ? looseVersions(answer) : [answer];
  const follows = versions.some((text) => text.trim() !== "" && known?.follows(text, given) === true);
  const demand = `The answer should ${known?.demand(given)}`;
  return follows
    ? { score: 1, feedback: `${demand}, and does.` }
    : { score: 0, feedback: `${demand}, and does not: ${quoted(answer)}.` };
}

function looseVersions(answer: string): readonly string[] {
  const lines = answer.split("\n");
  const cut = [lines.slice(1), lines.slice(0, -1), lines.slice(1, -1)].map((part) => part.join("\n").trim());
  return [answer, ...cut].flatMap((text) => [text, text.replaceAll("*", "")]);
}
