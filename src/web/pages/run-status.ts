import { html, type Html } from "../../base/index.ts";
import type { Dashboard } from "../dashboard.ts";

/** What a run is doing, in a word. One that was started here a moment ago has not taken its lock yet. */
export function statusOf({ runs }: Dashboard, run: string, status: string): string {
  return status !== "running" && status !== "finished" && runs.isGoing(run) ? "starting" : status;
}

export function statusWord(dashboard: Dashboard, run: string, status: string): Html {
  const word = statusOf(dashboard, run, status);
  return html`<span class="status ${word}">${word}</span>`;
}
