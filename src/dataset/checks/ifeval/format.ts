import { z } from "zod";
import { tryParseJson } from "../../../base/index.ts";
import { escapePattern } from "../common.ts";
import { count, countOf, instruction, none, type Instruction } from "./instruction.ts";

const answers = ["My answer is yes.", "My answer is no.", "My answer is maybe."];

/** The parts between separators; undefined where one between two separators is blank. Blank ones at the ends do not count. */
function partsOf(text: string, separator: string | RegExp): readonly string[] | undefined {
  const parts = text.split(separator).map((part) => part.trim());
  if (parts.slice(1, -1).includes("")) return undefined;
  return parts.filter((part) => part !== "");
}

function withoutFence(text: string): string {
  return text
    .trim()
    .replace(/^```(?:json|Json|JSON)?/, "")
    .replace(/```$/, "")
    .trim();
}

/** The first word of a paragraph, as far as its first mark of punctuation, in lower case. */
function firstWord(paragraph: string): string {
  const word = (paragraph.split(/\s+/)[0] ?? "").replace(/^'+/, "").replace(/^"+/, "");
  return (word.split(/[.,?!'"]/)[0] ?? "").toLowerCase();
}

/** Instructions about the form of a text and its parts. */
export const formatInstructions: Readonly<Record<string, Instruction>> = {
  "detectable_content:number_placeholders": instruction({
    arguments: z.strictObject({ num_placeholders: count }),
    follows: (text, { num_placeholders }) => countOf(text, /\[.*?\]/g) >= num_placeholders,
    demand: ({ num_placeholders }) => `have at least ${num_placeholders} placeholders in square brackets`,
  }),
  "detectable_content:postscript": instruction({
    arguments: z.strictObject({ postscript_marker: z.string().min(1) }),
    follows: (text, { postscript_marker: marker }) => {
      if (marker === "P.P.S") return /p\.\s?p\.\s?s/i.test(text);
      return marker === "P.S." ? /p\.\s?s\./i.test(text) : text.toLowerCase().includes(marker.toLowerCase());
    },
    demand: ({ postscript_marker }) => `have a postscript that starts with ${postscript_marker}`,
  }),
  "detectable_format:constrained_response": instruction({
    arguments: none,
    follows: (text) => answers.some((answer) => text.includes(answer)),
    demand: () => `contain one of: ${answers.join(" ")}`,
  }),
  "detectable_format:json_format": instruction({
    arguments: none,
    follows: (text) => tryParseJson(withoutFence(text)) !== undefined,
    demand: () => "be JSON as a whole",
  }),
  "detectable_format:multiple_sections": instruction({
    arguments: z.strictObject({ section_spliter: z.string().min(1), num_sections: count }),
    follows: (text, given) =>
      countOf(text, new RegExp(`${escapePattern(given.section_spliter)}\\s?\\d+`, "g")) >= given.num_sections,
    demand: (given) => `have at least ${given.num_sections} sections marked "${given.section_spliter} 1" and so on`,
  }),
  "detectable_format:number_bullet_lists": instruction({
    arguments: z.strictObject({ num_bullets: count }),
    follows: (text, { num_bullets }) => countOf(text, /^\s*\*[^*].*$/gm) + countOf(text, /^\s*-.*$/gm) === num_bullets,
    demand: ({ num_bullets }) => `have exactly ${num_bullets} bullet points`,
  }),
  "detectable_format:number_highlighted_sections": instruction({
    arguments: z.strictObject({ num_highlights: count }),
    follows: (text, { num_highlights }) => {
      const found = [...text.matchAll(/\*[^\n*]*\*/g), ...text.matchAll(/\*\*[^\n*]*\*\*/g)];
      return found.filter(([match]) => match.replaceAll("*", "").trim() !== "").length >= num_highlights;
    },
    demand: ({ num_highlights }) => `highlight at least ${num_highlights} sections, as in *section*`,
  }),
  "detectable_format:title": instruction({
    arguments: none,
    follows: (text) =>
      [...text.matchAll(/<<[^\n]+>>/g)].some(([title]) => title.replace(/^<+/, "").replace(/>+$/, "").trim() !== ""),
    demand: () => "have a title in double angular brackets, as in <<title>>",
  }),
  "combination:repeat_prompt": instruction({
    arguments: z.strictObject({ prompt_to_repeat: z.string().min(1) }),
    follows: (text, given) => text.trim().toLowerCase().startsWith(given.prompt_to_repeat.trim().toLowerCase()),
    demand: () => "begin with the request, word for word",
  }),
  "combination:two_responses": instruction({
    arguments: none,
    follows: (text) => {
      const parts = partsOf(text, "******");
      return parts?.length === 2 && parts[0] !== parts[1];
    },
    demand: () => "be two different responses with ****** between them",
  }),
  "length_constraints:number_paragraphs": instruction({
    arguments: z.strictObject({ num_paragraphs: count }),
    follows: (text, given) => partsOf(text, /\s?\*\*\*\s?/)?.length === given.num_paragraphs,
    demand: (given) => `have ${given.num_paragraphs} paragraphs with *** between them`,
  }),
  "length_constraints:nth_paragraph_first_word": instruction({
    arguments: z.strictObject({ num_paragraphs: count, nth_paragraph: z.int().min(1), first_word: z.string().min(1) }),
    follows: (text, given) => {
      const paragraphs = text.split("\n\n");
      const number = paragraphs.filter((paragraph) => paragraph.trim() !== "").length;
      const nth = paragraphs[given.nth_paragraph - 1]?.trim() ?? "";
      if (given.nth_paragraph > number || nth === "") return false;
      return number === given.num_paragraphs && firstWord(nth) === given.first_word.toLowerCase();
    },
    demand: (given) =>
      `have ${given.num_paragraphs} paragraphs, the one numbered ${given.nth_paragraph} beginning with "${given.first_word}"`,
  }),
  "startend:end_checker": instruction({
    arguments: z.strictObject({ end_phrase: z.string().min(1) }),
    follows: (text, { end_phrase }) =>
      text
        .trim()
        .replaceAll(/^"+|"+$/g, "")
        .toLowerCase()
        .endsWith(end_phrase.trim().toLowerCase()),
    demand: ({ end_phrase }) => `end with "${end_phrase}"`,
  }),
  "startend:quotation": instruction({
    arguments: none,
    follows: (text) => text.trim().length > 1 && text.trim().startsWith('"') && text.trim().endsWith('"'),
    demand: () => "stand in double quotation marks as a whole",
  }),
};
