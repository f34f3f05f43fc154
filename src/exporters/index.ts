export { jsonLine } from "./json-line.ts";
export { trainingSet } from "./training.ts";
export type { Attempt, TrainingChoice, TrainingFormat, TrainingSet } from "./training.ts";
