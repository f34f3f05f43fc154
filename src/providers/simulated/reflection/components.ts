import { firstFence } from "./request.ts";
import type { AskedKind } from "./named-component.ts";

/** One part of an agent as a request shows it: a heading with its name and kind, and its value in a fence. */
export interface Component {
  readonly id: string;
  readonly kind: AskedKind;
  readonly current: string;
  readonly frozen: boolean;
  /** Characters, or items of a list, that it may have. */
  readonly most: number;
}

const headed =
  /^#{2,4}\s+([\w.-]+)\s+\((text|rules|demos|tool|enum|model|number|boolean|set|strategy)\b([^\n]*)\)[ \t]*$/gm;

/** The parts of the agent that a request shows, and the rest of it behind them. */
export function readComponents(text: string): { readonly components: readonly Component[]; readonly rest: string } {
  const components: Component[] = [];
  let end = 0;
  for (const head of text.matchAll(headed)) {
    const [line, id = "", kind = "text", facts = ""] = head;
    const from = head.index + line.length;
    if (head.index < end) continue;
    const fence = firstFence(text.slice(from));
    if (fence === undefined) continue;
    end = from + fence.end;
    const most = Number(/at most (\d+)/.exec(facts)?.[1] ?? 1500) * (kind === "text" ? 4 : 1);
    const kinds = kind === "model" ? "enum" : (kind as AskedKind);
    components.push({ id, kind: kinds, current: fence.body, frozen: /\bfrozen\b/.test(facts), most });
  }
  return { components, rest: text.slice(end) };
}
