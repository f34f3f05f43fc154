import type { Operator } from "./operator.ts";
import { bootstrapDemos } from "./operators/bootstrap-demos.ts";
import { compress } from "./operators/compress.ts";
import { crossover } from "./operators/crossover.ts";
import { diagnose } from "./operators/diagnose.ts";
import { hypothesisEdit } from "./operators/hypothesis-edit.ts";
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
];
