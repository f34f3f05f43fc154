import { html, markupOf, textHash, type Html } from "../base/index.ts";

/** A part of a page that is replaced as a whole when it changes. `id` is the id of its element. */
export interface Fragment {
  readonly id: string;
  readonly content: Html;
}

/** The element of a fragment, with what tells its content from any other. */
export function fragment({ id, content }: Fragment): Html {
  return html`<div id="${id}" data-fragment="${digestOf(content)}">${content}</div>\n`;
}

export function digestOf(content: Html): string {
  return textHash(markupOf(content)).slice(5, 21);
}
