import type { Json } from "../../src/base/index.ts";
import type { ToolModule, World } from "../../src/runtime/index.ts";

/** Calls a tool as the runtime does; what it throws is the answer. */
export function call(module: ToolModule, world: World, name: string, args: Readonly<Record<string, Json>>): unknown {
  const tool = module.tools.find((one) => one.name === name);
  try {
    return tool?.run(tool.parameters.parse(args) as never, { world: world as never });
  } catch (error) {
    return (error as Error).message;
  }
}
