export type { AgentExport, ExportedFiles } from "./agent.ts";
export { agentFormats } from "./formats.ts";
export { trainingSet } from "./training.ts";
export type { Attempt, TrainingChoice, TrainingFormat, TrainingSet } from "./training.ts";
export { jsonLine } from "./json-line.ts";
export { metricsBody, tracesBody } from "./telemetry/otlp.ts";
export type { Gauge, Span } from "./telemetry/otlp.ts";
export { rolloutSpans } from "./telemetry/rollout-spans.ts";
