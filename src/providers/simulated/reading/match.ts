import type { HabitName } from "../skills/habit-name.ts";
import { generalAdvice, toolAdvice, type Advice, type ToolAdvice } from "./advice.ts";
import { clauseAt } from "./clauses.ts";
import { mentions, occurrences } from "./concepts.ts";
import { boundedCache } from "./cache.ts";
import { readSentence, type Sentence } from "./sentence.ts";

/** What one sentence teaches about one habit. */
export interface Lesson {
  readonly habit: HabitName;
  /** In [-1, 1]: how far it mends (or, below 0, worsens) the habit, were it given full attention. */
  readonly strength: number;
}

export interface ToolLesson extends Lesson {
  readonly advice: ToolAdvice;
}

interface Understood {
  readonly sentence: Sentence;
  readonly general: readonly Lesson[];
}

const understood = boundedCache<Understood>(4000);
const understoodOfTools = boundedCache<readonly ToolLesson[]>(4000);

/** Reads a sentence of a system prompt or a plan. */
export function understand(text: string): Understood {
  return understood(text, () => {
    const sentence = readSentence(text);
    const weight = sentence.likeness * sentence.clarity;
    const lessons =
      weight < 0.02
        ? []
        : generalAdvice.map((advice) => ({ habit: advice.habit, strength: weight * strengthOf(advice, sentence) }));
    return { sentence, general: strongest(lessons) };
  });
}

/** Reads a sentence of a tool's description; `negated` when it stands under "When not to use it". */
export function understandForTool(tool: string, text: string, negated: boolean): readonly ToolLesson[] {
  return understoodOfTools(`${tool}\n${negated}\n${text}`, () => {
    const sentence = readSentence(text);
    const denied = /^(?:when|if|for|to|with|as soon as)\b/.test(sentence.text) && negated;
    // An example of a call is no sentence, yet shows the form of arguments.
    const example = /^["'`]?\{/.test(sentence.text);
    const weight = example ? 0.7 : sentence.likeness * sentence.clarity;
    return toolAdvice
      .filter((advice) => advice.tool.test(tool) && (!example || advice.form === true))
      .map((advice) => {
        const strength = strengthOf(advice, sentence) * (denied ? -1 : 1);
        return { habit: advice.habit, advice, strength: weight * strength };
      })
      .filter(({ strength }) => strength !== 0);
  });
}

function strengthOf(advice: Advice, { text, clauses }: Sentence): number {
  if (advice.with?.some((concept) => !mentions(concept, text)) === true) return 0;
  if (advice.lacks?.some((concept) => mentions(concept, text)) === true) return 0;
  const senses = advice.about.map((concept) => {
    const all = occurrences(concept, text).map((offset) => {
      const clause = clauseAt(clauses, offset);
      return advice.governed === true ? clause.governed : clause.polarity;
    });
    return advice.governed === true ? all.slice(0, 1) : all;
  });
  const sense = ([1, -1] as const).find((polarity) => senses.every((all) => all.includes(polarity)));
  if (sense === undefined) return 0;
  const sharp = advice.sharper === undefined || advice.sharper.some((concept) => mentions(concept, text)) ? 1 : 0.75;
  return advice.strength * sense * sharp;
}

/** Of the lessons for one habit, the strongest that mends and the strongest that worsens. */
function strongest(lessons: readonly Lesson[]): readonly Lesson[] {
  const best = new Map<string, Lesson>();
  for (const lesson of lessons) {
    if (lesson.strength === 0) continue;
    const key = `${lesson.habit}${lesson.strength > 0}`;
    if (Math.abs(lesson.strength) > Math.abs(best.get(key)?.strength ?? 0)) best.set(key, lesson);
  }
  return [...best.values()];
}
