import { escapePattern } from "./common.ts";
import { unitNames, unitsOf, type Unit } from "./units.ts";

/** A number found in a text. */
export interface Quantity {
  readonly value: number;
  /** What its unit may be; empty when none stands beside it. */
  readonly units: readonly Unit[];
  /** As it was written, with its unit. */
  readonly text: string;
}

const months = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec";
const month = `(?:${months}|january|february|march|april|june|july|august|september|october|november|december)\\.?`;
/** Digits that are no amounts: dates, times, identifiers such as O-10423 or #17, list markers, ordinals. */
const notAmounts = [
  /\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?/g,
  /\b\d{1,2}[./]\d{1,2}[./]\d{4}\b/g,
  new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${month},? \\d{4}\\b`, "gi"),
  new RegExp(`\\b${month} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}\\b`, "gi"),
  /\b\d{1,2}:\d{2}(?::\d{2})?\b/g,
  /(?<![\p{L}\p{N}])[\p{L}\p{N}]*\p{L}[\p{L}\p{N}]*-[\p{L}\p{N}-]*\d[\p{L}\p{N}-]*/gu,
  /#\d+/g,
  /^\s*\d+[.)](?=\s)/gm,
  /\b\d+(?:st|nd|rd|th)\b/g,
];

const numeral =
  "\\d{1,3}(?:[ \\u00a0\\u202f'’_]\\d{3})+(?:[.,]\\d+)?(?!\\d)|\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?(?!\\d)|" +
  "\\d{1,3}(?:\\.\\d{3})+,\\d+|\\d{1,3}(?:\\.\\d{3}){2,}(?!\\d)|\\d+(?:[.,]\\d+)?(?:e[+-]?\\d+)?|\\.\\d+";
const multipliers: Readonly<Record<string, number>> = { k: 1e3, thousand: 1e3, million: 1e6, bn: 1e9, billion: 1e9 };
const units = `(?:${unitNames.map(escapePattern).join("|")})(?!\\p{L})`;

const space = "[ \\u00a0\\u202f]";

const words = (
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen " +
  "eighteen nineteen twenty"
).split(" ");

const usualPattern = quantityPattern();

/**
 * The amounts a text names, in order. Reads thousands separators of either convention (1,234.50, 1.234,50, 1 234,50), signs,
 * exponents, "k", "million" and the like, and units before or after. One comma before exactly three digits separates
 * thousands; one point is always a decimal point. Small numbers in words count only where the text has no digits.
 * `ownUnit` is a unit the author named that need not be a known one, such as "points".
 */
export function readQuantities(text: string, ownUnit?: string): Quantity[] {
  const plain = notAmounts.reduce((rest, pattern) => rest.replace(pattern, (found) => " ".repeat(found.length)), text);
  const word = ownUnit === undefined || unitsOf(ownUnit).length > 0 ? undefined : ownUnit;
  const pattern = word === undefined ? usualPattern : quantityPattern(word);
  const quantities = [...plain.matchAll(pattern)].map((match) => quantityOf(match.groups ?? {}, match[0], word));
  return quantities.length > 0 ? quantities : readWords(text, word);
}

/** The units a name may stand for, an unknown word being a unit of its own; its plural is the same. */
export function unitNamed(name: string): readonly Unit[] {
  const found = unitsOf(name);
  return found.length > 0 ? found : [{ dimension: `word ${singular(name)}`, factor: 1 }];
}

function quantityPattern(ownUnit?: string): RegExp {
  const own = ownUnit === undefined ? "" : `${escapePattern(singular(ownUnit))}s?(?!\\p{L})|`;
  const multiplier = `(?:${Object.keys(multipliers).join("|")})(?!\\p{L})`;
  return new RegExp(
    `(?<![\\p{L}\\p{N}.,])(?<sign>[-+−]?)(?:(?<before>${own}${units})${space}?)?(?<inner>[-+−]?)(?<number>${numeral})` +
      `(?:${space}?(?<multiplier>${multiplier}))?(?:(?:${space}|-)?(?<after>${own}${units}))?(?![\\p{L}\\p{N}]|[.,]\\d)`,
    "giu",
  );
}

function quantityOf(groups: Readonly<Record<string, string | undefined>>, text: string, ownUnit?: string): Quantity {
  const size = parseNumeral(groups["number"] ?? "") * (multipliers[(groups["multiplier"] ?? "").toLowerCase()] ?? 1);
  const negative = /[-−]/.test(`${groups["sign"]}${groups["inner"]}`);
  const before = unitsBeside(groups["before"], ownUnit);
  const after = unitsBeside(groups["after"], ownUnit);
  const both = before.filter((unit) => after.some((other) => other.dimension === unit.dimension));
  return {
    value: negative ? -size : size,
    units: both.length > 0 ? both : after.length > 0 ? after : before,
    text: text.trim(),
  };
}

function unitsBeside(name: string | undefined, ownUnit: string | undefined): readonly Unit[] {
  if (name === undefined) return [];
  const own = ownUnit !== undefined && singular(name) === singular(ownUnit);
  return own ? unitNamed(ownUnit) : unitsOf(name);
}

function parseNumeral(text: string): number {
  const digits = text.replace(/[ \u00a0\u202f'’_]/g, "");
  const comma = digits.lastIndexOf(",");
  const point = digits.lastIndexOf(".");
  if (comma === -1) return Number(digits.split(".").length > 2 ? digits.replaceAll(".", "") : digits);
  if (point > comma) return Number(digits.replaceAll(",", ""));
  const thousands = point === -1 && /^[1-9]\d{0,2}(?:,\d{3})+$/.test(digits);
  return Number(thousands ? digits.replaceAll(",", "") : digits.replaceAll(".", "").replace(",", "."));
}

function readWords(text: string, ownUnit: string | undefined): Quantity[] {
  const own = ownUnit === undefined ? [] : unitNamed(ownUnit);
  return [...text.toLowerCase().matchAll(/(?<!\p{L})(\p{L}+)(?:\s(\p{L}+))?/gu)].flatMap((match) => {
    const value = words.indexOf(match[1] ?? "");
    if (value === -1) return [];
    const beside = match[2] ?? "";
    const unit = ownUnit !== undefined && singular(beside) === singular(ownUnit) ? own : unitsOf(beside);
    return [{ value, units: unit, text: match[0] }];
  });
}

function singular(name: string): string {
  return name.toLowerCase().replace(/s$/, "");
}
