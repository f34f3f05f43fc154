import { contrastPrompt } from "./contrast.ts";
import { diagnosePrompt, editForms } from "./diagnose.ts";
import { editPrompt } from "./edit.ts";
import { reflectPrompt } from "./reflect.ts";
import { wholePrompt } from "./whole.ts";

/**
 * Everything a reflection model is told, apart from genomes and evidence. Change `version` with the texts: it is part of the
 * identity of a run, so that a run is never continued with other texts than it was begun with.
 */
export const reflectionPrompts = {
  version: "reflection/2",
  reflect: reflectPrompt,
  diagnose: diagnosePrompt,
  edits: editForms,
  edit: editPrompt,
  whole: wholePrompt,
  contrast: contrastPrompt,
} as const;
