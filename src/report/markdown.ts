import { clippedText, visibleText } from "../base/index.ts";

/**
 * A text in which Markdown has no effect: no markup, links, images, headings or lists. Brackets stay where they cannot make a link, so that
 * intervals read well in the source too.
 */
export function markdownText(text: string): string {
  return visibleText(text)
    .replaceAll(/[\\`*|~]/g, String.raw`\$&`)
    .replaceAll(/&(?=[#\w]+;)/g, "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/(?<!\w)_|_(?!\w)/g, String.raw`\_`)
    .replaceAll(/\](?=[([:])/g, String.raw`\]`)
    .replaceAll(/^(\s*)(#{1,6}(?=\s|$)|>|[+-](?=\s|$)|[=-]+\s*$)/gm, String.raw`$1\$2`)
    .replaceAll(/^(\s*\d+)([.)])(?=\s|$)/gm, String.raw`$1\$2`);
}

/** A foreign text as code in a line, where nothing in it has an effect: no markup, no mention of a person, no address. Cut at `most` characters. */
export function codeSpan(text: string, most = 120): string {
  const shown = clippedText(visibleText(text).replaceAll(/\s+/g, " ").trim(), most);
  if (shown === "") return "(empty)";
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$/.test(shown) ? " " : "";
  return `${fence}${space}${shown.replaceAll("|", String.raw`\|`)}${space}${fence}`;
}
