import type { ToolDefinition } from "../../provider.ts";
import { fingerprint } from "../draw.ts";
import type { SimulatedParameters } from "../parameters.ts";
import type { HabitName } from "../skills/habit-name.ts";
import { readDemos, type Demo } from "./demos.ts";
import { attentionLeft, noHeed, placeWeight, withLesson, type Heed, type Heeds } from "./heed.ts";
import { toolAdvice } from "./advice.ts";
import { understand, understandForTool, type Lesson } from "./match.ts";
import { sentencesOf } from "./split.ts";

/** What a prompt teaches, by channel. */
export interface PromptReading {
  readonly words: Heeds;
  readonly demos: Heeds;
  /** What the descriptions of the tools teach. `site` may name the kind of record, which tells tools of one kind apart. */
  tools(habit: HabitName, site: string): Heed;
  /** Short name of all that was said that bears on a habit, whatever it taught. */
  bearing(habit: HabitName): string;
}

export function readPrompt(
  system: string,
  tools: readonly ToolDefinition[],
  demos: readonly Demo[],
  attention: SimulatedParameters["attention"],
): PromptReading {
  const pieces = sentencesOf(system).map((piece) => ({ ...piece, ...understand(piece.text) }));
  const seen = new Set<string>();
  const fresh = pieces.filter(({ text }) => !seen.has(text) && seen.add(text));
  const size = {
    words: pieces.reduce((sum, { sentence }) => sum + sentence.words.length, 0),
    irrelevant: pieces.reduce(
      (sum, { sentence, general }) => sum + (general.length > 0 ? 0 : sentence.words.length),
      0,
    ),
    instructions: fresh.filter(({ general }) => general.length > 0).length,
  };
  const left = attentionLeft(size, attention);
  const words = new Map<HabitName, Heed>();
  for (const { general, place } of fresh)
    for (const { habit, strength } of general)
      words.set(habit, withLesson(words.get(habit) ?? noHeed, strength * left * placeWeight(place, attention)));
  const bearings = new Map<HabitName, string>();
  return {
    words,
    demos: readDemos(demos, left),
    tools: readTools(tools, 1 - attention.toolShare * (1 - left)),
    bearing: (habit) => {
      const found = bearings.get(habit) ?? fingerprint(sayingsOn(habit, fresh, tools, demos).join("\n"));
      bearings.set(habit, found);
      return found;
    },
  };
}

function sayingsOn(
  habit: HabitName,
  pieces: readonly { readonly text: string; readonly general: readonly Lesson[] }[],
  tools: readonly ToolDefinition[],
  demos: readonly Demo[],
): readonly string[] {
  const patterns = toolAdvice.filter((advice) => advice.habit === habit).map(({ tool }) => tool);
  return [
    ...pieces.filter(({ general }) => general.some((lesson) => lesson.habit === habit)).map(({ text }) => text),
    ...tools.filter(({ name }) => patterns.some((tool) => tool.test(name))).map(({ description }) => description),
    ...demos.map(({ output }) => output),
  ];
}

/** What a plan in view teaches, besides being there: its steps are heeded like instructions at the end of the prompt. */
export function readPlan(plan: string): Heeds {
  const heeds = new Map<HabitName, Heed>();
  for (const { text } of sentencesOf(plan))
    for (const { habit, strength } of understand(text).general)
      heeds.set(habit, withLesson(heeds.get(habit) ?? noHeed, strength));
  return heeds;
}

interface ToolHeed {
  readonly tool: string;
  readonly share: number;
  readonly heed: Heed;
}

function readTools(tools: readonly ToolDefinition[], left: number): PromptReading["tools"] {
  const heeds = new Map<HabitName, Map<string, ToolHeed>>();
  for (const { name, description } of tools) {
    for (const { text, negated } of sentencesOf(description)) {
      for (const { habit, advice, strength } of understandForTool(name, text, negated)) {
        const ofHabit = heeds.get(habit) ?? new Map<string, ToolHeed>();
        const key = `${name} ${toolAdvice.indexOf(advice)}`;
        const heed = withLesson(ofHabit.get(key)?.heed ?? noHeed, strength * left);
        ofHabit.set(key, { tool: name, share: advice.share, heed });
        heeds.set(habit, ofHabit);
      }
    }
  }
  return (habit, site) => summed([...(heeds.get(habit)?.values() ?? [])], site);
}

/** Shares of one tool add up; of several tools, the one the site speaks of counts, else their mean. */
function summed(parts: readonly ToolHeed[], site: string): Heed {
  const word = (name: string): string => name.split("_")[0] ?? name;
  const fitting = parts.filter(({ tool }) => site.includes(word(tool)));
  const chosen = fitting.length > 0 ? fitting : parts;
  const add = (side: keyof Heed): number =>
    Math.min(
      1,
      chosen.reduce((sum, { share, heed }) => sum + share * heed[side], 0),
    );
  return { pro: add("pro"), contra: add("contra") };
}
