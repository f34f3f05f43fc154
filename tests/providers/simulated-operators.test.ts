import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import type { Genome } from "../../src/genome/index.ts";
import { standardOperators, type Evidence, type Operator, type Proposal } from "../../src/mutate/index.ts";
import { makeSimulatedProvider, type ChatRequest } from "../../src/providers/index.ts";
import { taught } from "../../src/providers/simulated/reflection/edit.ts";
import { habitNames } from "../../src/providers/simulated/skills/habit-name.ts";
import { deskEvidence, deskParent } from "../mutate/desk.ts";

const model = makeSimulatedProvider({ seed: 1 });

function operatorNamed(name: string): Operator {
  const found = standardOperators.find((operator) => operator.name === name);
  if (found === undefined) throw new Error(`no operator ${name}`);
  return found;
}

async function propose(name: string, gene: string, seed: number, shown: readonly Evidence[], parent: Genome) {
  const asked: Omit<ChatRequest, "model">[] = [];
  const operator = operatorNamed(name);
  const request = {
    parent,
    gene,
    evidence: shown,
    failedAttempts: [],
    random: makeRandom(seed),
    purpose: "Answers letters for a small web shop.",
    reflect: (sent: Omit<ChatRequest, "model">) => {
      asked.push(sent);
      return model.complete({ ...sent, model: "simulated", seed: seed * 50 + asked.length });
    },
  };
  const proposals: readonly Proposal[] = (await operator.proposeMany?.(request)) ?? [await operator.propose(request)];
  return { children: proposals.filter((proposal) => proposal.kind === "child"), proposals, asked };
}

/** One failure with one cause that words can mend, told as the checks of desk tell it. */
const unchecked: Evidence[] = [0.1, 0.3].map((score, i) => {
  const usage = { modelCalls: 2, inputTokens: 10, outputTokens: 10, usd: 0, milliseconds: 1 };
  const call = { kind: "tool", name: "refund_issue", arguments: { order_id: "O-1" }, result: "{}", ok: true } as const;
  const feedback = ["Money was given back before anybody knew whether the sender is the customer."];
  const trace = { steps: [call], answer: "Done.", stop: "answered", usage } as const;
  const rollout = { state: "scored", task: `t${i}`, repeat: 0, score, objectives: {}, feedback, usage, trace } as const;
  const task = { id: `t${i}`, input: `Please refund order O-1042${i}.`, checks: [], tags: [], split: "train" } as const;
  return { task, rollout };
});
const plain: Genome = {
  name: "plain",
  parents: [],
  genes: {
    system: { type: "text", value: "You are a helpful assistant of a small web shop.", max_tokens: 500 },
    rules: { type: "rules", value: ["Be friendly to everybody."], max_items: 20 },
  },
};

describe("asked in whatever form", () => {
  const textOf = (value: unknown): string => (typeof value === "string" ? value : (value as string[]).join("\n"));

  /** Share of the children that teach the remedy for some mistake and did not before, in one gene. */
  async function usefulShare(name: string, gene: string): Promise<number> {
    const before = textOf(plain.genes[gene]?.value);
    let [right, all] = [0, 0];
    for (let seed = 0; seed < 300; seed++) {
      const target = operatorNamed(name).scope === "genome" ? "" : gene;
      for (const { changes } of (await propose(name, target, seed, unchecked, plain)).children) {
        const value = changes[gene];
        if (value === undefined) continue;
        all++;
        if (habitNames.some((habit) => taught(textOf(value), habit) > taught(before, habit) + 0.15)) right++;
      }
    }
    expect(all).toBeGreaterThan(150);
    return right / all;
  }

  test("it mends what the evidence shows in about the same share of its replies", async () => {
    const base = await usefulShare("reflect", "rules");
    expect(base).toBeGreaterThan(0.45);
    expect(base).toBeLessThan(0.75);
    for (const [name, gene] of [
      ["reflect", "system"],
      ["hypothesis-edit", "system"],
      ["rules-delta", "rules"],
      ["diagnose", "rules"],
      ["diagnose", "system"],
    ] as const)
      expect(Math.abs((await usefulShare(name, gene)) - base), `${name} ${gene}`).toBeLessThan(0.1);
  });
});

describe("shown a whole batch", async () => {
  const shown = await deskEvidence(24);

  test("it writes several hypotheses of different genes, with the examples they rest on", async () => {
    const { children, proposals, asked } = await propose("diagnose", "", 1, shown, deskParent);
    expect(asked).toHaveLength(1);
    expect(children.length).toBeGreaterThanOrEqual(5);
    expect(proposals.length - children.length).toBeLessThanOrEqual(1);
    expect(new Set(children.flatMap(({ changes }) => Object.keys(changes))).size).toBeGreaterThanOrEqual(3);
    expect(children.filter(({ flips }) => flips.length > 0).length).toBeGreaterThan(children.length / 2);
  });

  test("it replies the same when ids and hidden fields of the tasks are others", async () => {
    const other = shown.map(({ task, rollout }, i) => ({
      task: { ...task, id: `x${i}`, tags: ["other"], checks: [] },
      rollout: { ...rollout, task: `x${i}` },
    }));
    const changesOf = async (evidence: readonly Evidence[]) =>
      (await propose("diagnose", "", 1, evidence, deskParent)).children.map(({ changes }) => changes);
    expect(await changesOf(other)).toEqual(await changesOf(shown));
  });

  test("it merges what it found in several groups: one hypothesis for a cause and a gene", async () => {
    const many = await deskEvidence(90);
    const { children, asked } = await propose("diagnose", "", 1, many, deskParent);
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.at(-1)?.messages[0]?.content).toContain("Merge");
    const keys = children.map(({ changes, hypothesis }) => `${Object.keys(changes).join()} ${hypothesis}`);
    expect(keys.length).toBeGreaterThanOrEqual(5);
    expect(keys.length).toBeLessThanOrEqual(10);
  });

  test("it tells two tools apart, writes anew, and says the same in fewer words", async () => {
    const contrasted = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((seed) => propose("tool-contrast", "", seed, shown, deskParent)),
    );
    expect(
      contrasted.flatMap(({ children }) => children).some(({ changes }) => Object.keys(changes).length === 2),
    ).toBe(true);

    const restarted = await propose("restart", "system", 1, shown, deskParent);
    expect(restarted.children[0]?.changes["system"]).toContain("answers letters for a small web shop");

    const padded = Array.from(
      { length: 6 },
      (_, i) => `Our parcels are wrapped in paper number ${i} and people like that very much.`,
    );
    const rules = deskParent.genes["rules"];
    if (rules?.type !== "rules") throw new Error("no rules");
    const value = [...padded, ...rules.value];
    const parent = { ...deskParent, genes: { ...deskParent.genes, rules: { ...rules, value } } };
    const kept = (await propose("compress", "rules", 2, shown, parent)).children[0]?.changes["rules"] as string[];
    expect(kept.length).toBeLessThan(value.length);
    expect(kept.filter((rule) => padded.includes(rule)).length).toBeLessThan(padded.length);
  });
});
