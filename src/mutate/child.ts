import { AlleleError, canonicalJson, type ContentHash } from "../base/index.ts";
import { genomeId, withGene, type Gene, type Genome } from "../genome/index.ts";
import { findNearDuplicate } from "./distance.ts";
import type { Changes } from "./operator.ts";
import { findUnsafe } from "./unsafe-text.ts";

/** Why a proposed child is thrown away before it costs a rollout. */
export type RefusalReason =
  | "protected-gene"
  | "frozen-gene"
  | "invalid-value"
  | "empty-value"
  | "lost-placeholder"
  | "too-long"
  | "unchanged"
  | "duplicate"
  | "near-duplicate"
  | "copied-text"
  | "unsafe-text";

export type Child =
  | { readonly kind: "child"; readonly id: ContentHash; readonly genome: Genome }
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly detail: string };

export interface ChildInputs {
  readonly parent: Genome;
  readonly changes: Changes;
  /** Whether a genome was met before in this run. */
  readonly isKnown: (id: ContentHash) => boolean;
  /** From `copiedTextCheck` over the training inputs. */
  readonly findCopied: (before: string, after: string) => string | undefined;
  /** Genomes that were measured or refused before: a child that says the same as one of them is not worth a rollout. */
  readonly others?: readonly Genome[] | undefined;
}

/** What holds the agent in bounds or judges it is never evolved, whatever a genome file says. */
const protectedGene = /^(policy|polic(y|ies)\..*|permissions?|graders?|checks?|budgets?|datasets?|secrets?)(\.|$)/i;

/** Longest rule, tool description and example, in characters; texts have their own limit in tokens. */
const longest = { rule: 600, tool: 2000, demo: 6000 };

/** Makes the child a proposal stands for, or says why it must not be tried. Costs nothing; the parent stays as it was. */
export function makeChild({ parent, changes, isKnown, findCopied, others = [] }: ChildInputs): Child {
  const parents = [genomeId(parent)];
  let genome = parent;
  const changed = Object.entries(changes).filter(([id, value]) => !equal(parent.genes[id]?.value, value));
  for (const [id, value] of changed) {
    const flaw = changeFlaw(parent, id, value, findCopied);
    if (flaw !== undefined) return flaw;
    try {
      genome = withGene(genome, id, value, parents);
    } catch (error) {
      if (error instanceof AlleleError) return refused("invalid-value", error.message);
      throw error;
    }
  }
  const child = genomeId(genome);
  if (child === parents[0]) return refused("unchanged", `${Object.keys(changes).join(", ")} stayed as it was`);
  if (isKnown(child)) return refused("duplicate", `proposed before as ${child}`);
  const twin = findNearDuplicate(genome, [parent, ...others]);
  if (twin !== undefined) return refused("near-duplicate", `says the same as ${genomeId(twin)}`);
  return { kind: "child", id: child, genome };
}

function changeFlaw(
  parent: Genome,
  id: string,
  value: Gene["value"],
  findCopied: ChildInputs["findCopied"],
): Child | undefined {
  const gene = Object.hasOwn(parent.genes, id) ? parent.genes[id] : undefined;
  if (gene === undefined) return refused("invalid-value", `there is no gene ${id}`);
  if (protectedGene.test(id)) return refused("protected-gene", `${id} is not for evolution`);
  if (gene.evolvable === false) return refused("frozen-gene", `${id} is frozen`);
  const flaw = flawOf(gene, value);
  if (flaw !== undefined) return flaw;
  const unsafe = gene.type === "demos" ? undefined : findUnsafe(textOf(gene.value), textOf(value));
  if (unsafe !== undefined) return refused("unsafe-text", unsafe);
  const copied = gene.type === "demos" ? undefined : findCopied(textOf(gene.value), textOf(value));
  return copied === undefined ? undefined : refused("copied-text", `copied from a training task: "${copied}"`);
}

function flawOf(gene: Gene, value: Gene["value"]): Child | undefined {
  if (gene.type === "text" && typeof value === "string") {
    if (value.trim() === "") return refused("empty-value", "the text is empty");
    const lost = (gene.placeholders ?? []).find((placeholder) => !value.includes(placeholder));
    if (lost !== undefined) return refused("lost-placeholder", `${lost} is missing`);
  }
  if (gene.type === "rules" || gene.type === "demos") {
    const limit = gene.type === "rules" ? longest.rule : longest.demo;
    const long = Array.isArray(value) && value.some((item) => textOf(item).length > limit);
    if (long) return refused("too-long", `an item has more than ${limit} characters`);
  }
  if (gene.type === "tool" && textOf(value).length > longest.tool)
    return refused("too-long", `the description has more than ${longest.tool} characters`);
  return undefined;
}

function equal(a: Gene["value"] | undefined, b: Gene["value"]): boolean {
  return a !== undefined && canonicalJson(a) === canonicalJson(b);
}

function refused(reason: RefusalReason, detail: string): Child {
  return { kind: "refused", reason, detail };
}

/** All the text in a value, in order, one stretch a line. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  return Object.values(value).map(textOf).join("\n");
}
