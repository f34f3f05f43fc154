export { ProviderError } from "./provider-error.ts";
export type { ProviderErrorCode } from "./provider-error.ts";
export type {
  CallOptions,
  ChatReply,
  ChatRequest,
  Message,
  Provider,
  ToolCall,
  ToolDefinition,
  Usage,
} from "./provider.ts";
