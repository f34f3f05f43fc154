import type { Html } from "../base/index.ts";
import type { Dashboard } from "./dashboard.ts";
import type { Fragment } from "./fragment.ts";

/** A request, read and checked. */
export interface PageRequest {
  readonly dashboard: Dashboard;
  /** Path and query, as links have them. */
  readonly address: string;
  /** The words of the path that a route has left open. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** What a form sent; empty unless the method is POST. */
  readonly form: URLSearchParams;
  /** Aborts when whoever asked is gone, or the dashboard ends. */
  readonly signal: AbortSignal;
}

/** A page without its frame. */
export interface Page {
  readonly title: string;
  /** The part of the dashboard it belongs to: the address of a link in the navigation. */
  readonly part: string;
  readonly body: Html;
  /** Parts of the body are kept up to date from the page's own address. */
  readonly live?: boolean;
  readonly status?: number;
}

export type Answer =
  | ({ readonly kind: "page" } & Page)
  /** To be asked for with GET. */
  | { readonly kind: "elsewhere"; readonly address: string }
  | { readonly kind: "download"; readonly type: string; readonly name: string; readonly text: string };

/** Something to look at: a page, and the parts of it that change while somebody looks. */
export interface View {
  readonly show: (request: PageRequest) => Answer | Promise<Answer>;
  readonly parts?: (request: PageRequest) => readonly LivePart[] | Promise<readonly LivePart[]>;
}

/** Fragments that change together. */
export interface LivePart {
  /** Changes whenever they may have changed; asked for many times a second. */
  readonly version: () => number | string;
  readonly render: () => readonly Fragment[] | Promise<readonly Fragment[]>;
}

/** Something to do; its answer leads on. */
export type Action = (request: PageRequest) => Answer | Promise<Answer>;

export function page(content: Page): Answer {
  return { kind: "page", ...content };
}

export function elsewhere(address: string): Answer {
  return { kind: "elsewhere", address };
}
