import { foreignText, html, type Html } from "../../base/index.ts";
import { facts, formatCount, formatDuration, formatMoney, formatScore, judgeNote, said } from "../../report/index.ts";
import {
  rateByKey,
  rolloutContext,
  viewRollout,
  type RolloutContext,
  type RolloutView,
} from "../../workbench/index.ts";
import { elsewhere, page, type Action, type Page, type PageRequest, type View } from "../answer.ts";
import { formAgain } from "../failure.ts";
import { givenNumber } from "../form-data.ts";
import { actForm, choice, field, genomeLink, given, textField, time } from "../parts.ts";
import { link } from "../router.ts";
import { traceSteps } from "./trace.ts";

/** One rollout: what happened, step by step, what it took, how it was scored, and what people say of it. */
export const rolloutView: View = {
  show: async (request) => page(await rolloutPage(request, request.query)),
};

export const rateAction: Action = async (request) => {
  const { dashboard, params, form } = request;
  const { record } = viewRollout(dashboard.workbench, params["key"] ?? "");
  try {
    rateByKey(dashboard.workbench, record.key, given(form, "dataset") ?? "", {
      score: givenNumber(form, "score", 0, 1),
      answer: given(form, "answer"),
      comment: given(form, "comment"),
      author: given(form, "author"),
    });
    return elsewhere(`${link(["rollouts", record.key], { author: given(form, "author") })}#people`);
  } catch (error) {
    return formAgain(error, (trouble) => rolloutPage(request, form, trouble));
  }
};

async function rolloutPage(
  { dashboard: { workbench }, params }: PageRequest,
  fields: URLSearchParams,
  trouble?: Html,
): Promise<Page> {
  const view = viewRollout(workbench, params["key"] ?? "");
  const context = await rolloutContext(workbench, view);
  const { record, kept, trace } = view;
  const { score, objectives, usage } = kept;
  return {
    title: `Rollout on ${record.task}`,
    part: "/",
    body: html`<h1>Rollout on <bdi>${record.task}</bdi></h1>
${facts([
  ["Genome", genomeLink(record.genome)],
  ["Task", html`${taskLink(record.task, context)}, ${record.split}, repeat ${record.repeat}`],
  [
    "Score",
    html`<strong>${formatScore(score)}</strong> <small>${Object.entries(objectives)
      .map(([name, value]) => `${name} ${formatScore(value)}`)
      .join(", ")}</small>`,
  ],
  [
    "Took",
    `${usage.modelCalls} model calls, ${formatCount(usage.inputTokens)} tokens in, ${formatCount(usage.outputTokens)} out, ${formatMoney(usage.usd)}, ${formatDuration(usage.milliseconds / 1000)}`,
  ],
])}
${context.judges.map((judge) => judgeNote(judge))}
${asked(context, record.split)}
<section aria-labelledby="trace-title"><h2 id="trace-title">What happened</h2>${trace === undefined ? html`<p class="empty">The trace was not kept.</p>` : traceSteps(trace)}</section>
${checked(kept)}
<section id="people" aria-labelledby="people-title"><h2 id="people-title">What people say of it</h2>${ratings(context)}${trouble}${rateForm(view, context, fields)}</section>`,
  };
}

function taskLink(task: string, { datasets }: RolloutContext): Html {
  const [dataset] = datasets;
  const address = dataset === undefined ? link(["tasks", task]) : link(["datasets", dataset, "tasks", task]);
  return html`<a href="${address}">${said(task, 100)}</a>`;
}

/** Texts of the sealed test are not shown. */
function asked({ task }: RolloutContext, split: string): Html {
  if (task === undefined || split === "test") return html``;
  return html`<section aria-labelledby="asked-title"><h2 id="asked-title">What was asked</h2><pre>${foreignText(task.input, 20_000)}</pre></section>`;
}

/** What checks and judges made of it. */
function checked({ feedback, verdicts = [] }: RolloutView["kept"]): Html {
  if (feedback.length === 0 && verdicts.length === 0) return html``;
  return html`<section aria-labelledby="feedback-title"><h2 id="feedback-title">What the checks said</h2>
${feedback.length > 0 && html`<ul class="feedback">${feedback.map((sentence) => html`<li>${said(sentence, 800)}</li>`)}</ul>`}
${verdicts.length > 0 && html`<ul class="labels">${verdicts.map(({ judge, rubric, score, reason }) => html`<li><strong>${formatScore(score)}</strong> by the judge ${said(judge, 120)} <small>on “${said(rubric, 200)}”</small><p>${said(reason, 1000)}</p></li>`)}</ul>`}</section>`;
}

function ratings({ ratings: rows }: RolloutContext): Html {
  if (rows.length === 0) return html`<p class="empty">Nobody has rated it yet.</p>`;
  return html`<ul class="labels">${rows.map(
    ({
      author,
      score,
      answer,
      comment,
      at,
    }) => html`<li>${time(at)} <strong>${said(author, 60)}</strong>${score !== undefined && html`: ${formatScore(score)}`}
${answer !== undefined && html`<p>Right would have been: ${foreignText(answer, 2000)}</p>`}${comment !== "" && html`<p class="said">${foreignText(comment, 4000)}</p>`}</li>`,
  )}</ul>`;
}

const scores = [
  ["", "no score"],
  ["1", "1, right"],
  ["0.75", "0.75"],
  ["0.5", "0.5, good enough"],
  ["0.25", "0.25"],
  ["0", "0, wrong"],
] as const;

function rateForm({ record }: RolloutView, { datasets }: RolloutContext, fields: URLSearchParams): Html {
  const value = (name: string): string | undefined => given(fields, name);
  const dataset =
    datasets.length === 0
      ? field({
          name: "dataset",
          label: "Dataset",
          hint: "which the task is of",
          value: value("dataset"),
          required: true,
        })
      : choice({ name: "dataset", label: "Dataset", value: value("dataset") ?? datasets[0] }, datasets);
  return actForm(
    link(["rollouts", record.key]),
    html`${choice({ name: "score", label: "The answer is", value: value("score") }, scores)}${dataset}
${field({ name: "author", label: "Who says so", hint: "you, when empty", value: value("author") })}
${textField({ name: "answer", label: "Right would have been", hint: "can become a check", value: value("answer") }, 2)}
${textField({ name: "comment", label: "Comment", value: value("comment") }, 2)}`,
    "Keep this rating",
  );
}
