import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, makeRandom } from "../../src/base/index.ts";
import { genomeId, parseGenome, formatGenome, type Gene, type Genome } from "../../src/genome/index.ts";
import { proposeChildren, standardOperators, type Evidence, type ProposeRequest } from "../../src/mutate/index.ts";
import { arbitraryGenome } from "../genome/arbitrary-genome.ts";
import { deskEvidence, deskRequest } from "./desk.ts";
import { evidence, reply } from "./make.ts";

const shown: readonly Evidence[] = await deskEvidence(20);
const checks = { isKnown: () => false, findCopied: () => undefined };

/** What a careless or hostile reflection model might say to any of our requests. */
const anyReply = fc.oneof(
  fc.record({
    hypothesis: fc.string(),
    diagnosis: fc.string(),
    value: fc.oneof(
      fc.string({ maxLength: 3000 }),
      fc.array(fc.string(), { maxLength: 60 }),
      fc.double(),
      fc.constant(null),
    ),
    first: fc.constant({ summary: "a", when: "x".repeat(3000), when_not: "", examples: [] }),
    second: fc.constant({ summary: "b", when: "", when_not: "", examples: [] }),
    examples: fc.array(fc.integer({ min: -3, max: 30 })),
    edits: fc.array(arbitraryEdit(), { maxLength: 3 }),
    hypotheses: fc.array(
      fc.record({
        cause: fc.string(),
        gene: fc.constantFrom("rules", "system", "tools", "plan", "temperature", "demos", "nowhere", "__proto__"),
        hypothesis: fc.string(),
        examples: fc.array(fc.integer()),
        edits: fc.array(arbitraryEdit(), { maxLength: 3 }),
      }),
      { maxLength: 6 },
    ),
  }),
  fc.string(),
);

function arbitraryEdit() {
  return fc.record({
    op: fc.constantFrom("add", "replace", "remove", "merge", "set"),
    at: fc.oneof(fc.constant(null), fc.string(), fc.constantFrom("1", "2, 3", "when", "examples", "help")),
    text: fc.oneof(
      fc.constant(null),
      fc.string({ maxLength: 800 }),
      fc.constantFrom("shell", "order_search", "2", "true", '{"kind": "react", "max_steps": 900}', '["shell"]'),
    ),
  });
}

/** Holds for every child, whatever the parent, the operator and the reply. */
function expectSound(parent: Genome, child: Genome): void {
  expect(genomeId(parseGenome(formatGenome(child), "child.yaml"))).toBe(genomeId(child));
  expect(Object.keys(child.genes)).toEqual(Object.keys(parent.genes));
  for (const [id, before] of Object.entries(parent.genes)) {
    const after = child.genes[id] as Gene;
    const { value: _a, ...boundsBefore } = before;
    const { value: _b, ...boundsAfter } = after;
    expect(canonicalJson(boundsAfter)).toBe(canonicalJson(boundsBefore));
    if (before.evolvable === false) expect(canonicalJson(after)).toBe(canonicalJson(before));
    if (after.type === "set") expect(after.value.filter((member) => !after.universe.includes(member))).toEqual([]);
    if (after.type === "number") expect(after.value >= after.min && after.value <= after.max).toBe(true);
    if (after.type === "rules") expect(after.value.length).toBeLessThanOrEqual(after.max_items);
    if (after.type === "enum" || after.type === "model") expect(after.options).toContain(after.value);
    if (after.type === "text") {
      expect(after.value.length).toBeLessThanOrEqual(after.max_tokens * 4);
      for (const placeholder of after.placeholders ?? []) expect(after.value).toContain(placeholder);
    }
  }
}

async function checkAll(request: (gene: string) => ProposeRequest, parent: Genome): Promise<number> {
  let children = 0;
  for (const operator of standardOperators) {
    const genes = Object.keys(parent.genes);
    const targets =
      operator.scope === "genome" ? [""] : genes.filter((id) => operator.applies(parent.genes[id] as Gene));
    for (const target of targets)
      for (const result of await proposeChildren(operator, request(target), checks)) {
        if (result.kind === "refused") expect([result.reason, result.detail].every((part) => part !== "")).toBe(true);
        else {
          children++;
          expectSound(parent, result.genome);
        }
      }
  }
  return children;
}

describe("every child of every operator is valid, or refused with a reason;", () => {
  test("no bound, frozen gene or universe is ever left, whatever the genome", async () => {
    let children = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryGenome, anyReply, fc.nat(), async (parent, said, seed) => {
        const content = typeof said === "string" ? said : JSON.stringify(said);
        const request = (gene: string): ProposeRequest => ({
          parent,
          gene,
          evidence: evidence({ a: 1, b: 0.5 }),
          failedAttempts: [],
          random: makeRandom(seed),
          reflect: async () => reply(content),
        });
        children += await checkAll(request, parent);
      }),
      { numRuns: 300 },
    );
    expect(children).toBeGreaterThan(200);
  });

  test("the same for desk with the simulated model's replies", async () => {
    for (let seed = 0; seed < 6; seed++) {
      const { parent } = deskRequest("", seed, shown);
      expect(await checkAll((gene) => deskRequest(gene, seed, shown), parent)).toBeGreaterThan(20);
    }
  });

  test("and for desk with any reply at all", async () => {
    await fc.assert(
      fc.asyncProperty(anyReply, fc.nat(1000), async (said, seed) => {
        const content = typeof said === "string" ? said : JSON.stringify(said);
        const more = { reflect: async () => reply(content) };
        const { parent } = deskRequest("", seed, shown, more);
        await checkAll((gene) => deskRequest(gene, seed, shown, more), parent);
      }),
      { numRuns: 30 },
    );
  });
});
