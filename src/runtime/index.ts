export type { AgentProgram, Limits, Strategy } from "./program.ts";
export type { CreateTools, ToolKit, ToolModule } from "./tool-module.ts";
export type { Tool, ToolContext, World } from "./tool.ts";
export type { StopReason, Trace, TraceStep, TraceUsage } from "./trace.ts";
