import type { Operator } from "../operator.ts";
import { answerForms, inputForms } from "../phrases.ts";
import { nothing } from "../reply-text.ts";

const stock: Readonly<Record<string, readonly string[]>> = { input_form: inputForms, answer_format: answerForms };

/** Takes another way of putting a task (`input_form`) or of asking for the form of an answer (`answer_format`) from a stock. Needs no model. */
export const answerForm: Operator = {
  name: "answer-form",
  scope: "gene",
  reflects: false,
  applies: ({ type }) => type === "text",
  propose: async ({ parent, gene: id, random, tried }) => {
    const gene = parent.genes[id];
    if (gene?.type !== "text") return nothing("not-applicable", `${id} is not a text`);
    const labelled = Object.values(parent.genes).some(({ type }) => type === "labels");
    const options = (stock[id] ?? []).filter(
      (form) => form !== gene.value && (labelled || !form.includes("{labels}")) && tried?.({ [id]: form }) !== true,
    );
    if (options.length === 0) return nothing("no-alternative", `there is no other form for ${id}`);
    const value = random.pick(options);
    return { kind: "child", changes: { [id]: value }, hypothesis: `${id} as "${value}"`, flips: [] };
  },
};
