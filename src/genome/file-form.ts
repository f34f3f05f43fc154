import { canonicalJson } from "../base/index.ts";
import { Gene } from "./gene.ts";
import type { Genome } from "./genome.ts";
import { PRESENT_FORMAT } from "./upgrade.ts";

type Members = Readonly<Record<string, unknown>>;

/** The data of a genome file. Members at their default are left out, except those that `existing` data has written out. */
export function fileForm(genome: Genome, existing?: unknown): Members {
  const oldGenes = membersOf(membersOf(existing)["genes"]);
  const genes = Object.entries(genome.genes).map(
    ([id, gene]) => [id, geneForm(gene, membersOf(oldGenes[id]))] as const,
  );
  return {
    allele: PRESENT_FORMAT,
    name: genome.name,
    ...(genome.description === undefined ? {} : { description: genome.description }),
    ...(genome.parents.length === 0 ? {} : { parents: genome.parents }),
    genes: Object.fromEntries(genes),
  };
}

function geneForm(gene: Gene, existing: Members): Members {
  const outer = withoutDefaults(gene, existing, (members) => members);
  if (gene.type === "set" && isSameSet(existing["value"], gene.value)) return { ...outer, value: existing["value"] };
  if (gene.type !== "tool" && gene.type !== "strategy") return outer;
  const value = withoutDefaults(gene.value, membersOf(existing["value"]), (members) => ({ ...gene, value: members }));
  return { ...outer, value };
}

/** Leaves out each member whose absence reads as the same gene. */
function withoutDefaults(members: Members, existing: Members, geneWith: (members: Members) => Members): Members {
  const whole = canonicalJson(geneWith(members));
  const kept = Object.entries(members).filter(([key, value]) => {
    if (value === undefined) return false;
    if (Object.hasOwn(existing, key)) return true;
    const { [key]: _left, ...rest } = members;
    const read = Gene.safeParse(geneWith(rest));
    return !read.success || canonicalJson(read.data) !== whole;
  });
  return Object.fromEntries(kept);
}

/** Whether the file lists the same members, if in another order. */
function isSameSet(existing: unknown, members: readonly string[]): boolean {
  return (
    Array.isArray(existing) &&
    existing.length === members.length &&
    members.every((member) => existing.includes(member))
  );
}

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}
