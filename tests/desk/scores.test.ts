import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeTasks, type MadeTask } from "../../datasets/desk/generator/make-tasks.ts";
import { loadDataset, scoreOutcome, type Check } from "../../src/dataset/index.ts";
import type { Said, Script } from "./agent.ts";
import { careless } from "./careless.ts";
import { oracle } from "./oracle.ts";
import { runScript, type Ask } from "./rollout.ts";

const dataset = await loadDataset(join(import.meta.dirname, "../../datasets/desk"));
const made = makeTasks("desk/1").map((task, index) => ({ ...task, checks: dataset.tasks[index]?.checks ?? [] }));
type Case = MadeTask & { readonly checks: readonly Check[] };

function scoreWith(
  scripts: Readonly<Record<string, Script>>,
  { task, slots, checks }: Case,
  extra?: (ask: Ask) => void,
) {
  const script = scripts[task.tags[1] ?? ""];
  if (script === undefined) throw new Error(`no script for ${task.tags[1]}`);
  const act = (ask: Ask): string => {
    const answer = script(ask, slots as Said);
    extra?.(ask);
    return answer;
  };
  return runScript(task.world.seed, act, (outcome) => scoreOutcome(checks, outcome));
}

describe("the scores of desk", () => {
  test("a perfect agent, which is told only what the request says, scores 1 on every task", () => {
    const short = made.flatMap((one) => {
      const { score, feedback } = scoreWith(oracle, one);
      return score > 1 - 1e-9 ? [] : [`${one.task.id}: ${score} ${feedback.join(" ")}`];
    });
    expect(made).toHaveLength(480);
    expect(short).toEqual([]);
  });

  test("a careless agent loses at least a quarter on every task, and is told why", () => {
    const results = made.map((one) => ({ one, ...scoreWith(careless, one) }));
    expect(results.filter(({ score }) => score > 0.75).map(({ one, score }) => `${one.task.id}: ${score}`)).toEqual([]);
    expect(results.filter(({ feedback }) => feedback.join("").length < 30)).toEqual([]);
  });

  test("an agent that says and does nothing earns nothing", () => {
    const scores = made.map((one) =>
      runScript(
        one.task.world.seed,
        () => "",
        (outcome) => scoreOutcome(one.checks, outcome).score,
      ),
    );
    expect(Math.max(...scores)).toBe(0);
  });

  test("writing something nobody asked for is seen on every task that does not end in a write", () => {
    const scribble = (ask: Ask): void => {
      const { customers } = ask("customer_search", { query: "Carmen" });
      const { orders } = ask("order_search", {});
      const customer_id =
        customers[0]?.customer_id ?? ask("order_lookup", { order_id: orders[0]?.order_id ?? "" }).customer_id;
      ask("note_add", { customer_id, text: "Was here." });
    };
    const readOnly = made.filter(({ kind }) => kind !== "refund_above_limit");
    const blind = readOnly.filter((one) => scoreWith(oracle, one, scribble).score > 0.91);
    expect(blind.map(({ task }) => task.id)).toEqual([]);
  });

  test("today's rate, a missing conversion and a forgotten page are named as likely causes", () => {
    const unexplained = (intent: string, cause: RegExp): readonly string[] =>
      made
        .filter(({ task }) => task.tags[1] === intent)
        .filter((one) => !cause.test(scoreWith(careless, one).feedback.join(" ")))
        .map(({ task }) => task.id);
    expect(unexplained("total_in_currency", /today's/)).toEqual([]);
    expect(unexplained("spent_in_year", /today's/)).toEqual([]);
    expect(unexplained("discounted_total", /same money|worth the same/)).toEqual([]);
    expect(unexplained("orders_with_product", /missing|incomplete|Not every/)).toEqual([]);
    expect(unexplained("count_by_status", /All orders/)).toEqual([]);
  });

  test("an answer that is right but not on a line of its own loses only the share of that line", () => {
    for (const one of made.filter(({ task }) => /lookup|arithmetic/.test(task.tags[0] ?? ""))) {
      const script = oracle[one.task.tags[1] ?? ""];
      const inline: Script = (ask, said) => script?.(ask, said).replace("\nAnswer:", " It is") ?? "";
      const { score } = scoreWith({ [one.task.tags[1] ?? ""]: inline }, one);
      expect([one.task.id, score < 1 && score > 0.8]).toEqual([one.task.id, true]);
    }
  });
});
