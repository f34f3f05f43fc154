import { AlleleError, html, type Html } from "../../base/index.ts";
import { comparisonSections, said, shortId } from "../../report/index.ts";
import { compareSeveral } from "../../workbench/index.ts";
import { elsewhere, page, type Action, type Page, type View } from "../answer.ts";
import type { Dashboard } from "../dashboard.ts";
import { formAgain } from "../failure.ts";
import { givenLines, givenWholeNumber, givenWord } from "../form-data.ts";
import { actForm, choice, field, genomeLink, given, suggested, textField } from "../parts.ts";
import { link } from "../router.ts";
import { datasetNames, referenceNames } from "./names.ts";

const splits = ["validation", "train", "test"] as const;

/** Asks which ones; measuring is started by a button, for it may cost, and opening the sealed test is counted. */
export const compareView: View = {
  show: async ({ dashboard, query }) => page(await compareForm(dashboard, query)),
};

export const compareAction: Action = async ({ dashboard, form }) => {
  try {
    return elsewhere(link(["jobs", start(dashboard, form)]));
  } catch (error) {
    return formAgain(error, (trouble) => compareForm(dashboard, form, trouble));
  }
};

async function compareForm({ workbench }: Dashboard, fields: URLSearchParams, trouble?: Html): Promise<Page> {
  const value = (name: string): string | undefined => given(fields, name);
  return {
    title: "Compare",
    part: "/compare",
    body: html`<h1>Is B better than A?</h1>
<p>All work on the same tasks. What was measured before is read back; the rest is measured now and costs what it costs.</p>${trouble}
${actForm(
  "/compare",
  html`${suggested({ name: "a", label: "A, what is in use", hint: "file, run, RUN#3, PROFILE@channel, hash", value: value("a"), required: true }, referenceNames(workbench))}
${textField({ name: "b", label: "B, what wants its place", hint: "one a line; the p values of several are corrected for their number", value: value("b"), required: true }, 3)}
${suggested({ name: "dataset", label: "Dataset", hint: "the one B comes from when empty", value: value("dataset") }, await datasetNames(workbench))}
${choice({ name: "split", label: "Split", hint: "opening test is counted", value: value("split") }, splits)}
${field({ name: "repeats", label: "Repeats", hint: "how often each task is run", value: value("repeats") ?? "1" }, "number")}
${textField({ name: "tasks", label: "Traces of these tasks", hint: "one a line; of tasks that flipped when empty", value: value("tasks") }, 2)}`,
  "Compare",
)}`,
  };
}

function start({ workbench, jobs }: Dashboard, form: URLSearchParams): string {
  const [a, dataset] = [given(form, "a") ?? "", given(form, "dataset")];
  const [bs, tasks] = [givenLines(form, "b"), givenLines(form, "tasks")];
  const split = givenWord(form, "split", splits);
  const repeats = givenWholeNumber(form, "repeats", 1) ?? 1;
  if (bs.length === 0) throw nobody();
  return jobs.start({
    title: `Compare ${[a, ...bs].join(" and ")} on ${split}`,
    key: `compare ${JSON.stringify([a, bs, dataset, split, repeats, tasks])}`,
    again: link(["compare"], { a, b: bs.join("\n"), dataset, split, repeats, tasks: tasks.join("\n") }),
    work: async (onLive, signal) => {
      const request = { a, bs, dataset, split, repeats, tasks, traces: true, signal, onLive };
      return answer(await compareSeveral(workbench, request));
    },
  });
}

function nobody(): AlleleError {
  return new AlleleError({
    code: "bad-field",
    message: "b: nothing is compared with A",
    hint: "Name at least one that wants its place.",
  });
}

/** What was compared, then all that came of it. */
function answer(view: Awaited<ReturnType<typeof compareSeveral>>): Html {
  const { a, challenges, dataset, split, model } = view;
  const named = ({ id, label }: typeof a): Html =>
    html`${genomeLink(id, said(label, 80))} <small>${shortId(id)}</small>`;
  const sections = comparisonSections(view, {
    task: (task) => html`<a href="${link(["datasets", dataset, "tasks", task])}">${said(task, 100)}</a>`,
    genome: named,
  });
  return html`<p>A is ${named(a)}, on ${said(dataset, 80)}, ${split}. <small>${said(model, 100)}</small></p>${sections}
<section aria-labelledby="genes-title"><h2 id="genes-title">What differs between their genes</h2><ul>${challenges.map(
    ({ b }) =>
      html`<li><a href="${link(["genomes", `hash:${b.id}`], { against: `hash:${a.id}` })}">${said(b.label, 80)} beside ${said(a.label, 80)}</a></li>`,
  )}</ul></section>`;
}
