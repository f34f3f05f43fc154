export { Demo, Gene, StrategyValue, ToolText } from "./gene.ts";
export type { GeneType } from "./gene.ts";
export type { Genome } from "./genome.ts";
