export type { AgentEvent } from "./agent-event.ts";
export { conversationOf } from "./conversation.ts";
export type { Conversation } from "./conversation.ts";
export { withDeadline } from "./deadline.ts";
export type { AgentProgram, Label, Limits, Strategy } from "./program.ts";
export { runAgent } from "./run-agent.ts";
export type { CreateTools, ToolKit, ToolModule, WorldMaker } from "./tool-module.ts";
export type { Tool, ToolContext, World } from "./tool.ts";
export type { StepTime, Trace, TraceStep, TraceUsage } from "./trace.ts";
