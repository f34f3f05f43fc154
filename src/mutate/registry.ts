import type { Operator } from "./operator.ts";
import { answerForm } from "./operators/answer-form.ts";
import { bootstrapDemos } from "./operators/bootstrap-demos.ts";
import { compress } from "./operators/compress.ts";
import { crossover } from "./operators/crossover.ts";

import { demoOrder } from "./operators/demo-order.ts";
import { demoSet } from "./operators/demo-set.ts";
import { diagnose } from "./operators/diagnose.ts";
import { hypothesisEdit } from "./operators/hypothesis-edit.ts";
import { labelledDemos } from "./operators/labelled-demos.ts";
import { labelWording } from "./operators/label-wording.ts";
import { phraseEdit } from "./operators/phrase-edit.ts";
import { prune } from "./operators/prune.ts";
import { reflect } from "./operators/reflect.ts";
import { restart } from "./operators/restart.ts";
import { rulesDelta } from "./operators/rules-delta.ts";
import { setStep } from "./operators/set-step.ts";
import { step } from "./operators/step.ts";
import { strategySwitch } from "./operators/strategy-switch.ts";
import { toolContrast } from "./operators/tool-contrast.ts";

/** Every way of making a child that Allele brings; for each type of gene there is at least one. */
export const standardOperators: readonly Operator[] = [
  diagnose,
  reflect,
  hypothesisEdit,
  rulesDelta,
  toolContrast,
  bootstrapDemos,
  step,
  setStep,
  strategySwitch,
  compress,
  prune,
  crossover,
  restart,
  labelWording,
];

/** For small models, which heed wording, form and examples more than advice: edits from a stock, and examples of what went wrong. None asks a model. */
const stockOperators: readonly Operator[] = [phraseEdit, answerForm, labelledDemos, demoSet, demoOrder];

/** Every operator there is. */
export const allOperators: readonly Operator[] = [...standardOperators, ...stockOperators];

/** What works without a reflection model. */
export const independentOperators: readonly Operator[] = allOperators.filter(({ reflects }) => !reflects);
