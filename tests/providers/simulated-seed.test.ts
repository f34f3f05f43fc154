import { describe, expect, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { seedGenome } from "../../src/mutate/index.ts";
import { makeSimulatedProvider } from "../../src/providers/index.ts";
import { understand } from "../../src/providers/simulated/reading/match.ts";

const tools = [{ name: "calculate", description: "Calculator." }];

/** The rules of the first version that models of thirty seeds write from a goal. */
async function firstRules(goal: string, samples: readonly string[] = []): Promise<readonly (readonly string[])[]> {
  const seeds = Array.from({ length: 30 }, (_, seed) => seed);
  return Promise.all(
    seeds.map(async (seed) => {
      const provider = makeSimulatedProvider({ seed });
      const { genome } = await seedGenome({ name: "agent", goal, samples, tools }, (request) =>
        provider.complete({ ...request, model: "simulated" }),
      );
      return genome.genes["rules"]?.value as readonly string[];
    }),
  );
}

const teaching = (all: readonly (readonly string[])[], habit: string): number =>
  all.filter((rules) => rules.some((rule) => understand(rule).general.some((lesson) => lesson.habit === habit))).length;

describe("the simulated model as the author of a first version", () => {
  test("takes hints from the goal, sometimes, and gives no advice on what nobody spoke of", async () => {
    const hinted = await firstRules("Handle refunds. Confirm the identity by the e-mail address before any refund.");
    const plain = await firstRules("Handle messages.");
    expect(teaching(hinted, "skips-identity-check")).toBeGreaterThan(5);
    expect(teaching(hinted, "skips-identity-check")).toBeLessThan(28);
    expect(teaching(plain, "skips-identity-check")).toBe(0);
  });

  test("takes hints from the sample inputs too", async () => {
    const samples = ["Which order is meant here? The customer has three, and nobody asked which one."];
    const habit = "guesses-when-ambiguous";
    expect(teaching(await firstRules("Handle messages.", samples), habit)).toBeGreaterThan(
      teaching(await firstRules("Handle messages."), habit),
    );
  });

  test("answers the same request the same way, as JSON with the three parts", async () => {
    const provider = makeSimulatedProvider({ seed: 1 });
    const replies: string[] = [];
    for (let i = 0; i < 2; i++) {
      await seedGenome({ name: "agent", goal: "Sort messages.", samples: [], tools: [] }, async (request) => {
        const reply = await provider.complete({ ...request, model: "simulated" });
        replies.push(reply.content);
        return reply;
      });
    }
    expect(replies[1]).toBe(replies[0]);
    expect(Object.keys(parseJson(replies[0] ?? "") as object)).toEqual(["system", "rules", "answer_format"]);
  });
});
