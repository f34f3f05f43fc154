import type { Json } from "../../base/index.ts";
import type { Tool, World } from "../../runtime/index.ts";

/** A recorded call of a tool. */
interface RecordedAction {
  readonly name: string;
  readonly kwargs: Readonly<Record<string, Json>>;
}

/** Carries recorded actions out, one after the other. A call that fails changes nothing; answers the failures. */
export function replay(
  tools: readonly Tool<never>[],
  world: World,
  actions: readonly RecordedAction[],
): readonly { readonly action: RecordedAction; readonly error: unknown }[] {
  return actions.flatMap((action) => {
    try {
      const tool = tools.find(({ name }) => name === action.name);
      if (tool === undefined) throw new Error(`There is no tool ${action.name}.`);
      tool.run(tool.parameters.parse(action.kwargs) as never, { world: world as never });
      return [];
    } catch (error) {
      return [{ action, error }];
    }
  });
}
