import { editOperator } from "../edit-operator.ts";
import type { Operator } from "../operator.ts";
import { editPrompt } from "../prompts/edit.ts";

/** One labelled sentence added to, replaced in or taken from a text: what it gains can be put down to that sentence. */
export const hypothesisEdit: Operator = editOperator({
  name: "hypothesis-edit",
  type: "text",
  task: editPrompt.hypothesis,
  ops: ["add", "replace", "remove"],
  mostEdits: 2,
});
