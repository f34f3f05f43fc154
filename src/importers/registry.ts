import { AlleleError, didYouMean } from "../base/index.ts";
import type { Form } from "./form.ts";
import { classification } from "./forms/classification.ts";
import { dbbench } from "./forms/dbbench.ts";
import { hotpotqa } from "./forms/hotpotqa.ts";
import { ifeval } from "./forms/ifeval.ts";
import { instructionInduction } from "./forms/instruction-induction.ts";
import { lmentry } from "./forms/lmentry.ts";
import { rows } from "./forms/rows.ts";
import { tauBench } from "./forms/tau-bench.ts";

/** All forms that can be imported. */
export const forms: readonly Form[] = [
  rows,
  classification,
  lmentry,
  instructionInduction,
  ifeval,
  hotpotqa,
  dbbench,
  tauBench,
];

/** Throws AlleleError `unknown-form`. */
export function formNamed(name: string): Form {
  const form = forms.find((known) => known.name === name);
  if (form !== undefined) return form;
  const names = forms.map((known) => known.name);
  throw new AlleleError({
    code: "unknown-form",
    message: `there is no form "${name}"${didYouMean(name, names)}`,
    hint: `Known forms: ${names.join(", ")}.`,
  });
}
