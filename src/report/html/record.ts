import { foreignText, html, type Html } from "../../base/index.ts";
import type { RunView } from "../run-view.ts";
import { dataTable, genomeName, note, paragraph, said, section } from "./parts.ts";

/** Every time the sealed test was opened in this store: the more often, the less it is sealed. */
export function openingSection({ openings, dataset }: RunView): Html {
  const many = `The test split of ${dataset} has been opened ${openings.length} time${openings.length === 1 ? "" : "s"} in this store.`;
  if (openings.length === 0) return section("openings", "Openings of the sealed test", paragraph(said(many)));
  const shown = openings.slice(-50).toReversed();
  return section(
    "openings",
    "Openings of the sealed test",
    html`${paragraph(said(many), openings.length > shown.length && ` The last ${shown.length}:`)}${dataTable(
      "Openings, the latest first",
      [
        {
          head: "When (UTC)",
          cell: ({ at }) => html`<time datetime="${at}">${at.slice(0, 16).replace("T", " ")}</time>`,
        },
        { head: "For", cell: ({ purpose }) => said(purpose, 120) },
        {
          head: "Genomes",
          cell: ({ genomes }) =>
            html`${genomes.slice(0, 6).map((id) => html`${genomeName(id)} `)}${genomes.length > 6 && `and ${genomes.length - 6} more`}`,
        },
      ],
      shown,
    )}${openings.length > 1 && note("Whoever chooses among several by the same test tasks will find the luckiest one. Fresh test tasks make the test sealed again.")}`,
  );
}

/** What it takes to get the same run again. */
export function reproductionSection({ reproduction }: RunView): Html {
  const { command, identity } = reproduction;
  return section(
    "reproduce",
    "How to reproduce it",
    html`<pre tabindex="0"><code>${foreignText(command, 1000)}</code></pre>
${paragraph("The same seed, inputs and model replies give the same journal, byte for byte apart from times. How it searches comes from allele.yaml; this is everything the run depended on when it began:")}
<details><summary>Identity of the run</summary><pre tabindex="0"><code>${foreignText(JSON.stringify(identity, null, 2) ?? "null", 8000)}</code></pre></details>`,
  );
}
