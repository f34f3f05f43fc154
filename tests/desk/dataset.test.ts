import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeTasks } from "../../datasets/desk/generator/make-tasks.ts";
import { families, requests } from "../../datasets/desk/generator/requests.ts";
import { noteTopics, policyTopics } from "../../datasets/desk/generator/topics.ts";
import { makeShop } from "../../datasets/desk/world/shop.ts";
import { tasksOf, validateDataset } from "../../src/dataset/index.ts";
import { first } from "./agent.ts";
import { runScript, type Ask } from "./rollout.ts";

const folder = join(import.meta.dirname, "../../datasets/desk");
const { dataset } = await validateDataset(folder);
const splits = ["train", "validation", "test"] as const;
/** One world of each split. */
const worlds = [3, 12, 21];

describe("the dataset desk", () => {
  test("has 160 tasks in each split, twenty of every family", () => {
    for (const split of splits) {
      const tags = tasksOf(dataset, split).map(({ tags: [family] }) => family);
      expect(tags).toHaveLength(160);
      expect(families.map((family) => tags.filter((tag) => tag === family).length)).toEqual(families.map(() => 20));
    }
  });

  test("asks every kind of request in every split, in at least three wordings over all", () => {
    for (const [intent, { phrasings }] of Object.entries(requests)) {
      expect(phrasings.length).toBeGreaterThanOrEqual(4);
      const counts = splits.map((split) => tasksOf(dataset, split).filter(({ tags }) => tags[1] === intent).length);
      expect([intent, Math.min(...counts) > 0]).toEqual([intent, true]);
    }
  });

  test("repeats no id and no input, and keeps the worlds of the splits apart", () => {
    expect(new Set(dataset.tasks.map(({ id }) => id)).size).toBe(480);
    expect(new Set(dataset.tasks.map(({ input }) => input.toLowerCase())).size).toBe(480);
    const worldsOf = splits.map((split) => new Set(tasksOf(dataset, split).map(({ world }) => JSON.stringify(world))));
    expect(worldsOf.map(({ size }) => size)).toEqual([8, 8, 8]);
    expect(new Set(worldsOf.flatMap((some) => [...some])).size).toBe(24);
  });

  test("fills every slot of its requests and begins sentences with a capital", () => {
    const inputs = dataset.tasks.map(({ input }) => input);
    expect(inputs.filter((input) => /[{}]|undefined|NaN/.test(input))).toEqual([]);
    expect(inputs.filter((input) => !/^[A-Z"]|^[\w.]+@/.test(input))).toEqual([]);
    expect(inputs.filter((input) => / a [AEIO]| an [BCDFGKLMNPRSTVW]/.test(input))).toEqual([]);
  });

  test("is what its generator writes, byte for byte", () => {
    const written = makeTasks("desk/1").map(({ task }) => `${JSON.stringify(task)}\n`);
    expect(readFileSync(join(folder, "tasks.jsonl"), "utf8")).toBe(written.join(""));
  });

  test("never tells the expected answer in its feedback", () => {
    const leaks = dataset.tasks.flatMap(({ id, checks }) =>
      checks.flatMap((check) => {
        const expected = check.type === "number" ? [check.value] : check.type === "set" ? check.values : [];
        const sentence = typeof check.feedback === "string" ? check.feedback : "";
        return expected.some((value) => sentence.split(/[\s.,]+/).includes(String(value)))
          ? [`${id}: ${sentence}`]
          : [];
      }),
    );
    expect(leaks).toEqual([]);
  });
});

describe("the exploration tasks of desk", () => {
  const silent = (seed: number, script: (ask: Ask) => void): void =>
    runScript(
      seed,
      (ask) => {
        script(ask);
        return "";
      },
      () => undefined,
    );

  test("a rule is not found under the customer's words, and is found under each of the article's", () => {
    for (const seed of worlds) {
      silent(seed, (ask) => {
        for (const { questions, found, rule } of policyTopics) {
          for (const query of questions.flatMap((question) => [question, keywords(question)])) {
            expect([query, ask("policy_search", { query }).articles]).toEqual([query, []]);
          }
          const value = String(makeShop(seed).rules[rule]);
          for (const query of found) {
            const texts = ask("policy_search", { query }).articles.map(({ text }) => text);
            expect([query, texts.some((text) => text.includes(value))]).toEqual([query, true]);
          }
        }
      });
    }
  });

  test("a note is not found under the customer's words, and is found under each of the colleague's", () => {
    for (const seed of worlds) {
      const { notes } = makeShop(seed);
      silent(seed, (ask) => {
        for (const { questions, found, matter } of noteTopics) {
          const { customer_id, value = "" } = first(notes.filter((note) => note.matter === matter));
          for (const query of questions.flatMap((question) => [question, keywords(question)])) {
            expect([query, ask("note_search", { query, customer_id }).notes]).toEqual([query, []]);
          }
          for (const query of found) {
            expect(first(ask("note_search", { query, customer_id }).notes).text).toContain(value);
          }
        }
      });
    }
  });

  /** The words of a question that carry meaning: what a hasty searcher would type. */
  function keywords(question: string): string {
    const empty =
      "how what who with from the for and does somebody have thing they just many much did was when need until next that can".split(
        " ",
      );
    return (question.toLowerCase().match(/[a-z]{3,}/g) ?? []).filter((word) => !empty.includes(word)).join(" ");
  }
});
