import type { Tool, ToolModule } from "../runtime/index.ts";

/**
 * The same tools, of which those that may change the world are not carried out: whoever calls one is told so. Tools say themselves whether they
 * only read; what the module does in `createWorld` is its own affair.
 */
export function holdWrites(module: ToolModule): ToolModule {
  return {
    ...module,
    createWorld: (spec) => module.createWorld(spec),
    tools: module.tools.map((tool): Tool<never> => (tool.effect === "write" ? { ...tool, run: held } : tool)),
  };
}

function held(): never {
  throw new Error("This agent only looks on: nothing that changes anything is carried out.");
}
