import {
  Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
  visit,
  type Node,
} from "yaml";
import { canonicalJson } from "../base/index.ts";

const LINE_WIDTH = 100;
/** A map or list up to this many characters of JSON stands on one line. */
const FLOW_WIDTH = 90;

/** A new file: long texts as blocks, small genes on one line. */
export function renderNew(data: Readonly<Record<string, unknown>>): string {
  const document = new Document(data);
  styleScalars(document.contents);
  styleGenes(document);
  return document.toString({ lineWidth: LINE_WIDTH });
}

/**
 * Changes `document`, parsed from `text`, so that it holds `data`, and returns the new text: as far as possible the old text with only the
 * changed places exchanged, else the document rendered as a whole. Undefined when `isFaithful` rejects both.
 */
export function rewrite(
  text: string,
  document: Document,
  data: unknown,
  isFaithful: (text: string) => boolean,
): string | undefined {
  const places = changedPlaces(document.toJS(), data);
  if (places.length === 0) return text;
  const isFirstGenes = !document.has("genes");
  document.contents = sync(document, document.contents, data) as typeof document.contents;
  if (isFirstGenes) styleGenes(document);
  const rendered = document.toString({ lineWidth: LINE_WIDTH, indent: indentOf(text) });
  return [splice(text, rendered, places), rendered].find((result) => result !== undefined && isFaithful(result));
}

type Path = readonly (string | number)[];

/** The smallest places that hold all differences. Members that come or go, and items that move, make their whole map or list a place. */
function changedPlaces(before: unknown, after: unknown, path: Path = []): Path[] {
  if (isObject(before) && isObject(after) && Array.isArray(before) === Array.isArray(after)) {
    const [old, now] = [Object.keys(before), Object.keys(after)];
    if (old.length === now.length && now.every((key) => Object.hasOwn(before, key)) && !hasMoved(before, after)) {
      return now.flatMap((key) => changedPlaces(before[key], after[key], [...path, key]));
    }
  }
  return canonicalJson(before) === canonicalJson(after) ? [] : [path];
}

function hasMoved(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const old = before.map(canonicalJson);
  return after.map(canonicalJson).some((item, index) => item !== old[index] && old.includes(item));
}

/** The old text with the changed places taken from the rendered one, or undefined where a place is in only one of them. */
function splice(text: string, rendered: string, places: readonly Path[]): string | undefined {
  const [old, now] = [parseDocument(text), parseDocument(rendered)];
  const patches: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  for (const path of places) {
    const [there, here] = [rangeOf(old, path), rangeOf(now, path)];
    if (there === undefined || here === undefined) return undefined;
    const ending = /\n*$/.exec(text.slice(...there))?.[0] ?? "";
    patches.push({ start: there[0], end: there[1], text: rendered.slice(...here).replace(/\n*$/, () => ending) });
  }
  return patches
    .toSorted((a, b) => b.start - a.start)
    .reduce((result, { start, end, text: part }) => result.slice(0, start) + part + result.slice(end), text);
}

function rangeOf(document: Document, path: Path): readonly [number, number] | undefined {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const range = isNode(node) ? node.range : undefined;
  return range ? [range[0], range[1]] : undefined;
}

/** Makes a node hold `value`, keeping what it can of the node: comments, order, quotes. */
function sync(document: Document, node: unknown, value: unknown): Node {
  if (isNode(node) && canonicalJson(node.toJS(document)) === canonicalJson(value)) return node;
  if (isMap(node) && isObject(value) && !Array.isArray(value)) {
    node.items = node.items.filter((pair) =>
      Object.hasOwn(value, String(isScalar(pair.key) ? pair.key.value : pair.key)),
    );
    for (const [key, member] of Object.entries(value)) node.set(key, sync(document, node.get(key, true), member));
    return node;
  }
  if (isSeq(node) && Array.isArray(value)) {
    node.items = syncItems(document, node.items, value);
    return node;
  }
  if (isScalar(node) && !isObject(value)) {
    node.value = value;
    if (node.type !== Scalar.BLOCK_FOLDED && node.type !== Scalar.BLOCK_LITERAL) styleScalars(node);
    return node;
  }
  const fresh = document.createNode(value);
  styleNew(fresh, document);
  if (isNode(node) && typeof node.commentBefore === "string") fresh.commentBefore = node.commentBefore;
  return fresh;
}

/** Items that stay keep their nodes wherever they moved; an item at a place whose old one is gone takes over its node. */
function syncItems(document: Document, items: readonly unknown[], values: readonly unknown[]): unknown[] {
  const free = new Map(items.map((item, index) => [index, isNode(item) ? canonicalJson(item.toJS(document)) : ""]));
  const kept = values.map((value) => {
    const json = canonicalJson(value);
    const match = [...free].find(([, old]) => old === json)?.[0];
    if (match === undefined) return undefined;
    free.delete(match);
    return items[match];
  });
  return values.map((value, index) => kept[index] ?? sync(document, free.has(index) ? items[index] : undefined, value));
}

/** Each gene in its best form, below a `genes` map of one gene a line or more. */
function styleGenes(document: Document): void {
  const genes = document.get("genes", true);
  if (!isMap(genes)) return;
  genes.flow = false;
  for (const { value } of genes.items) if (isNode(value)) styleNew(value, document);
}

/** Small collections on one line, others spread out; lists of rules and demos always one item a line. */
function styleNew(node: Node, document: Document): void {
  styleScalars(node);
  const compact = (part: unknown): void => {
    if (!isCollection(part)) return;
    const json = canonicalJson(part.toJS(document));
    const isListed = isMap(part) && ["rules", "demos"].includes(String(part.get("type"))) && !json.includes("[]");
    if (!isListed && json.length <= FLOW_WIDTH && !json.includes("\\n")) {
      part.flow = true;
      return;
    }
    part.flow = false;
    for (const item of part.items) {
      const child = isPair(item) ? item.value : item;
      if (isListed && isSeq(child)) for (const entry of child.items) compact(entry);
      else compact(child);
    }
  };
  compact(node);
}

function styleScalars(node: Node | null): void {
  visit(node, {
    Scalar: (key, scalar) => {
      if (key === "key" || typeof scalar.value !== "string") return;
      const text = scalar.value;
      // Blocks cannot hold control characters, other line ends, or lines of nothing but blanks.
      if (/[^\n\P{C}]|[\u2028\u2029]/u.test(text)) scalar.type = Scalar.QUOTE_DOUBLE;
      else if (text.trim() === "") scalar.type = Scalar.QUOTE_DOUBLE;
      else if (text.includes("\n")) scalar.type = Scalar.BLOCK_LITERAL;
      else if (text.length > FLOW_WIDTH) scalar.type = Scalar.BLOCK_FOLDED;
    },
  });
}

/** Columns of the first indented line, so that new lines match the old ones. */
function indentOf(text: string): number {
  return /^[^\s#][^\n]*:[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*( +)\S/m.exec(text)?.[1]?.length ?? 2;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
