/** The kinds of component that a reflection request can ask for. */
export type AskedKind =
  | "text"
  | "rules"
  | "tool"
  | "demos"
  | "enum"
  | "number"
  | "boolean"
  | "set"
  | "strategy"
  | "unknown";

interface NamedComponent {
  readonly id: string;
  readonly kind: Extract<AskedKind, "text" | "rules" | "tool">;
}

/** What stands beside the word "component" as its name, and the line that describes it: in a heading, a label or a member of JSON. */
const mention = /(?:^#{1,6} *|^"?|\n *")component(?: (?:name|key|description))?"?(?::[ \t]*"?|[ \t]*\n+)([^\n"]+)/gim;

/** The component that a text speaks of, by its name and by what is said of its use; a text without a name where nothing is said. */
export function namedIn(text: string): NamedComponent {
  const lines = [...text.matchAll(mention)].map(([, line = ""]) => line.trim()).filter((line) => line !== "");
  const id = /^([\w.-]+)(?=$|[\s:(,])/.exec(lines[0] ?? "")?.[1] ?? "";
  return { id, kind: kindIn(lines.slice(0, 3).join("\n")) };
}

function kindIn(said: string): NamedComponent["kind"] {
  if (/\bdescription\b.{0,80}\btool\b|\btool description\b|\bhow to use (?:the|a) tool\b|^tool\.\w/im.test(said))
    return "tool";
  return /\brules\b.{0,80}\b(?:one a line|each line|list)\b|\blist of rules\b/i.test(said) ? "rules" : "text";
}
