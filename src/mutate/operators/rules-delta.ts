import { editOperator } from "../edit-operator.ts";
import type { Operator } from "../operator.ts";
import { editPrompt } from "../prompts/edit.ts";

/** Keeps a list of rules: adds, rewrites, merges and removes single ones, so that the list neither decays nor swells. */
export const rulesDelta: Operator = editOperator({
  name: "rules-delta",
  type: "rules",
  task: editPrompt.delta,
  ops: ["add", "replace", "merge", "remove"],
  mostEdits: 4,
});
