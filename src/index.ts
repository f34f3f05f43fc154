export type { CreateTools, Tool, ToolContext, ToolKit, ToolModule, World } from "./runtime/index.ts";
