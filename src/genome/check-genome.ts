import { AlleleError, type Locator } from "../base/index.ts";
import { conditionFlaw } from "./condition.ts";
import { geneFlaw, type Flaw } from "./gene-flaw.ts";
import type { Genome } from "./genome.ts";

const nameForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const geneForm = /^[A-Za-z][\w-]*(\.[\w-]+)*$/;

/**
 * Checks what a schema cannot: names, values within their genes' bounds, conditions that can be decided.
 * Throws AlleleError naming the gene, with the place when `locate` is given. Returns the genome with the members of its sets in the
 * order of their universe, so that equal sets are equal.
 */
export function checkGenome(genome: Genome, locate?: Locator): Genome {
  const flaw = nameFlaw(genome) ?? firstGeneFlaw(genome) ?? conditionFlaw(genome.genes);
  if (flaw !== undefined) throw flawError(flaw, locate);
  const genes = Object.entries(genome.genes).map(([id, gene]) => {
    if (gene.type !== "set") return [id, gene] as const;
    return [id, { ...gene, value: gene.universe.filter((member) => gene.value.includes(member)) }] as const;
  });
  return { ...genome, genes: Object.fromEntries(genes) };
}

function nameFlaw(genome: Genome): Flaw | undefined {
  if (!nameForm.test(genome.name)) {
    return {
      code: "invalid-name",
      path: ["name"],
      message: `"${genome.name}" is no kebab-case name`,
      hint: "Use lower-case letters, digits and single hyphens, such as desk-agent.",
    };
  }
  const id = Object.keys(genome.genes).find((key) => !geneForm.test(key) || key in Object.prototype);
  if (id === undefined) return undefined;
  return {
    code: "invalid-name",
    path: ["genes", id],
    message: `"${id}" cannot name a gene`,
    hint: "Use letters, digits, hyphens and underscores, with dots between the parts, such as tool.order_search.",
  };
}

function firstGeneFlaw(genome: Genome): Flaw | undefined {
  for (const [id, gene] of Object.entries(genome.genes)) {
    const flaw = geneFlaw(gene);
    if (flaw !== undefined) return { ...flaw, path: ["genes", id, ...flaw.path] };
  }
  return undefined;
}

function flawError({ code, path, message, hint }: Flaw, locate: Locator | undefined): AlleleError {
  return new AlleleError({ code, message: `${path.join(".")}: ${message}`, hint, where: locate?.(path) });
}
