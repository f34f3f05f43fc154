import { AlleleError, html, type Html } from "../../base/index.ts";
import { said } from "../../report/index.ts";
import {
  addChild,
  addHypothesis,
  pinCandidate,
  steeringVersion,
  unpinCandidate,
  vetoChild,
  type SteeringView,
} from "../../workbench/index.ts";
import { elsewhere, page, type Action, type LivePart, type Page, type PageRequest, type View } from "../answer.ts";
import type { Dashboard } from "../dashboard.ts";
import { formAgain } from "../failure.ts";
import { fragment, type Fragment } from "../fragment.ts";
import { actForm, choice, given, hidden, runLink, suggested, textField } from "../parts.ts";
import { link } from "../router.ts";
import { referenceNames } from "./names.ts";
import { statusWord } from "./run-status.ts";
import { childCards, poolTable } from "./steer-parts.ts";

/** Taking part in a run: what is being measured, who is in the pool, and what people have said. */
export const steerView: View = {
  show: async (request) => page(await steerPage(request)),
  parts: ({ dashboard, params }): readonly LivePart[] => {
    const run = params["run"] ?? "";
    return [
      {
        version: () => steeringVersion(dashboard.workbench, run),
        render: async () => fragmentsOf(await steeringOf(dashboard, run)),
      },
    ];
  },
};

/** One thing that a person says to a run; it is taken between two iterations. */
export const steerAction: Action = async (request) => {
  const run = request.params["run"] ?? "";
  try {
    say(request, run);
    return elsewhere(link(["runs", run, "steer"]));
  } catch (error) {
    return formAgain(error, (trouble) => steerPage(request, trouble));
  }
};

function say({ dashboard: { workbench }, form }: PageRequest, run: string): void {
  const word = given(form, "child") ?? "";
  const what = given(form, "what") ?? "";
  switch (what) {
    case "veto":
      vetoChild(workbench, run, word);
      break;
    case "pin":
      pinCandidate(workbench, run, word);
      break;
    case "unpin":
      unpinCandidate(workbench, run, word);
      break;
    case "hypothesis":
      addHypothesis(workbench, run, given(form, "gene") ?? "", form.get("text") ?? "");
      break;
    case "child":
      addChild(workbench, run, given(form, "genome") ?? "");
      break;
    default:
      throw new AlleleError({
        code: "bad-field",
        message: `what: "${what}" is nothing that can be said to a run`,
        hint: "Use the buttons of the page.",
      });
  }
}

/** As of now, however often it is asked for. Rejects with what `viewSteering` throws. */
export function steeringOf({ workbench, aside }: Dashboard, run: string): Promise<SteeringView> {
  return aside.steering(run, steeringVersion(workbench, run));
}

async function steerPage({ dashboard, params, form }: PageRequest, trouble?: Html): Promise<Page> {
  const run = params["run"] ?? "";
  const view = await steeringOf(dashboard, run);
  return {
    title: `Steer ${run}`,
    part: "/",
    live: true,
    body: html`<h1>Steer run ${runLink(run)} ${statusWord(dashboard, run, view.status)}</h1>${trouble}
${fragmentsOf(view).map(fragment)}
${view.searching && ownIdeas(view, referenceNames(dashboard.workbench), form)}`,
  };
}

/** These stay as they are while the page changes: somebody may be writing in them. */
function ownIdeas({ run, genes }: SteeringView, names: readonly string[], form: URLSearchParams): Html {
  const address = link(["runs", run, "steer"]);
  return html`<section aria-labelledby="hypothesis-title"><h2 id="hypothesis-title">Say what is wrong</h2>
${actForm(
  address,
  html`${hidden({ what: "hypothesis" })}${choice({ name: "gene", label: "Gene", value: given(form, "gene") }, genes)}
${textField({ name: "text", label: "Hypothesis", hint: "what is wrong, and which change to the gene would mend it; the next reflection on it starts from this", value: given(form, "text"), required: true }, 3)}`,
  "Say it",
)}</section>
<section aria-labelledby="child-title"><h2 id="child-title">Try a child of your own</h2>
${actForm(
  address,
  html`${hidden({ what: "child" })}${suggested({ name: "genome", label: "Genome", hint: "a file of the project or anything that names a genome, with the genes of the run's seed", value: given(form, "genome"), required: true }, names)}`,
  "Measure it",
)}<p class="note">It has an iteration of its own: the same screen and race as any child. To change one gene of a candidate, use its <em>Edit</em>.</p></section>`;
}

function fragmentsOf(view: SteeringView): readonly Fragment[] {
  return [
    {
      id: "steer-pending",
      content: html`<p>${situation(view)}</p><section aria-labelledby="pending-title"><h2 id="pending-title">Being measured</h2>${childCards(view)}</section>`,
    },
    {
      id: "steer-said",
      content: html`${view.said.length > 0 && html`<section aria-labelledby="said-title"><h2 id="said-title">What people said</h2>${saidList(view)}</section>`}`,
    },
    {
      id: "steer-pool",
      content: html`<section aria-labelledby="pool-title"><h2 id="pool-title">Pool</h2>${poolTable(view)}</section>`,
    },
  ];
}

/** What people said, the newest first, each with what came of it. */
export function saidList({ said: rows }: Pick<SteeringView, "said">): Html {
  if (rows.length === 0) return html``;
  return html`<ol class="told" reversed>${rows.toReversed().map((row) => html`<li><time>${row.at}</time> ${said(row.said, 200)} <small>${said(row.outcome, 400)}</small></li>`)}</ol>`;
}

function situation({ searching, worked_on }: SteeringView): string {
  if (!searching) return "The search has ended: there is nothing left to steer.";
  return worked_on
    ? "What you say is taken when the run writes its next iteration."
    : "Nobody works on the run now. What you say is taken after its first iteration when it is resumed.";
}
