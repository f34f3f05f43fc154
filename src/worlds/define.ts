import type { output, ZodType } from "zod";
import type { Tool, ToolContext, World } from "../runtime/index.ts";

/** Ties a tool's parameters to its function, for tools that work on a world of one type. */
export function define<W extends World, Parameters extends ZodType>(
  effect: Tool["effect"],
  name: string,
  description: string,
  parameters: Parameters,
  run: (world: W, args: output<Parameters>) => unknown,
): Tool<never> {
  return {
    name,
    description,
    parameters,
    effect,
    run: (args: output<Parameters>, { world }: ToolContext<W>) => run(world, args),
  };
}

/** The value, or an error that goes back to the model. */
export function required<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new Error(message);
  return value;
}

export function refuse(when: boolean, message: string): void {
  if (when) throw new Error(message);
}
