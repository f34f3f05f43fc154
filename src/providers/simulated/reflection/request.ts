import type { ChatRequest } from "../../provider.ts";

export interface ReflectionRequest {
  readonly current: string;
}

export function readReflectionRequest(_request: ChatRequest): ReflectionRequest | undefined {
  return undefined;
}
