import { AlleleError, foreignText, formatLocation, html, messageOf, type Html } from "../base/index.ts";
import { page, type Answer, type Page } from "./answer.ts";

const statuses: Readonly<Record<string, number>> = {
  "token-needed": 401,
  "foreign-host": 403,
  "foreign-page": 403,
  "wrong-method": 405,
  "body-too-large": 413,
  "not-a-form": 415,
  "run-locked": 409,
  "run-exists": 409,
  "still-thinking": 409,
};

function statusOf(error: unknown): number {
  if (!(error instanceof AlleleError)) return 500;
  if (error.code.startsWith("unknown-")) return 404;
  const byKind = { input: 400, outside: 502, interrupted: 503, defect: 500 };
  return statuses[error.code] ?? byKind[error.kind];
}

/** What is wrong, where, and what to do; never a stack. */
export function failurePage(error: unknown): Page {
  const status = statusOf(error);
  const title = status === 404 ? "Not found" : status >= 500 ? "That failed" : "That does not work";
  return { title, part: "", status, body: html`<h1>${title}</h1>${failure(error)}<p><a href="/">All runs</a></p>` };
}

/** A form again, with what was written in it and what is wrong with that. A defect is none of the form's. */
export async function formAgain(error: unknown, form: (trouble: Html) => Page | Promise<Page>): Promise<Answer> {
  if (!(error instanceof AlleleError)) throw error;
  return page({ ...(await form(failure(error))), status: statusOf(error) });
}

/** The same as a part of a page. */
export function failure(error: unknown): Html {
  if (!(error instanceof AlleleError)) {
    return html`<div class="failure" role="alert"><p><strong>${foreignText(messageOf(error), 1000)}</strong></p><p>This is a defect in Allele.</p></div>`;
  }
  const { message, where, hint, code } = error;
  return html`<div class="failure" role="alert"><p><strong>${foreignText(message, 1000)}</strong></p>
${where !== undefined && html`<p>at <code>${foreignText(formatLocation(where), 400)}</code></p>`}
${hint !== undefined && html`<p>${foreignText(hint, 1000)}</p>`}<p><small>${code}</small></p></div>`;
}
