import { plainText, visibleText } from "../base/index.ts";
import { markdownText } from "./markdown.ts";
import { markdownTable, textTable } from "./table.ts";
import { wrapText } from "./text-width.ts";

/** A report said once, rendered in several forms. */
export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "code"; readonly text: string }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly (string | number)[])[];
      /** Indexes of columns aligned to the right. */
      readonly right?: readonly number[];
    };

/** For files: Markdown with the title as its first heading. */
export function renderMarkdown(title: string, blocks: readonly Block[]): string {
  const parts = blocks.map((block) => {
    switch (block.kind) {
      case "heading":
        return `## ${markdownText(block.text)}`;
      case "paragraph":
        return markdownText(block.text);
      case "list":
        return block.items.map((item) => `- ${markdownText(item).replaceAll("\n", "\n  ")}`).join("\n");
      case "code":
        return fenced(visibleText(block.text));
      case "table":
        return markdownTable(block.head, block.rows);
    }
  });
  return `${[`# ${markdownText(title)}`, ...parts].join("\n\n")}\n`;
}

/** For terminals and text files. With a width, in columns, everything but code wraps to it. */
export function renderText(title: string, blocks: readonly Block[], width = Number.POSITIVE_INFINITY): string {
  const wrapped = (text: string, indent = ""): string => wrapText(text, width - indent.length).join(`\n${indent}`);
  const parts = blocks.map((block) => {
    switch (block.kind) {
      case "heading":
        return block.text.toUpperCase();
      case "paragraph":
        return wrapped(block.text);
      case "list":
        return block.items.map((item) => `- ${wrapped(item, "  ")}`).join("\n");
      case "code":
        return block.text.replaceAll(/^/gm, "    ");
      case "table":
        return textTable(block.head, block.rows, block.right, width);
    }
  });
  return plainText(`${[wrapped(title), ...parts].join("\n\n")}\n`);
}

/** A fence longer than any run of backticks inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
