import { z } from "zod";
import type { CheckResult, Outcome } from "../outcome.ts";
import { commonMembers, quoted } from "./common.ts";
import { nearlyEqual } from "./json-text.ts";
import { missingPart, Part, takePart } from "./part.ts";
import { readQuantities, unitNamed, type Quantity } from "./quantity.ts";

/** A number in prose, with tolerance and unit. */
export const NumberCheck = z.strictObject({
  type: z.literal("number"),
  ...commonMembers,
  of: Part,
  value: z.number(),
  /** How far the number may be off, in `unit`. */
  tolerance: z.number().min(0).default(0),
  /** How far it may be off as a share of `value`; the wider of the two holds. */
  relative_tolerance: z.number().min(0).max(1).default(0),
  /** ISO 4217 code, "%", a unit of time, length, mass, volume or data, or a word of your own. Units of one kind are converted. */
  unit: z.string().min(1).optional(),
  /** Score of the right number without any unit, when `unit` is asked for. */
  without_unit: z.number().min(0).max(1).default(0.5),
  /** Which number counts, of those with the right unit if there are any. */
  take: z.enum(["last", "first", "any", "only"]).default("last"),
});
type NumberCheck = z.output<typeof NumberCheck>;

export function judgeNumber(check: NumberCheck, { answer }: Outcome): CheckResult {
  const text = takePart(answer, check.of);
  if (text === undefined) return { score: 0, feedback: missingPart(answer, check.of) };
  const expected = check.unit === undefined ? `${check.value}` : `${check.value} ${check.unit}`;
  const all = readQuantities(text, check.unit);
  if (all.length === 0)
    return { score: 0, feedback: `A number was expected (${expected}); there is none in ${quoted(text)}.` };

  const fitting = all.filter((quantity) => readings(quantity, check.unit).length > 0);
  const unitless = all.filter((quantity) => quantity.units.length === 0);
  const candidates = fitting.length > 0 ? fitting : unitless;
  if (candidates.length === 0) {
    return { score: 0, feedback: `The unit is wrong: ${expected} was expected, ${taken(all, "last")} was given.` };
  }
  const chosen =
    check.take === "first" ? candidates.slice(0, 1) : check.take === "last" ? candidates.slice(-1) : candidates;
  if (check.take === "only" && candidates.length > 1) {
    return { score: 0, feedback: `One number was expected (${expected}); there are ${candidates.length}.` };
  }
  const right = chosen.find((quantity) => isRight(quantity, check));
  if (right === undefined) {
    return { score: 0, feedback: `The number should be ${expected} but is ${taken(chosen, check.take)}.` };
  }
  if (check.unit !== undefined && right.units.length === 0 && check.without_unit < 1) {
    return {
      score: check.without_unit,
      feedback: `The number ${right.text} is right, but its unit (${check.unit}) is missing.`,
    };
  }
  return { score: 1, feedback: `The number is ${right.text}, as expected.` };
}

/** The values a quantity may stand for in the expected unit; empty when its unit is another. */
function readings(quantity: Quantity, unit: string | undefined): number[] {
  if (unit === undefined) {
    const shares = quantity.units.filter(({ dimension }) => dimension === "share");
    return [quantity.value, ...shares.map(({ factor }) => quantity.value * factor)];
  }
  return unitNamed(unit).flatMap((wanted) =>
    quantity.units
      .filter(({ dimension }) => dimension === wanted.dimension)
      .map(({ factor }) => (quantity.value * factor) / wanted.factor),
  );
}

function isRight(quantity: Quantity, check: NumberCheck): boolean {
  const allowed = Math.max(check.tolerance, check.relative_tolerance * Math.abs(check.value));
  const values = quantity.units.length === 0 ? [quantity.value] : readings(quantity, check.unit);
  return values.some((value) => nearlyEqual(value, check.value, allowed));
}

function taken(quantities: readonly Quantity[], take: NumberCheck["take"]): string {
  const shown = take === "any" ? quantities.slice(0, 5) : quantities.slice(-1);
  return shown.map(({ text }) => text).join(", ");
}
