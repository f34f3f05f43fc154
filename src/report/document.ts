import { markdownTable, textTable } from "./table.ts";

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

export function renderMarkdown(title: string, blocks: readonly Block[]): string {
  const parts = blocks.map((block) => {
    switch (block.kind) {
      case "heading":
        return `## ${block.text}`;
      case "paragraph":
        return block.text;
      case "list":
        return block.items.map((item) => `- ${item}`).join("\n");
      case "code":
        return fenced(block.text);
      case "table":
        return markdownTable(block.head, block.rows);
    }
  });
  return `${[`# ${title}`, ...parts].join("\n\n")}\n`;
}

export function renderText(title: string, blocks: readonly Block[]): string {
  const parts = blocks.map((block) => {
    switch (block.kind) {
      case "heading":
        return block.text.toUpperCase();
      case "paragraph":
        return block.text;
      case "list":
        return block.items.map((item) => `- ${item}`).join("\n");
      case "code":
        return block.text.replaceAll(/^/gm, "    ");
      case "table":
        return textTable(block.head, block.rows, block.right);
    }
  });
  return stripControl(`${[title, ...parts].join("\n\n")}\n`);
}

/** Takes escape sequences and other control characters out of text that a model or a file supplied. */
function stripControl(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replaceAll(/\u001B\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, "");
}

/** A fence longer than any run of backticks inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
