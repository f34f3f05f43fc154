import type { Json } from "../base/index.ts";
import type { Check } from "../dataset/index.ts";
import { literal, literalCode } from "./template.ts";

interface Assertion {
  readonly [member: string]: Json;
  readonly type: string;
}

/** The assertion of promptfoo that asks what a check asks, or undefined where there is none. */
export function promptfooAssertion(check: Check): Assertion | undefined {
  const found = assertionOf(check);
  return found === undefined || check.weight === 1 ? found : { ...found, weight: check.weight };
}

function assertionOf(check: Check): Assertion | undefined {
  // promptfoo looks at the whole answer.
  if ("of" in check && check.of !== "answer") return undefined;
  if ("whole_words" in check && check.whole_words) return undefined;
  switch (check.type) {
    case "equals": {
      const right = (Array.isArray(check.value) ? check.value : [check.value]).map(String);
      const compared = check.exact ? "value === output.trim()" : "bare(value) === bare(output)";
      return script(`${check.exact ? "" : bareScript}return ${literalCode(right)}.some((value) => ${compared});`);
    }
    case "contains":
      return { type: cased("contains", check.exact), value: literal(String(check.value)) };
    case "contains_any":
      return { type: cased("contains-any", check.exact), value: check.values.map((value) => literal(String(value))) };
    case "contains_all":
      return { type: cased("contains-all", check.exact), value: check.values.map((value) => literal(String(value))) };
    case "regex":
      return script(
        `return new RegExp(${literalCode(check.pattern)}, ${literalCode(check.flags)}).test(output.trim());`,
      );
    case "json_schema":
      return { type: "contains-json", value: check.schema };
    case "judge": {
      const reference =
        check.reference === undefined ? "" : `\n\nA right answer to hold it against: ${check.reference}`;
      return { type: "llm-rubric", value: literal(`${check.rubric}${reference}`) };
    }
    case "not": {
      const inner = assertionOf(check.check);
      return inner === undefined ? undefined : { ...inner, type: `not-${inner.type}` };
    }
    default:
      return undefined;
  }
}

/** What `equals` does to texts before it compares them, see docs/checks.md; a test holds that both say the same. */
const bareScript = String.raw`const bare = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim()
  .replace(/^[\s"'“”‘’${"`"}*_([{<]+/u, "").replace(/[\s"'“”‘’${"`"}*_)\]}>.!,;:]+$/u, "");
`;

function script(body: string): Assertion {
  return { type: "javascript", value: body };
}

function cased(type: string, exact: boolean): string {
  return exact ? type : `i${type}`;
}
