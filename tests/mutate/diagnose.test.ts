import { describe, expect, test } from "vitest";
import { z } from "zod";
import { makeRandom } from "../../src/base/index.ts";
import { standardOperators, type Evidence, type Proposal, type ProposeRequest } from "../../src/mutate/index.ts";
import { evidence, everyGene, reply, request, scored, task } from "./make.ts";

const diagnose = standardOperators.find(({ name }) => name === "diagnose");

const hypothesis = (more: object): object => ({
  cause: "It does not look.",
  gene: "rules",
  hypothesis: "Looking first mends it.",
  examples: [1],
  edits: [{ op: "add", at: null, text: "Look first." }],
  ...more,
});
const answer = (...hypotheses: readonly object[]) => reply(JSON.stringify({ hypotheses }));

async function proposed(
  given: ReturnType<typeof reply>,
  shown = evidence({ a: 0, b: 0.5, c: 1 }),
): Promise<readonly Proposal[]> {
  return (await diagnose?.proposeMany?.(request("", given, { evidence: shown }))) ?? [];
}

/** Keeps what was asked; answers in turn, the last answer for all that follow. */
function model(...answers: readonly ReturnType<typeof reply>[]) {
  const asked: { readonly text: string; readonly schema: unknown }[] = [];
  const reflect: ProposeRequest["reflect"] = async ({ messages, responseSchema }) => {
    asked.push({ text: messages.map(({ content }) => content).join("\n"), schema: responseSchema?.schema });
    return answers[Math.min(asked.length, answers.length) - 1] ?? reply("");
  };
  return { asked, reflect };
}

describe("a diagnosis of a batch", () => {
  test("makes a child of every hypothesis, with the tasks it should mend", async () => {
    const proposals = await proposed(
      answer(
        hypothesis({ examples: [1, 2, 3] }),
        hypothesis({ gene: "tone", examples: [2], edits: [{ op: "set", at: null, text: "warm" }] }),
      ),
    );
    expect(proposals).toEqual([
      {
        kind: "child",
        changes: { rules: ["Be brief.", "Be kind.", "Look first."] },
        hypothesis: "It does not look. Looking first mends it.",
        // Example 3 went well already.
        flips: ["a", "b"],
      },
      expect.objectContaining({ changes: { tone: "warm" }, flips: ["b"] }),
    ]);
  });

  test("is one call, shown the whole agent and every rollout, the worst first", async () => {
    const { asked, reflect } = model(answer(hypothesis({})));
    const shown = evidence(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`t${i}`, i / 30])));
    await diagnose?.propose(
      request("", undefined, {
        reflect,
        evidence: makeRandom(1).shuffle(shown),
        gained: ["Looking twice."],
        failedAttempts: [{ gene: "rules", change: "shouting", reason: "it got worse" }],
      }),
    );
    expect(asked).toHaveLength(1);
    const { text = "" } = asked[0] ?? {};
    for (const id of Object.keys(everyGene.genes)) expect(text).toContain(`## ${id} (`);
    for (const part of [
      "1. Be brief.\n2. Be kind.",
      "exactly as written: {shop}",
      "- Looking twice.",
      "- shouting (it got worse)",
    ])
      expect(text).toContain(part);
    const places = shown.map(({ task: { input } }) => text.indexOf(input));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test("asks for genes that may change only, in a schema without optional members", async () => {
    const { asked, reflect } = model(answer(hypothesis({})));
    await diagnose?.propose(request("", undefined, { reflect }));
    const item = z
      .object({ properties: z.object({ hypotheses: z.object({ items: z.record(z.string(), z.unknown()) }) }) })
      .parse(asked[0]?.schema).properties.hypotheses.items;
    expect(item).toMatchObject({
      additionalProperties: false,
      required: ["cause", "gene", "hypothesis", "examples", "edits"],
    });
    const genes = Object.keys(everyGene.genes).filter((id) => id !== "demos");
    expect(item["properties"]).toMatchObject({ gene: { enum: genes } });
  });

  test("says what is wrong with a hypothesis and keeps the others", async () => {
    const proposals = await proposed(
      answer(
        hypothesis({ gene: "nowhere" }),
        hypothesis({ edits: [{ op: "remove", at: "9", text: null }] }),
        { gene: "rules" },
        hypothesis({}),
        hypothesis({}),
      ),
    );
    expect(proposals.map(({ kind }) => kind)).toEqual(["nothing", "nothing", "child"]);
    expect(proposals[0]).toMatchObject({ reason: "wrong-form", detail: expect.stringContaining("nowhere") });
  });

  test("asks nothing when no gene may change", async () => {
    const { demos, ...rest } = everyGene.genes;
    const frozen = Object.entries(rest).map(([id, gene]) => [id, { ...gene, evolvable: false }] as const);
    const parent = { ...everyGene, genes: { ...Object.fromEntries(frozen), demos: demos as never } };
    expect(await diagnose?.proposeMany?.(request("", undefined, { parent }))).toMatchObject([
      { kind: "nothing", reason: "no-alternative" },
    ]);
  });

  test("asks nothing when nothing went wrong", async () => {
    const proposals = await diagnose?.proposeMany?.(request("", undefined, { evidence: evidence({ a: 1 }) }));
    expect(proposals).toMatchObject([{ kind: "nothing", reason: "no-alternative" }]);
  });
});

describe("evidence that is too much for one call", () => {
  const many: Evidence[] = Array.from({ length: 100 }, (_, i) => {
    const rollout = scored(`t${i}`, i % 2 === 0 ? 0 : 0.5);
    return { task: task(`t${i}`), rollout: { ...rollout, feedback: ["x".repeat(250), "y".repeat(250)] } };
  });

  test("is read in groups, every example once, and merged by one call more", async () => {
    const first = answer(hypothesis({ examples: [1] }));
    const merged = answer(hypothesis({ examples: [1, 2], hypothesis: "merged" }));
    const { asked, reflect } = model(first, first, first, first, first, merged);
    const proposals = (await diagnose?.proposeMany?.(request("", undefined, { reflect, evidence: many }))) ?? [];
    const groups = asked.slice(0, -1);
    expect(groups).toHaveLength(5);
    for (const {
      task: { id },
    } of many)
      expect(groups.filter(({ text }) => text.includes(`What is ${id}?`))).toHaveLength(1);
    for (const { text } of groups) {
      expect(text.length).toBeLessThan(60_000);
      expect(text).toContain("score 0.00");
      expect(text).toContain("score 0.50");
    }
    expect(asked.at(-1)?.text).toContain('"gene":"rules"');
    expect(proposals).toMatchObject([{ kind: "child", hypothesis: "It does not look. merged", flips: ["t0", "t2"] }]);
  });

  test("is not lost when the merging reply cannot be read", async () => {
    const found = answer(hypothesis({}));
    const { reflect } = model(found, found, found, found, found, reply("Hm."));
    const proposals = (await diagnose?.proposeMany?.(request("", undefined, { reflect, evidence: many }))) ?? [];
    expect(proposals).toMatchObject([{ kind: "child" }]);
  });
});
