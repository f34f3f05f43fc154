import { z } from "zod";
import { AlleleError, type Json } from "../../base/index.ts";
import { ifevalInstructions, type WrittenCheck } from "../../dataset/index.ts";
import type { Form, ImportedTask } from "../form.ts";
import { readRows, textAt, textsAt, valueAt, type Row } from "../rows.ts";
import { readSettings } from "../settings.ts";

/** Those that would need a language identifier or a sentence splitter. */
const notChecked = ["language:response_language", "length_constraints:number_sentences"];

const Settings = z.strictObject({
  /** `loose`: the paper's variant that forgives a first or last line and asterisks. */
  scoring: z.enum(["strict", "loose"]).default("strict"),
  /** `prompt`: all instructions of a prompt or nothing. `instruction`: the share that was followed. */
  level: z.enum(["prompt", "instruction"]).default("prompt"),
});

/** IFEval (Zhou et al. 2023): prompts with instructions whose following can be checked without a model. */
export const ifeval: Form = {
  name: "ifeval",
  about: "IFEval: input_data.jsonl; scoring=loose, level=instruction",
  licence: "Apache-2.0",
  source: "IFEval (Zhou et al. 2023), in the form of google-research/instruction_following_eval",
  thirdParty: true,
  read: (files, settings) => {
    const how = readSettings(Settings, settings, "ifeval");
    const rows = files.flatMap(readRows).map((row) => ({ row, ids: textsAt(row, "instruction_id_list") }));
    const cannot = ({ ids }: (typeof rows)[number]): boolean => ids.some((id) => notChecked.includes(id));
    return {
      description: `IFEval, ${how.scoring}, by ${how.level}.`,
      tasks: rows.filter((entry) => !cannot(entry)).map(({ row, ids }) => taskOf(row, ids, how)),
      leftOut: rows.filter(cannot).map(({ row, ids }) => ({
        where: row.where,
        reason: `no check for ${ids.find((id) => notChecked.includes(id))}`,
      })),
    };
  },
};

function taskOf(row: Row, ids: readonly string[], { scoring, level }: z.output<typeof Settings>): ImportedTask {
  const checks = ids.map((instruction, index): WrittenCheck => {
    if (!ifevalInstructions.includes(instruction)) throw unknownInstruction(instruction, row);
    return { type: "ifeval", instruction, arguments: argumentsAt(row, index), scoring };
  });
  return {
    id: `ifeval-${textAt(row, "key")}`,
    input: textAt(row, "prompt"),
    checks: level === "prompt" ? [{ type: "all", checks }] : checks,
    tags: [...new Set(ids)],
    where: row.where,
  };
}

/** Some copies of the data write every argument of every instruction, most of them null. */
function argumentsAt(row: Row, index: number): Readonly<Record<string, Json>> {
  const given = valueAt(row, `kwargs.${index}`) ?? {};
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}

function unknownInstruction(name: string, { where }: Row): AlleleError {
  return new AlleleError({
    code: "unknown-instruction",
    message: `"${name}" is no instruction of IFEval`,
    hint: `Known are ${[...ifevalInstructions, ...notChecked].join(", ")}.`,
    where,
  });
}
