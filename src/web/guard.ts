import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { AlleleError } from "../base/index.ts";

/** Who may ask. */
export interface Guard {
  /** Undefined: whoever is on this machine. */
  readonly token: string | undefined;
  readonly port: number;
}

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Refuses what a foreign web page could have sent. Without a token only names of this machine are answered, so that no name that a stranger
 * points at it is (DNS rebinding); what changes something must come from the dashboard's own pages. Throws `foreign-host`, `foreign-page`.
 */
export function refuseForeign({ method, headers }: IncomingMessage, { token }: Guard): void {
  const host = headers.host ?? "";
  if (token === undefined && !loopback.has(host.replace(/:\d+$/, "").toLowerCase())) {
    throw new AlleleError({
      code: "foreign-host",
      message: `the name "${host}" is not one of this machine's`,
      hint: "Open the address that allele serve printed; another machine needs --host and its token.",
    });
  }
  if (method === "GET" || method === "HEAD") return;
  const { origin } = headers;
  const isOwn = origin === undefined ? headers["sec-fetch-site"] === "same-origin" : sameHost(origin, host);
  if (isOwn) return;
  throw new AlleleError({
    code: "foreign-page",
    message: `changes are taken from the dashboard's own pages only${origin === undefined ? "" : `, not from ${origin}`}`,
    hint: "Open the dashboard itself and try there.",
  });
}

function sameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

export type Admission = "in" | "enter" | "out";

/** `enter`: the address carries the token, which then becomes a cookie. */
export function admissionOf({ headers }: IncomingMessage, query: URLSearchParams, { token, port }: Guard): Admission {
  if (token === undefined) return "in";
  if (isSame(query.get("token"), token)) return "enter";
  const cookies = (headers.cookie ?? "").split(/;\s*/).map((cookie) => cookie.split("="));
  return cookies.some(([name, value]) => name === cookieName(port) && isSame(value, token)) ? "in" : "out";
}

/** Browsers tell hosts apart in cookies, but not ports. */
export function cookieOf({ token, port }: Guard): string {
  return `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict; Path=/`;
}

function cookieName(port: number): string {
  return `allele-${port}`;
}

function isSame(given: string | null | undefined, token: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return typeof given === "string" && timingSafeEqual(digest(given), digest(token));
}
