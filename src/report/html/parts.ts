import { foreignText, html, type Html, type HtmlValue } from "../../base/index.ts";
import { formatInterval, formatScore, shortId, type Estimate } from "../format.ts";

/** A part of a page with a heading, which links can point at. */
export function section(id: string, title: string, body: HtmlValue): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>\n`;
}

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => HtmlValue;
  /** Figures are set to the right. */
  readonly figure?: boolean;
  /** Long texts are given room where the page is narrow. */
  readonly words?: boolean;
}

/** A table that scrolls sideways where the page is narrow. The first column names the row. */
export function dataTable<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  const kind = ({ figure, words }: Column<Row>): HtmlValue =>
    figure === true ? html` class="figure"` : words === true && html` class="words"`;
  const cellOf = (column: Column<Row>, index: number, row: Row): Html =>
    index === 0
      ? html`<th scope="row"${kind(column)}>${column.cell(row)}</th>`
      : html`<td${kind(column)}>${column.cell(row)}</td>`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col"${kind(column)}>${column.head}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${columns.map((column, index) => cellOf(column, index, row))}</tr>\n`)}</tbody></table></div>`;
}

/** Something long that is folded away. A page that is kept up to date puts in what stands between the marks when it is unfolded. */
export function folded(summary: HtmlValue, content: HtmlValue): Html {
  return html`<details class="folded"><summary>${summary}</summary><!--folded-->${content}<!--/folded--></details>`;
}

/** Names and what they are, for facts that are no table. */
export function facts(rows: readonly (readonly [name: string, value: HtmlValue])[]): Html {
  return html`<dl>${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** "0.412 [0.350, 0.470] n=160", the interval and the number a little quieter. */
export function estimate({ score, interval, n }: Estimate): Html {
  return html`<span class="estimate">${formatScore(score)} <small>${formatInterval(interval)} n=${n}</small></span>`;
}

/** A genome by the first digits of its hash. */
export function genomeName(id: string): Html {
  return html`<code>${shortId(id)}</code>`;
}

/** What a model or a file said, in a line of running text. */
export function said(text: string, most = 200): Html {
  return foreignText(text.replaceAll(/\s+/g, " ").trim(), most);
}

export function paragraph(...parts: readonly HtmlValue[]): Html {
  return html`<p>${parts}</p>`;
}

/** A sentence that explains how to read what stands above it. */
export function note(...parts: readonly HtmlValue[]): Html {
  return html`<p class="note">${parts}</p>`;
}
