import { html, type Html } from "../../base/index.ts";
import { geneChanges, shortId } from "../../report/index.ts";
import { editChild, viewChild, type EditableGene } from "../../workbench/index.ts";
import { elsewhere, page, type Action, type Page, type PageRequest, type View } from "../answer.ts";
import { failure, formAgain } from "../failure.ts";
import { actForm, given, hidden, runLink, textField } from "../parts.ts";
import { link } from "../router.ts";

/** One child gene by gene, each with a form that has it measured with another value. */
export const steerChildView: View = { show: (request) => page(childPage(request)) };

export const editAction: Action = (request) => {
  const { run = "", child = "" } = request.params;
  const { dashboard, form } = request;
  const gene = given(form, "gene") ?? "";
  try {
    editChild(dashboard.workbench, run, child, gene, (form.get("value") ?? "").replaceAll("\r\n", "\n"));
    return elsewhere(link(["runs", run, "steer"]));
  } catch (error) {
    return formAgain(error, (trouble) => againOr(request, { gene, trouble }, error));
  }
};

interface Trouble {
  readonly gene: string;
  readonly trouble: Html;
}

/** Meanwhile the child may have left its race, or the search may be over: then there is no form to show again. */
function againOr(request: PageRequest, trouble: Trouble, error: unknown): Page {
  const { run = "" } = request.params;
  try {
    return childPage(request, trouble);
  } catch {
    return {
      title: `Steer ${run}`,
      part: "/",
      body: html`<h1>Steer run ${runLink(run)}</h1>${failure(error)}<p><a href="${link(["runs", run, "steer"])}">What there is to steer</a></p>`,
    };
  }
}

function childPage({ dashboard: { workbench }, params, form }: PageRequest, wrong?: Trouble): Page {
  const { run = "", child: word = "" } = params;
  const { genome, candidate, diff, genes } = viewChild(workbench, run, word);
  const name = candidate === undefined ? "child being measured" : `candidate #${candidate}`;
  const effect =
    candidate === undefined
      ? "The child as you write it is measured in its place."
      : "The candidate stays as it is, for it is measured already; the child as you write it is measured beside it.";
  return {
    title: `Edit ${shortId(genome)}`,
    part: "/",
    body: html`<h1>Edit <code>${shortId(genome)}</code> <small>${name} of run ${runLink(run)}, <a href="${link(["runs", run, "steer"])}">steering</a></small></h1>
<p>Change one gene at a time. ${effect}</p>
${diff !== undefined && html`<section aria-labelledby="diff-title"><h2 id="diff-title">What it changes</h2>${geneChanges(diff)}</section>`}
<section aria-labelledby="genes-title"><h2 id="genes-title">Genes</h2>${genes.map((gene) => geneForm(run, genome, gene, wrong?.gene === gene.gene ? { ...wrong, text: form.get("value") ?? "" } : undefined))}</section>`,
  };
}

const hints: Readonly<Partial<Record<EditableGene["type"], string>>> = {
  text: "as it is",
  rules: "a rule a line",
  tool: "summary, then what is labelled",
};

function geneForm(
  run: string,
  genome: string,
  { gene, type, text }: EditableGene,
  wrong: (Trouble & { readonly text: string }) | undefined,
): Html {
  const rows = Math.min(14, Math.max(2, text.split("\n").length + 1));
  return html`<details class="gene"${wrong !== undefined && html` open`}><summary><code>${gene}</code> <small>${type}</small></summary>${wrong?.trouble}
${actForm(
  link(["runs", run, "steer", genome]),
  html`${hidden({ gene })}${textField({ name: "value", label: `Value of ${gene}`, hint: hints[type] ?? "as JSON", value: wrong?.text ?? text }, rows)}`,
  "Measure it with this",
)}</details>`;
}
