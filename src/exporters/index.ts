export { jsonLine } from "./json-line.ts";
export { TRAINING_FORMATS, trainingSet } from "./training.ts";
export type { Attempt, TrainingChoice, TrainingFormat, TrainingSet } from "./training.ts";
