import type { Random } from "../../../src/base/index.ts";
import { Gene, type Genome } from "../../../src/genome/index.ts";
import type { LandscapeOptions } from "./options.ts";

/** What a part of a genome is worth: it helps, does nothing, or harms. */
export type Quality = "right" | "plain" | "wrong";

const levels: Readonly<Record<Quality, number>> = { right: 1, plain: 0, wrong: -1 };

const words =
  "amber basket candle desert engine forest garden harbour island jacket kettle ladder meadow needle orchard pepper quarry ribbon saddle timber umbrella valley window yellow anchor bridge copper drawer ember feather glacier hammer ivory jungle kernel lantern marble nectar olive pillow".split(
    " ",
  );

/** The text of a part. Engines see wording; only the landscape knows what the second word means. */
export function partText(part: number, quality: Quality, random: Random): string {
  const filler = Array.from({ length: 12 }, () => random.pick(words)).join(" ");
  return `Part ${nameOf(part)}, ${quality}: ${filler}.`;
}

/** Every part in a text: its number, quality and place among the lines. */
export function partsIn(text: string): readonly { readonly part: number; readonly quality: Quality }[] {
  return [...text.matchAll(/Part (\d\d), (right|plain|wrong):/g)].map((match) => ({
    part: Number(match[1]),
    quality: match[2] as Quality,
  }));
}

/** By part, 1 (right), 0 or -1 (wrong); a part that is nowhere is 0. */
export function levelsOf({ genes }: Genome, parts: number): readonly number[] {
  const found = Array.from({ length: parts }, () => 0);
  for (const gene of Object.values(genes)) {
    if (gene.type !== "text") continue;
    for (const { part, quality } of partsIn(gene.value)) found[part] = levels[quality];
  }
  return found;
}

/** A genome of the landscape with these qualities. Part numbers from `options.parts` on do not exist but for the units rule. */
export function genomeOf(options: LandscapeOptions, qualityOf: (part: number) => Quality, random: Random): Genome {
  const count = options.defect > 0 ? options.parts + 1 : options.parts;
  const texts = Array.from({ length: count }, (_, part) => partText(part, qualityOf(part), random));
  const genes: Record<string, Gene> =
    options.form === "one-text"
      ? { system: Gene.parse({ type: "text", value: texts.join("\n") }) }
      : Object.fromEntries(texts.map((value, part) => [`part-${nameOf(part)}`, Gene.parse({ type: "text", value })]));
  if (options.defect > 0) genes["order"] = choice(["answer-first", "reasoning-first"]);
  if (options.basin !== undefined) genes["approach"] = choice(["direct", "stepwise"]);
  return { name: "planted", parents: [], genes };
}

function choice(options: readonly [string, ...string[]]): Gene {
  return Gene.parse({ type: "enum", options, value: options[0] });
}

export function nameOf(part: number): string {
  return String(part).padStart(2, "0");
}
