import { bootstrapDemos } from "./demos.ts";
import type { Operator } from "./operator.ts";
import { reflect } from "./reflect.ts";
import { step } from "./step.ts";

/** Every way of changing a gene that Allele brings; for each type of gene there is at least one. */
export const standardOperators: readonly Operator[] = [reflect, step, bootstrapDemos];
