/** How soon something has to be dealt with, from 3 (danger or harm going on) to 0 (nothing to be done). */
type Level = 0 | 1 | 2 | 3;
const levels: readonly Level[] = [0, 1, 2, 3];

const danger =
  /\bsparks?\b|\bsinged\b|\bburn|\bsmells? of gas\b|\bgas\b.*\bflat\b|\bmonoxide\b|\bswallow|\bdeep cut\b|\bbleed|\bhospital\b|\bshock\b|\bfumes\b|\bcough|\bpoison|\bsick since\b|\bbeen sick\b|\bon fire\b|\bmelting\b|\bhissing\b|\bgave way\b|\bexplod|\bsaved card\b|\bcard numbers\b|\bwithdrawn\b.*\bevery few minutes\b|\bbending\b.*\bchildren\b|\bdoes not stop\b/i;
const deadline =
  /\btoday\b|\btonight\b|\btomorrow\b|\bthis (?:evening|afternoon|morning)\b|\bmidnight\b|\bday after tomorrow\b|\bby then\b|\bdeadline\b|\bwithin the hour\b/i;
const patience =
  /\bno answer needed\b|\bnothing to do\b|\bthat is all\b|\bjust an idea\b|\bjust a suggestion\b|\bcurio|\bpraise\b|\bfive stars\b|\bbest packaging\b|\bhappy customer\b|\bgreetings from\b|\bsome day\b|\bwould be nice\b|\bno hurry at all\b|\bcan wait\b|\bmade me laugh\b|\benjoy hearing\b|\bLOVE it\b|\bwish for the future\b|\bprefers your\b|\bI (?:only|merely) ask\b/i;
const soft =
  /\bsmall thing\b|\bno hurry\b|\bthought I would mention\b|\bby the way\b|\bjust a remark\b|\bnot sure whether\b|\bfriendly hint\b|\bmay be mistaken\b|\bnice day\b|\bif it is not too much trouble\b|\bstay calm\b|\bgrateful\b|\bhave a nice\b|\bI suppose\b|\botherwise a fine\b|\bplease\b|\bthere is time\b/i;
const loud = /!!|\b[A-Z]{4,}\b|\b(?:urgent|emergency|important|attention|outrageous|furious|worst)\b/i;

/** The level of a message. `heedful`: by what has happened and by when; else by its tone. */
export function urgencyLevel(message: string, heedful: boolean): Level {
  if (!heedful) return loud.test(message) ? 3 : soft.test(message) ? 0 : 1;
  if (danger.test(message)) return 3;
  if (patience.test(message)) return 0;
  return deadline.test(message) ? 2 : 1;
}

/** The offered label that means the level or the nearest to it; of unknown words the one at its place, the lowest coming first. */
export function urgencyLabel(level: Level, labels: readonly string[]): string {
  const known = labels.flatMap((label) => {
    const meaning = levels.find((candidate) => names[candidate].test(label));
    return meaning === undefined ? [] : [{ label, distance: Math.abs(meaning - level) }];
  });
  const nearest = known.toSorted((a, b) => a.distance - b.distance)[0];
  return nearest?.label ?? labels[Math.round((level / 3) * (labels.length - 1))] ?? "";
}

/** Words for a level that no list need hold. */
export const urgencyNicknames: Readonly<Record<Level, readonly string[]>> = {
  0: ["not urgent", "P4", "minor"],
  1: ["medium", "P3", "standard"],
  2: ["urgent", "P2", "time-sensitive"],
  3: ["emergency", "P1", "immediate"],
};

const names: Readonly<Record<Level, RegExp>> = {
  0: /^(?:low|minor|trivial|none)$/i,
  1: /^(?:normal|medium|moderate|standard)$/i,
  2: /^(?:high|urgent|major)$/i,
  3: /^(?:critical|emergency|immediate|severe)$/i,
};
