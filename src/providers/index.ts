export { readModelFile } from "./llama/gguf.ts";
export { ProviderError } from "./provider-error.ts";
export type {
  ChatReply,
  ChatRequest,
  Choices,
  Message,
  Provider,
  ToolCall,
  ToolDefinition,
  Usage,
} from "./provider.ts";
export { hasKnownCost, makeProvider, ModelConfig, modelIdentity, priceOf, priceSource } from "./registry.ts";
export { serveOpenAi } from "./simulated/serve.ts";
export { makeSimulatedProvider } from "./simulated/simulated.ts";
export { estimateTokens } from "./tokens.ts";
