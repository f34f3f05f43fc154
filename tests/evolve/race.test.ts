import { describe, expect, test } from "vitest";
import type { ContentHash } from "../../src/base/index.ts";
import type { JournalEvent } from "../../src/evolve/index.ts";
import type { Dataset } from "../../src/dataset/index.ts";
import { dataset, journalOf, placebo, runScripted, scriptedEvaluator, type Strength } from "./scripted.ts";

type EventOf<T extends JournalEvent["type"]> = Extract<JournalEvent, { type: T }>;

function eventsOf<T extends JournalEvent["type"]>(journal: readonly unknown[], type: T): readonly EventOf<T>[] {
  return (journal as JournalEvent[]).filter((event): event is EventOf<T> => event.type === type);
}

/** Validation tasks that each child was measured on, by genome. */
function raced(journal: readonly unknown[]): Map<ContentHash, number> {
  const counts = new Map<ContentHash, number>();
  for (const event of journal as JournalEvent[]) {
    if (event.type !== "rollouts-scored" || event.purpose !== "validation") continue;
    counts.set(event.genome, (counts.get(event.genome) ?? 0) + event.tasks.length);
  }
  return counts;
}

describe("the race over validation", () => {
  test("ends children that are not ahead of their parent on a block of 5 tasks; the others join the pool", async () => {
    const { journal, result } = await runScripted({
      options: { race: 5, confirm: 5, check: 0, budget: { rollouts: 1200 } },
    });
    const children = new Set(eventsOf(journal, "child-proposed").map(({ genome }) => genome));
    const pool = new Set(result.candidates.map(({ genome }) => genome));
    const measured = [...raced(journal)].filter(([genome]) => children.has(genome));
    const left = measured.filter(([genome]) => !pool.has(genome));
    expect(left.length).toBeGreaterThan(0);
    expect(left.every(([, tasks]) => tasks === 5)).toBe(true);
    expect(pool.size).toBeGreaterThan(2);
  });

  test("takes the blocks of validation in turns", async () => {
    const { journal } = await runScripted({ options: { race: 5, confirm: 5, budget: { rollouts: 1200 } } });
    const blocks = eventsOf(journal, "rollouts-scored").filter(({ purpose }) => purpose === "validation");
    expect(new Set(blocks.flatMap(({ tasks }) => tasks)).size).toBe(20);
  });

  test("puts a child in the incumbent's place only when the anytime-valid test commits", async () => {
    const { journal } = await runScripted({ options: { race: 5, confirm: 0, budget: { rollouts: 2000 } } });
    const tests = eventsOf(journal, "incumbent-raced");
    expect(tests.some(({ committed }) => committed)).toBe(true);
    for (const { committed, wealth, alpha } of tests) expect(committed).toBe(wealth >= 1 / alpha);
  });

  test("hardly ever replaces the incumbent where nothing makes a difference but luck", async () => {
    const lucky: Strength = () => 0.4;
    let replaced = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { journal } = await runScripted({
        evaluator: scriptedEvaluator({ strength: lucky }),
        options: { seed, race: 5, confirm: 0, lanes: 2, acceptance: "improvement-or-equal", budget: { rollouts: 300 } },
      });
      if (eventsOf(journal, "incumbent-raced").some(({ committed }) => committed)) replaced += 1;
    }
    expect(replaced).toBeLessThanOrEqual(4);
  });

  test("takes a family for one pair, once, and so is not deceived by many copies of one task", async () => {
    const copies = (families: boolean): Dataset => {
      const plain = dataset({ train: 24, validation: 40, test: 30 });
      const tasks = plain.tasks.map((task, i) =>
        task.split === "validation" && families ? { ...task, family: `f${i % 4}` } : task,
      );
      return { ...plain, tasks };
    };
    const pairs = async (families: boolean): Promise<readonly number[]> => {
      const { journal } = await runScripted({
        options: { race: 5, confirm: 0, budget: { rollouts: 2000 } },
        inputs: { dataset: copies(families) },
      });
      return eventsOf(journal, "incumbent-raced").map((event) => event.pairs);
    };
    expect(Math.max(...(await pairs(false)))).toBeGreaterThan(4);
    const counted = await pairs(true);
    expect(counted.length).toBeGreaterThan(0);
    expect(Math.max(...counted)).toBeLessThanOrEqual(4);
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
