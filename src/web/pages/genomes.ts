import { html, type Html } from "../../base/index.ts";
import { diffGenomes, formatGenome, type Gene } from "../../genome/index.ts";
import { dataTable, facts, geneChanges, geneText, said, shortId } from "../../report/index.ts";
import { genomeLog, listGenomeFiles, listRuns, resolveGenome, type NamedGenome } from "../../workbench/index.ts";
import { page, type PageRequest, type View } from "../answer.ts";
import { failure } from "../failure.ts";
import { askForm, field, genomeLink, given, runLink } from "../parts.ts";
import { link } from "../router.ts";

/** Genome files, and the way to any genome by its name. */
export const genomesView: View = {
  show: ({ dashboard: { workbench }, query }) => {
    const reference = given(query, "reference");
    if (reference !== undefined) {
      resolveGenome(workbench, reference);
      return { kind: "elsewhere", address: link(["genomes", reference]) };
    }
    const files = listGenomeFiles(workbench);
    return page({
      title: "Genomes",
      part: "/genomes",
      body: html`<h1>Genomes</h1>${askForm("/genomes", field({ name: "reference", label: "Any genome", hint: "file, run, RUN#3, PROFILE@channel, hash" }), "Open")}
${
  files.length === 0
    ? html`<p class="empty">No genome files yet. Make one: <code>allele genome create</code></p>`
    : dataTable(
        "Genome files",
        [
          {
            head: "Name",
            cell: ({ name, genome, own }) =>
              genome === undefined
                ? name
                : html`<a href="${link(["genomes", `genome:${name}`])}">${said(name, 60)}</a>${!own && html` <small>comes with Allele</small>`}`,
          },
          {
            head: "Description",
            cell: ({ genome, trouble }) => said(trouble ?? genome?.genome.description ?? "", 160),
            words: true,
          },
          {
            head: "Genes",
            cell: ({ genome }) => (genome === undefined ? "–" : Object.keys(genome.genome.genes).length),
            figure: true,
          },
          { head: "Version", cell: ({ genome }) => (genome === undefined ? "cannot be read" : genomeLink(genome.id)) },
        ],
        files,
      )
}`,
    });
  },
};

/** One genome: its genes, what differs from its parent or any other, where it comes from, and who runs with it. */
export const genomeView: View = {
  show: (request) => {
    const {
      dashboard: { workbench },
      params,
      query,
    } = request;
    const reference = params["reference"] ?? "";
    const named = resolveGenome(workbench, reference);
    const { genome, id } = named;
    const against = given(query, "against");
    const runs = listRuns(workbench, { genome: `hash:${id}`, limit: 20 });
    return page({
      title: genome.name,
      part: "/genomes",
      body: html`<h1><bdi>${genome.name}</bdi> <small><code>${shortId(id)}</code></small></h1>
${facts([
  ...(genome.description === undefined || genome.description === ""
    ? []
    : [["Description", said(genome.description, 400)] as const]),
  ["Hash", html`<code>${id}</code>`],
  ["Parents", genome.parents.length === 0 ? "none" : genome.parents.map((parent) => html`${genomeLink(parent)} `)],
  ["Runs", runs.length === 0 ? "none began with it or chose it" : runs.map(({ run }) => html`${runLink(run)} `)],
])}
<section aria-labelledby="diff-title"><h2 id="diff-title">Differences</h2>${askForm(link(["genomes", reference]), field({ name: "against", label: "Against", hint: "its first parent when empty", value: against }), "Compare")}
${differences(request, named, against)}</section>
<section aria-labelledby="genes-title"><h2 id="genes-title">Genes</h2>${Object.entries(genome.genes).map(([name, gene]) => geneHtml(name, gene))}</section>
<section aria-labelledby="lineage-title"><h2 id="lineage-title">Lineage</h2>${lineage(request, named)}</section>
<section aria-labelledby="file-title"><h2 id="file-title">As a file</h2><details><summary>YAML</summary><pre>${formatGenome(genome)}</pre></details></section>`,
    });
  },
};

function geneHtml(name: string, gene: Gene): Html {
  return html`<article class="gene"><h3><code>${name}</code> <small>${gene.type}${gene.evolvable === false && ", not evolved"}</small></h3><div class="text"><bdi>${geneText(gene)}</bdi></div></article>`;
}

function differences(
  { dashboard: { workbench } }: PageRequest,
  { genome }: NamedGenome,
  against: string | undefined,
): Html {
  const [parent] = genome.parents;
  const reference = against ?? (parent === undefined ? undefined : `hash:${parent}`);
  if (reference === undefined) return html`<p class="empty">It has no parent.</p>`;
  try {
    const diff = diffGenomes(resolveGenome(workbench, reference).genome, genome);
    return diff.changes.length === 0 ? html`<p class="empty">No gene differs.</p>` : geneChanges(diff);
  } catch (error) {
    return failure(error);
  }
}

/** A genome that is only in a file has no ancestors in the store. */
function lineage({ dashboard: { workbench } }: PageRequest, named: NamedGenome): Html {
  const rows = genomeLog(workbench, named.file ?? `hash:${named.id}`);
  return dataTable(
    "It and its known ancestors, nearest first",
    [
      { head: "Genome", cell: ({ genome }) => genomeLink(genome) },
      { head: "Name", cell: ({ name }) => said(name, 60) },
      { head: "Changed genes", cell: ({ changed }) => said(changed.join(", "), 200) },
      {
        head: "Difference",
        cell: ({ genome, parents }) =>
          parents[0] === undefined
            ? "–"
            : html`<a href="${link(["genomes", `hash:${genome}`], { against: `hash:${parents[0]}` })}">from its parent</a>`,
      },
    ],
    rows.slice(0, 200),
  );
}
