export type { AgentExport, ExportedFiles } from "./agent.ts";
export { agentFormats } from "./formats.ts";
export { trainingSet } from "./training.ts";
export type { Attempt, TrainingChoice, TrainingFormat, TrainingSet } from "./training.ts";
