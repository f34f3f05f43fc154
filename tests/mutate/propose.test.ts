import { describe, expect, test } from "vitest";
import { genomeId, withGene } from "../../src/genome/index.ts";
import { proposeChildren, standardOperators, type Operator, type Proposal } from "../../src/mutate/index.ts";
import { everyGene, reply, request } from "./make.ts";

const checks = { isKnown: () => false, findCopied: () => undefined };
const operator = (name: string): Operator => {
  const found = standardOperators.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no operator ${name}`);
  return found;
};
const said = (value: string): string => JSON.stringify({ diagnosis: "d", hypothesis: "look first", value });

/** Answers one call after another, and keeps what was asked. */
function answering(...answers: readonly string[]) {
  const asked: string[] = [];
  return {
    asked,
    reflect: async (sent: { readonly messages: readonly { readonly content: string }[] }) => {
      asked.push(sent.messages.map(({ content }) => content).join("\n"));
      return reply(answers[asked.length - 1] ?? "");
    },
  };
}

describe("a proposal that is not valid", () => {
  test("is asked for once more, with the reason", async () => {
    const { asked, reflect } = answering(said("Be kind."), said("Be kind to {shop}."));
    const results = await proposeChildren(operator("reflect"), request("system", undefined, { reflect }), checks);
    expect(results).toMatchObject([
      { kind: "child", changes: { system: "Be kind to {shop}." }, hypothesis: "look first" },
    ]);
    expect(asked).toHaveLength(2);
    expect(asked[0]).not.toContain("{shop} is missing");
    expect(asked[1]).toContain("- look first (refused before it was tried: {shop} is missing)");
  });

  test("is not asked for a third time", async () => {
    const { asked, reflect } = answering("", "Hm.", said("Be kind to {shop}."));
    const results = await proposeChildren(operator("reflect"), request("system", undefined, { reflect }), checks);
    expect(asked).toHaveLength(2);
    expect(results.map((result) => result.kind === "refused" && result.reason)).toEqual(["empty-value", "no-value"]);
  });

  test("is not asked for again where asking cannot help", async () => {
    const { asked, reflect } = answering("I'm sorry, but I can't help.");
    await proposeChildren(operator("reflect"), request("system", undefined, { reflect }), checks);
    expect(asked).toHaveLength(1);
    const stuck = await proposeChildren(operator("step"), request("tone", undefined, { tried: () => true }), checks);
    expect(stuck).toMatchObject([{ kind: "refused", reason: "no-alternative" }]);
  });
});

describe("children of one call", () => {
  const proposals: readonly Proposal[] = [
    { kind: "child", changes: { tone: "warm" }, hypothesis: "warm", flips: ["b"] },
    { kind: "child", changes: { tone: "rude" }, hypothesis: "rude", flips: [] },
    { kind: "child", changes: { tone: "warm" }, hypothesis: "warm again", flips: [] },
    { kind: "child", changes: { verify: true }, hypothesis: "verify", flips: [] },
  ];
  const several: Operator = {
    name: "several",
    scope: "genome",
    reflects: true,
    applies: () => true,
    propose: async () => proposals[0] as Proposal,
    proposeMany: async () => proposals,
  };

  test("are checked one by one, each child once, and kept as long as one is valid", async () => {
    const results = await proposeChildren(several, request(""), checks);
    expect(results.map(({ kind }) => kind)).toEqual(["child", "refused", "refused", "child"]);
    expect(results[0]).toMatchObject({
      id: genomeId(withGene(everyGene, "tone", "warm")),
      hypothesis: "warm",
      flips: ["b"],
    });
    expect(results[2]).toMatchObject({ reason: "duplicate" });
  });

  test("that were measured or refused before are not valid", async () => {
    const others = [withGene(everyGene, "tone", "warm"), withGene(everyGene, "verify", true)];
    const results = await proposeChildren(several, request(""), { ...checks, others });
    expect(results.filter(({ kind }) => kind === "child")).toEqual([]);
    expect(results[0]).toMatchObject({ reason: "near-duplicate" });
  });
});
