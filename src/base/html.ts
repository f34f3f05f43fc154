import { clippedText, visibleText } from "./visible-text.ts";

const brand: unique symbol = Symbol("markup");

/** Markup that may stand in a page as it is. Only `html`, `trustedHtml` and what is built on them make it: no data can pass for it. */
export interface Html {
  readonly [brand]: string;
}

/** What can be put into a template. Nothing is shown for `undefined`, `null` and `false`; the members of an array follow each other. */
export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[];

/**
 * A template of markup, for HTML and SVG. Every value is escaped, for text and for attributes in quotes alike, and nothing in it stays hidden
 * (`visibleText`). In an attribute that holds an address, anything but http(s), a path or a fragment becomes `#`.
 * Throws TypeError where no escaping would help: a value in an attribute without quotes, or in an `on...` or `style` attribute.
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const places = placesOf(parts);
  const markup = values.map((value, index) => expressed(value, places[index] ?? "text") + (parts[index + 1] ?? ""));
  return { [brand]: (parts[0] ?? "") + markup.join("") };
}

/** The one way for markup that was not made by `html`: only for texts of this program, never for anything that came from outside. */
export function trustedHtml(markup: string): Html {
  return { [brand]: markup };
}

export function markupOf(value: Html): string {
  return value[brand];
}

/** A foreign text, kept apart from the direction of writing around it and cut at `most` characters with the rest stated. */
export function foreignText(text: string, most = 2000): Html {
  return html`<bdi>${clippedText(text, most)}</bdi>`;
}

/** Data for a script of the page: `<script type="application/json" id="...">`, which no text inside can end. */
export function dataScript(id: string, data: unknown): Html {
  const json = JSON.stringify(data)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
  return html`<script type="application/json" id="${id}">${trustedHtml(json)}</script>`;
}

type Place = "text" | "address";

const known = new WeakMap<TemplateStringsArray, readonly Place[]>();

/** Where the values of a template stand; found once for each template. */
function placesOf(parts: TemplateStringsArray): readonly Place[] {
  const found = known.get(parts) ?? findPlaces(parts.slice(0, -1));
  known.set(parts, found);
  return found;
}

function findPlaces(parts: readonly string[]): readonly Place[] {
  let inTag = false;
  return parts.map((part) => {
    const [opened, closed] = [part.lastIndexOf("<"), part.lastIndexOf(">")];
    if (opened !== closed) inTag = opened > closed;
    return inTag ? placeInTag(part) : "text";
  });
}

function placeInTag(before: string): Place {
  const attribute = /([^\s"'<>/=]+)\s*=\s*(["']?)([^"'<>]*)$/.exec(before);
  if (attribute === null) return "text";
  const [, name = "", quote, begun] = attribute;
  if (quote === "") throw new TypeError(`the attribute ${name} needs quotes around its value`);
  if (/^on|^style$/i.test(name)) throw new TypeError(`the attribute ${name} takes no values`);
  return begun === "" && addresses.has(name.toLowerCase()) ? "address" : "text";
}

const addresses = new Set(["href", "src", "action", "formaction", "poster", "xlink:href"]);

function expressed(value: HtmlValue, place: Place): string {
  if (value === undefined || value === null || value === false) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return escaped(place === "address" ? safeAddress(value) : value);
  return isList(value) ? value.map((member) => expressed(member, place)).join("") : value[brand];
}

function isList(value: Html | readonly HtmlValue[]): value is readonly HtmlValue[] {
  return Array.isArray(value);
}

function safeAddress(address: string): string {
  return /^(https?:\/\/|[/#?]|\.{0,2}\/|[\w.%~-]+(\/|$|[?#]))/i.test(address) ? address : "#";
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return visibleText(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}
