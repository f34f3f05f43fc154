import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../src/base/index.ts";
import { genomeId, withGene, type GeneType, type Genome } from "../../src/genome/index.ts";
import {
  allOperators,
  standardOperators,
  type Operator,
  type Proposal,
  type ProposeRequest,
} from "../../src/mutate/index.ts";
import { deskEvidence, deskParent, deskRequest, moreGenes } from "./desk.ts";

const shown = (await deskEvidence(36)).map((one) => ({ ...one, solution: "42" }));
const genes: Genome["genes"] = { ...deskParent.genes, ...moreGenes };
const evolvable = Object.entries(genes).filter(([, gene]) => gene.evolvable !== false);

/** The genes an operator can be asked for. */
function targetsOf(operator: Operator): readonly string[] {
  return operator.scope === "genome" ? [""] : evolvable.flatMap(([id, gene]) => (operator.applies(gene) ? [id] : []));
}

async function proposals(operator: Operator, request: ProposeRequest): Promise<readonly Proposal[]> {
  return (await operator.proposeMany?.(request)) ?? [await operator.propose(request)];
}

const root: Genome = { ...deskParent, genes: { ...genes, rules: { type: "rules", max_items: 40, value: [] } } };
const pool = [
  { genome: root, mean: 0.4 },
  { genome: withGene(root, "answer_format", 'End with a line "Answer: <value>".'), mean: 0.5 },
];

describe.each(allOperators)("the operator $name", (operator) => {
  const targets = targetsOf(operator);

  test("works on some gene of a usual genome", () => expect(targets.length).toBeGreaterThan(0));

  test("changes genes it works on only, and says why; what needs no model always differs from the parent", async () => {
    let children = 0;
    for (const target of targets)
      for (let seed = 1; seed <= 4; seed++) {
        const request = deskRequest(target, seed, shown, { pool });
        for (const proposal of await proposals(operator, request)) {
          if (proposal.kind === "nothing") continue;
          children++;
          const ids = Object.keys(proposal.changes);
          if (operator.scope === "gene") expect(ids).toEqual([target]);
          for (const id of ids) {
            expect(genes[id]?.evolvable).not.toBe(false);
            expect(operator.applies(genes[id] as never)).toBe(true);
            const same = canonicalJson(proposal.changes[id]) === canonicalJson(genes[id]?.value);
            expect(same && !operator.reflects).toBe(false);
          }
          expect(proposal.hypothesis).not.toBe("");
          const tasks = shown.map(({ task }) => task.id);
          expect(proposal.flips.filter((task) => !tasks.includes(task))).toEqual([]);
        }
      }
    expect(children).toBeGreaterThan(0);
  });

  test("asks the reflection model only when it says so", async () => {
    let calls = 0;
    for (const target of targets) {
      const request = deskRequest(target, 1, shown, { pool });
      await proposals(operator, request);
      calls += request.calls();
    }
    expect(calls > 0).toBe(operator.reflects);
  });

  test("says the same twice with the same chance and replies, and leaves the parent as it was", async () => {
    const [target = ""] = targets;
    const parent = { ...deskParent, genes };
    const before = genomeId(parent);
    const again = (): Promise<readonly Proposal[]> =>
      proposals(operator, deskRequest(target, 7, shown, { pool, parent }));
    expect(await again()).toEqual(await again());
    expect(genomeId(parent)).toBe(before);
  });

  test("shows the reflection model nothing of a task but its input", async () => {
    const secret = shown.map(({ task, rollout }) => ({
      task: { ...task, id: `hidden-${task.id}`, tags: ["hidden-tag"], world: "hidden-world" },
      rollout: { ...rollout, task: `hidden-${task.id}` },
      solution: "hidden-solution",
    }));
    for (const target of targets) {
      const request = deskRequest(target, 1, secret, { pool });
      const reflect: ProposeRequest["reflect"] = (sent) => {
        expect(canonicalJson(sent.messages)).not.toContain("hidden-");
        return request.reflect(sent);
      };
      await proposals(operator, { ...request, reflect });
    }
  });

  test("passes on what the reflection model throws", async () => {
    if (!operator.reflects) return;
    const reflect = (): Promise<never> => Promise.reject(new Error("the model is down"));
    const asked = await Promise.allSettled(
      targets.map((target) => proposals(operator, deskRequest(target, 1, shown, { pool, reflect }))),
    );
    const failed = asked.filter(({ status }) => status === "rejected");
    expect(failed.length).toBeGreaterThan(0);
    for (const { reason } of failed as PromiseRejectedResult[]) expect(String(reason)).toContain("down");
  });

  test("makes nothing of an empty or a silly reply, and says why", async () => {
    if (!operator.reflects) return;
    for (const content of ["", "I'm sorry, but I can't.", "{}", '{"value": 7}', '{"hypotheses": 7}', '{"edits": []}']) {
      const usage = { inputTokens: 1, outputTokens: 1 };
      const reflect: ProposeRequest["reflect"] = async () => ({ content, toolCalls: [], usage, finish: "stop" });
      for (const proposal of await proposals(operator, deskRequest(targets[0] ?? "", 1, shown, { pool, reflect })))
        expect(proposal).toMatchObject({ kind: "nothing", detail: expect.stringMatching(/./) });
    }
  });

  test("declines a gene it cannot work on, and a gene that is not there", async () => {
    if (operator.scope === "genome") return;
    const others = Object.keys(genes).filter((id) => !operator.applies(genes[id] as never));
    for (const id of [...others, "nowhere"])
      expect(await operator.propose(deskRequest(id, 1, shown))).toMatchObject({ reason: "not-applicable" });
  });
});

test("every type of gene has an operator", () => {
  const all: GeneType[] = [
    "text",
    "rules",
    "demos",
    "tool",
    "enum",
    "number",
    "boolean",
    "set",
    "strategy",
    "model",
    "labels",
  ];
  expect(new Set(evolvable.map(([, { type }]) => type))).toEqual(new Set(all));
  for (const [, gene] of evolvable)
    expect(
      standardOperators.some((operator) => operator.scope === "gene" && operator.applies(gene)),
      gene.type,
    ).toBe(true);
});

test("every operator and every reason of a refusal is described in the documentation", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/operators.md"), "utf8");
  for (const { name } of allOperators) expect(page).toContain(`| \`${name}\` |`);
  const source = readFileSync(join(import.meta.dirname, "../../src/mutate/child.ts"), "utf8");
  const reasons = /type RefusalReason =([^;]+);/.exec(source)?.[1]?.match(/[a-z-]+(?=")/g) ?? [];
  expect(reasons.length).toBeGreaterThan(8);
  for (const reason of reasons) expect(page).toContain(`\`${reason}\``);
});

test("no two operators have one name", () => {
  const names = allOperators.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
