import { diagnose } from "./operators/diagnose.ts";
import { crossover } from "./operators/crossover.ts";
import { bootstrapDemos } from "./operators/bootstrap-demos.ts";
import type { Operator } from "./operator.ts";
import { reflect } from "./operators/reflect.ts";
import { step } from "./operators/step.ts";

/** Every way of changing a gene that Allele brings; for each type of gene there is at least one. */
export const standardOperators: readonly Operator[] = [diagnose, reflect, step, bootstrapDemos, crossover];
