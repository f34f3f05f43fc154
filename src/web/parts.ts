import { html, type Html, type HtmlValue } from "../base/index.ts";
import { formatTime, shortId } from "../report/index.ts";
import { link } from "./router.ts";

interface FieldOptions {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly hint?: string;
  readonly required?: boolean;
}

function below(hint: string | undefined): Html {
  return html`${hint !== undefined && html`<small>${hint}</small>`}`;
}

/** A line to write in. */
export function field(
  { name, label, value, hint, required }: FieldOptions,
  type: "text" | "number" | "search" = "text",
): Html {
  return html`<label class="field"><span>${label}</span>
<input name="${name}" type="${type}" value="${value ?? ""}"${type === "number" && html` step="any" min="0"`}${required === true && html` required`}>${below(hint)}</label>`;
}

/** A line to write in, with what may well be meant. */
export function suggested({ name, label, value, hint, required }: FieldOptions, words: readonly string[]): Html {
  return html`<label class="field"><span>${label}</span>
<input name="${name}" list="${name}-list" value="${value ?? ""}"${required === true && html` required`}>${below(hint)}</label>
<datalist id="${name}-list">${words.map((word) => html`<option value="${word}"></option>`)}</datalist>`;
}

/** Room for longer texts. */
export function textField({ name, label, value, hint, required }: FieldOptions, rows = 4): Html {
  return html`<label class="field wide"><span>${label}</span>
<textarea name="${name}" rows="${rows}"${required === true && html` required`}>${`\n${value ?? ""}`}</textarea>${below(hint)}</label>`;
}

/** One of several. An option is its value, or value and name. */
export function choice(
  { name, label, value, hint }: FieldOptions,
  options: readonly (string | readonly [value: string, name: string])[],
): Html {
  const pairs = options.map((option) => (typeof option === "string" ? ([option, option] as const) : option));
  return html`<label class="field"><span>${label}</span><select name="${name}">
${pairs.map(([word, shown]) => html`<option value="${word}"${word === (value ?? "") && html` selected`}>${shown}</option>`)}</select>${below(hint)}</label>`;
}

export function hidden(fields: Readonly<Record<string, string>>): Html {
  return html`${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;
}

/** A form that asks: its fields stand in the address, so that every state has a link. */
export function askForm(address: string, fields: HtmlValue, label = "Show"): Html {
  return html`<form class="fields" action="${address}" method="get">${fields}<button>${label}</button></form>`;
}

/** A form that changes something. */
export function actForm(
  address: string,
  fields: HtmlValue,
  label: string,
  kind: "main" | "plain" | "danger" = "main",
): Html {
  return html`<form class="fields" action="${address}" method="post">${fields}<p class="send"><button class="${kind}">${label}</button></p></form>`;
}

/** A button alone that changes something. */
export function button(
  address: string,
  label: HtmlValue,
  kind: "main" | "plain" | "danger" = "plain",
  fields: Readonly<Record<string, string>> = {},
): Html {
  return html`<form class="inline" action="${address}" method="post">${hidden(fields)}<button class="${kind}">${label}</button></form>`;
}

export function genomeLink(id: string, name?: HtmlValue): Html {
  return html`<a href="${link(["genomes", `hash:${id}`])}">${name ?? html`<code>${shortId(id)}</code>`}</a>`;
}

export function runLink(run: string): Html {
  return html`<a href="${link(["runs", run])}"><bdi>${run}</bdi></a>`;
}

export function time(at: number): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${formatTime(at)}</time>`;
}

/** Pages of a long list. */
export function pages(total: number, size: number, at: number, address: (page: number) => string): Html {
  const last = Math.max(1, Math.ceil(total / size));
  if (last === 1) return html``;
  return html`<nav class="pages" aria-label="Pages">${at > 1 && html`<a href="${address(at - 1)}" rel="prev">Newer</a>`}
<span>Page ${at} of ${last}</span>${at < last && html`<a href="${address(at + 1)}" rel="next">Older</a>`}</nav>`;
}

/** Reads the number of a page from a query. */
export function pageNumber(query: URLSearchParams): number {
  const asked = Number(query.get("page") ?? "1");
  return Number.isInteger(asked) && asked > 0 && asked < 1e6 ? asked : 1;
}

/** A member of a query or form that is there and not empty. */
export function given(fields: URLSearchParams, name: string): string | undefined {
  const value = fields.get(name)?.trim();
  return value === undefined || value === "" ? undefined : value;
}
