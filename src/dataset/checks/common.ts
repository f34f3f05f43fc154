import { z } from "zod";
import { messageOf } from "../../base/index.ts";

/** Members every check has. */
export const commonMembers = {
  /** Share in the task's score relative to the other checks; 0 reports without counting. */
  weight: z.number().min(0).default(1),
  /** The objective this check counts for, such as answer, world, policy or effort. */
  group: z.string().min(1).default("answer"),
  /** The author's own sentence: when the check is not fully met, or for both outcomes. */
  feedback: z
    .union([
      z.string().min(1),
      z.strictObject({ pass: z.string().min(1).optional(), fail: z.string().min(1).optional() }),
    ])
    .optional(),
};

/** A text to compare with; numbers and truth values are compared as they are written. */
export const Text = z.union([z.string(), z.number(), z.boolean()], {
  error: "expected a text, a number, true or false",
});
/** One right text, or several of which any is right. */
export const Texts = z.union([Text, z.array(Text).min(1)], { error: "expected a text or a list of texts" });

/** The right texts of a `Texts` member. */
export function textsOf(value: z.output<typeof Texts>): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** The source of a regular expression, without slashes. */
export const Pattern = z.string().min(1);
export const PatternFlags = z.string().regex(/^[imsu]*$/, "flags may be i, m, s and u");

/** A refinement that refuses a regular expression which does not compile, at the member that holds it. */
export function compiles(member: string) {
  return (check: object, context: z.core.$RefinementCtx<object>): void => {
    const members = check as Readonly<Record<string, string | undefined>>;
    const pattern = members[member];
    if (pattern === undefined) return;
    try {
      new RegExp(pattern, members["flags"] ?? "");
    } catch (error) {
      context.addIssue({ code: "custom", message: messageOf(error), path: [member], input: check });
    }
  };
}

/** Text as it is compared when `exact` is not asked for: Unicode-normalized, lower case, runs of whitespace as one space. */
export function relaxed(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

/** As `relaxed`, without surrounding quotes, emphasis or brackets and without closing punctuation: what "equal" means in prose. */
export function bare(text: string): string {
  return relaxed(text)
    .replace(/^[\s"'“”‘’`*_([{<]+/u, "")
    .replace(/[\s"'“”‘’`*_)\]}>.!,;:]+$/u, "");
}

/** A text in quotes for feedback, shortened in the middle when it is long. */
export function quoted(text: string): string {
  const line = text.trim().replace(/\s+/g, " ");
  return `"${line.length <= 120 ? line : `${line.slice(0, 70)} ... ${line.slice(-40)}`}"`;
}

/** A sentence with its first letter in upper case. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A text with every character that means something in a regular expression taken literally. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
