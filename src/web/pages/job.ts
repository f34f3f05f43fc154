import { html, type Html } from "../../base/index.ts";
import { said } from "../../report/index.ts";
import { elsewhere, page, type Action, type View } from "../answer.ts";
import { failure } from "../failure.ts";
import { fragment, type Fragment } from "../fragment.ts";
import type { Job } from "../jobs.ts";
import { button } from "../parts.ts";
import { link } from "../router.ts";

/** Something under way, then its answer. */
export const jobView: View = {
  show: ({ dashboard: { jobs }, params }) => {
    const job = jobs.get(params["job"] ?? "");
    return page({
      title: job.title,
      part: "",
      live: true,
      body: html`<h1>${said(job.title, 200)}</h1>${fragmentOf(job).map(fragment)}`,
    });
  },
  parts: ({ dashboard: { jobs }, params }) => {
    const id = params["job"] ?? "";
    return [
      { version: () => `${jobs.get(id).version} ${jobs.get(id).line()}`, render: () => fragmentOf(jobs.get(id)) },
    ];
  },
};

export const cancelAction: Action = ({ dashboard: { jobs }, params }) => {
  const id = params["job"] ?? "";
  jobs.get(id);
  jobs.cancel(id);
  return elsewhere(link(["jobs", id]));
};

function fragmentOf(job: Job): readonly Fragment[] {
  return [{ id: "job", content: content(job) }];
}

function content({ id, state, line, answer, failure: thrown, again }: Job): Html {
  const back = again !== undefined && html`<p><a href="${again}">Change something and ask again</a></p>`;
  switch (state) {
    case "going":
      return html`<p role="status">Under way: ${said(line() === "" ? "starting" : line(), 300)}</p><progress aria-label="Under way"></progress>${button(link(["jobs", id, "cancel"]), "Stop")}<p class="note">The page may be closed: what was measured is kept.</p>`;
    case "failed":
      return html`${failure(thrown)}${back}`;
    case "done":
      return html`${answer}${back}`;
  }
}
