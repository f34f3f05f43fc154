import { didYouMean } from "../base/index.ts";
import type { Flaw } from "./gene-flaw.ts";
import type { Condition, Gene } from "./gene.ts";
import type { Genome } from "./genome.ts";

type Genes = Genome["genes"];

/** The genes that shape the agent: those without a condition, and those whose condition holds on an active gene. */
export function activeGenes({ genes }: Pick<Genome, "genes">): Genes {
  const known = active.get(genes);
  if (known !== undefined) return known;
  const found = Object.fromEntries(Object.entries(genes).filter(([id]) => isActive(genes, id)));
  active.set(genes, found);
  return found;
}

/** Genomes never change, so their conditions are decided once. */
const active = new WeakMap<Genes, Genes>();

/** A genome is checked before it is used, so there are no circles; in one that was not, a circle is inactive. */
function isActive(genes: Genes, id: string, visited: readonly string[] = []): boolean {
  const gene = genes[id];
  if (gene === undefined || visited.includes(id)) return false;
  if (gene.active === undefined) return true;
  const other = genes[gene.active.gene];
  if (other === undefined || !isActive(genes, gene.active.gene, [...visited, id])) return false;
  return valuesOf(gene.active).some((value) => value === comparable(other));
}

/** The first condition that can never be decided or never hold, or undefined. */
export function conditionFlaw(genes: Genes): Flaw | undefined {
  for (const [id, { active }] of Object.entries(genes)) {
    if (active === undefined) continue;
    const flaw = flawOf(genes, id, active);
    if (flaw !== undefined) return { code: "invalid-condition", ...flaw, path: ["genes", id, "active", ...flaw.path] };
  }
  return undefined;
}

function flawOf(genes: Genes, id: string, active: Condition): Omit<Flaw, "code"> | undefined {
  const other = genes[active.gene];
  if (other === undefined) {
    const known = didYouMean(active.gene, Object.keys(genes));
    return {
      path: ["gene"],
      message: `there is no gene "${active.gene}"${known}`,
      hint: "Name a gene of this genome.",
    };
  }
  const circle = chainFrom(genes, active.gene);
  if (circle.includes(id)) {
    const way = [id, ...circle.slice(0, circle.indexOf(id) + 1)].join(" -> ");
    return { path: ["gene"], message: `the condition depends on itself: ${way}`, hint: "Break the circle." };
  }
  const possible = possibleValues(other);
  if (possible === undefined) {
    return {
      path: ["gene"],
      message: `a ${other.type} gene cannot decide a condition`,
      hint: "Use an enum, model, number, boolean or strategy gene.",
    };
  }
  const stray = valuesOf(active).find((value) => !possible.includes(value) && possible.length > 0);
  if (stray === undefined) return undefined;
  const known = didYouMean(String(stray), possible.map(String));
  return {
    path: ["is"],
    message: `"${active.gene}" is never ${JSON.stringify(stray)}${known}`,
    hint: `It can be ${possible.map((value) => JSON.stringify(value)).join(", ")}.`,
  };
}

/** What a condition may ask of a gene: undefined when nothing, empty when any value. */
function possibleValues(gene: Gene): readonly (string | number | boolean)[] | undefined {
  switch (gene.type) {
    case "enum":
    case "model":
      return gene.options;
    case "boolean":
      return [true, false];
    case "strategy":
      return ["direct", "react", "plan"];
    case "number":
      return [];
    default:
      return undefined;
  }
}

function comparable(gene: Gene): Gene["value"] {
  return gene.type === "strategy" ? gene.value.kind : gene.value;
}

function valuesOf(active: Condition): readonly (string | number | boolean)[] {
  return Array.isArray(active.is) ? active.is : [active.is];
}

/** The genes a gene's activity depends on, itself first, up to the first repetition. */
function chainFrom(genes: Genes, id: string): readonly string[] {
  const chain: string[] = [];
  for (
    let next: string | undefined = id;
    next !== undefined && !chain.includes(next);
    next = genes[next]?.active?.gene
  ) {
    chain.push(next);
  }
  return chain;
}
