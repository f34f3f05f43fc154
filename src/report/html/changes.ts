import { diffLines, foreignText, html, type DiffPart, type Html } from "../../base/index.ts";
import type { GenomeDiff } from "../../genome/index.ts";
import { geneText } from "../genome-document.ts";
import { shortId } from "../format.ts";
import type { RunView } from "../run-view.ts";
import { paragraph, section } from "./parts.ts";

type GeneChange = GenomeDiff["changes"][number];

/** What makes the finalist of the seed, gene by gene. */
export function changesSection({ changes, finalist, seed, winner }: RunView): Html {
  const title =
    winner.genome === finalist && finalist !== seed.genome
      ? "From seed to winner, gene by gene"
      : "From seed to finalist, gene by gene";
  if (changes === undefined) return section("changes", title, paragraph("The genomes are not in the store any more."));
  if (changes.changes.length === 0)
    return section("changes", title, paragraph("No gene differs: the seed is its own finalist."));
  const command = `allele genome diff ${shortId(seed.genome)} ${shortId(finalist)}`;
  return section(
    "changes",
    title,
    html`${geneChanges(changes)}<p class="note">The same in the terminal: <code>${command}</code></p>`,
  );
}

/** The changes of a diff, each under the name of its gene: what is struck out went, what is underlined came. */
export function geneChanges({ changes }: GenomeDiff): Html {
  return html`${changes.map(
    (change) =>
      html`<article class="gene"><h3><code>${change.gene}</code> <small>${kindOf(change)}</small></h3><div class="text">${partsOf(change).map(part)}</div></article>`,
  )}`;
}

function kindOf(change: GeneChange): string {
  return change.kind === "changed"
    ? change.after.type
    : `${change.kind === "added" ? change.after.type : change.before.type}, ${change.kind}`;
}

/** Lines are joined by line ends again, which a diff by lines leaves out between its parts. */
function partsOf(change: GeneChange): readonly DiffPart[] {
  if (change.kind === "added") return [{ kind: "added", text: geneText(change.after) }];
  if (change.kind === "removed") return [{ kind: "removed", text: geneText(change.before) }];
  if (change.parts !== undefined && change.after.type === "text") return change.parts;
  const lines = diffLines(geneText(change.before), geneText(change.after));
  return lines.map(({ kind, text }, index) => ({ kind, text: index < lines.length - 1 ? `${text}\n` : text }));
}

const MOST_CHARACTERS = 6000;

function part({ kind, text }: DiffPart): Html {
  const shown = foreignText(text, MOST_CHARACTERS);
  if (kind === "added") return html`<ins>${shown}</ins>`;
  return kind === "removed" ? html`<del>${shown}</del>` : html`<span>${shown}</span>`;
}
