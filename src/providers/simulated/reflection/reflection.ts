import type { ChatRequest } from "../../provider.ts";
import type { SimulatedParameters } from "../parameters.ts";
import type { ReflectionRequest } from "./request.ts";

export function writeReflection(
  _a: ReflectionRequest,
  _b: ChatRequest,
  _c: number,
  _d: SimulatedParameters["reflection"],
): string {
  return "";
}
