import { z } from "zod";
import { validate } from "../../base/index.ts";
import type { WrittenCheck } from "../../dataset/index.ts";
import type { Form, ImportedTask } from "../form.ts";
import { readRows, type Row } from "../rows.ts";
import { readSettings } from "../settings.ts";
import { worldTools } from "../world-tools.ts";

const Question = z.looseObject({
  id: z.string().min(1),
  question: z.string().min(1),
  answer: z.string().min(1),
  type: z.string().optional(),
  level: z.string().optional(),
  supporting_titles: z.array(z.string()).default([]),
  context: z.array(z.looseObject({ title: z.string(), sentences: z.array(z.string()) })).min(1),
});

const Settings = z.strictObject({
  /** What counts: the F1 of words, or only all words right. The other is reported with weight 0. */
  metric: z.enum(["f1", "exact"]).default("f1"),
});

/** HotpotQA (Yang et al. 2018) with the ten paragraphs of each question as documents to search and read. */
export const hotpotqa: Form = {
  name: "hotpotqa",
  about: "HotpotQA with local documents: id, question, answer, context, supporting_titles; metric=exact",
  licence: "CC-BY-SA-4.0",
  source: "HotpotQA (Yang et al. 2018), distractor setting",
  thirdParty: true,
  read: (files, settings) => {
    const { metric } = readSettings(Settings, settings, "hotpotqa");
    return {
      description: "HotpotQA: questions answered from two of ten documents, with tools to search and read them.",
      tasks: files.flatMap(readRows).map((row) => taskOf(row, metric)),
      leftOut: [],
      files: { "tools.ts": worldTools("documents") },
    };
  },
};

function taskOf({ values, where }: Row, metric: "f1" | "exact"): ImportedTask {
  const question = validate(Question, values, () => where);
  const answer = { type: "token_f1", of: { after: "Answer:", otherwise: "answer" }, value: question.answer };
  const titles = [...new Set(question.supporting_titles)];
  return {
    id: question.id,
    input: question.question,
    checks: [
      { ...answer, weight: metric === "f1" ? 1 : 0, group: "f1" },
      { ...answer, at_least: 1, weight: metric === "exact" ? 1 : 0, group: "exact" },
      ...titles.map((title): WrittenCheck => ({
        type: "tool_called",
        tool: "read",
        arguments: { title },
        weight: 0,
        group: "support",
        feedback: "A document that the answer rests on was not read.",
      })),
    ],
    tags: [question.type ?? [], question.level ?? []].flat(),
    world: { documents: question.context.map(({ title, sentences }) => ({ title, sentences })) },
    where,
  };
}
