import { describe, expect, test } from "vitest";
import type { JournalEvent } from "../../src/evolve/index.ts";
import { journalOf, placebo, runScripted, scriptedEvaluator } from "./scripted.ts";

/** Validation tasks that each child was measured on, by genome. */
function raced(journal: readonly unknown[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const event of journal as JournalEvent[]) {
    if (event.type !== "rollouts-scored" || event.purpose !== "validation") continue;
    counts.set(event.genome, (counts.get(event.genome) ?? 0) + event.tasks.length);
  }
  return counts;
}

describe("the race over validation", () => {
  test("ends children that are not ahead of their parent after 5 or 10 of the 20 tasks", async () => {
    const { journal, result } = await runScripted({ options: { race: 5, budget: { rollouts: 1200 } } });
    const lengths = new Set(raced(journal).values());
    expect([...lengths].every((length) => [5, 10, 20].includes(length))).toBe(true);
    expect(lengths.size).toBeGreaterThan(1);
    const whole = [...raced(journal)].filter(([, length]) => length === 20).map(([genome]) => genome);
    expect(result.candidates.slice(1).every(({ genome }) => whole.includes(genome))).toBe(true);
  });

  test("costs nothing more than full validation where it is turned off", async () => {
    const { journal } = await runScripted({ options: { race: 0 } });
    expect(new Set(raced(journal).values())).toEqual(new Set([20]));
  });

  test("looks at more children for the same budget", async () => {
    const proposed = async (race: number): Promise<number> => {
      const evaluator = scriptedEvaluator({ strength: placebo });
      const { store } = await runScripted({
        evaluator,
        options: { race, acceptance: "improvement-or-equal", budget: { rollouts: 600 } },
      });
      return (journalOf(store) as JournalEvent[]).filter(({ type }) => type === "child-proposed").length;
    };
    expect(await proposed(5)).toBeGreaterThan(await proposed(0));
  });
});

describe("several genes in one child", () => {
  const changed = async (genes: number): Promise<number[]> => {
    const { journal } = await runScripted({ options: { genes } });
    return (journal as JournalEvent[]).flatMap((event) =>
      event.type === "child-proposed" && event.parents.length === 1 ? [Object.keys(event.changes).length] : [],
    );
  };

  test("changes no more than asked for, and more than one where more have something to offer", async () => {
    expect(Math.max(...(await changed(1)))).toBe(1);
    const three = await changed(3);
    expect(Math.max(...three)).toBe(3);
  });

  test("lays a failure to a gene only when it was the only one changed", async () => {
    const asked: string[] = [];
    const { scriptedReflector } = await import("./scripted.ts");
    const inner = scriptedReflector();
    await runScripted({
      options: { genes: 3 },
      reflector: {
        name: "listening",
        complete: (request, options) => {
          asked.push(request.messages.at(-1)?.content ?? "");
          return inner.complete(request, options);
        },
      },
    });
    const failed = asked.filter((text) => /# Attempts that failed\n- .*on \d+ tasks the score went/.test(text));
    expect(asked.length).toBeGreaterThan(10);
    expect(failed.length).toBeLessThan(asked.length / 4);
  });
});
