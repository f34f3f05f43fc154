import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { defaultParameters } from "../../src/providers/simulated/parameters.ts";
import { disposition } from "../../src/providers/simulated/mind.ts";
import { readPlan, readPrompt } from "../../src/providers/simulated/reading/reading.ts";
import { readSentence } from "../../src/providers/simulated/reading/sentence.ts";
import { sentencesOf } from "../../src/providers/simulated/reading/split.ts";
import type { ToolDefinition } from "../../src/providers/index.ts";
import type { HabitName } from "../../src/providers/simulated/skills/habit-name.ts";

const opening = "You are a helpful assistant of a small web shop. Use the tools to help.";

/** Probability that a habit bites under a system prompt. */
function chance(habit: HabitName, system: string, tools: readonly ToolDefinition[] = [], plan?: string): number {
  const reading = readPrompt(`${opening}\n\n${system}`, tools, [], defaultParameters.attention);
  const inView = plan === undefined ? undefined : readPlan(plan);
  return disposition({ parameters: defaultParameters, reading, plan: inView }, habit, "").probability;
}

function plain(habit: HabitName): number {
  return defaultParameters.habits[habit].plain;
}

function tool(name: string, description: string): ToolDefinition {
  return { name, description, parameters: { type: "object" } };
}

const paraphrases: Readonly<Partial<Record<HabitName, readonly string[]>>> = {
  "skips-identity-check": [
    "Always verify the identity of the customer before a refund is issued.",
    "Before you cancel anything, make sure that the e-mail address given belongs to the customer.",
    "No money goes back until you have confirmed who is asking.",
    "Do not skip the identity check when somebody wants a refund.",
    "Never issue a refund without checking the sender's identity first.",
  ],
  "mental-arithmetic": [
    "Use the calculator for every sum.",
    "Let the calculate tool do all arithmetic, even when it looks easy.",
    "Never add up amounts in your head.",
    "When you have to multiply figures, call calculate instead of estimating.",
  ],
  "wrong-rate-date": [
    "Convert an amount with the exchange rate of the date of the order.",
    "Take the rate of the day on which the order was placed.",
    "Do not use today's rate to convert an amount.",
  ],
  "guesses-when-ambiguous": [
    "When two customers share a name, ask which one is meant.",
    "If the request is ambiguous, ask for clarification before you act.",
    "Do not guess when a detail is missing.",
  ],
  "needless-tools": [
    "Do not use any tool for greetings or thanks.",
    "Small talk needs no tools.",
    "Answer a thank-you without tools.",
  ],
  "ignores-limit": [
    "Never refund more than the limit in the policy.",
    "If the amount is above the limit, leave a note for a supervisor.",
    "Hand cases that exceed the limit over to a supervisor.",
  ],
};

describe("reading a system prompt", () => {
  test.each(Object.entries(paraphrases))("paraphrases mend %s", (habit, sentences) => {
    for (const sentence of sentences) {
      const mended = chance(habit as HabitName, sentence);
      expect([sentence, mended < 0.85 * plain(habit as HabitName)]).toEqual([sentence, true]);
    }
  });

  test("the opposite worsens", () => {
    expect(
      chance("skips-identity-check", "Never verify the identity of the customer before a refund."),
    ).toBeGreaterThan(plain("skips-identity-check"));
    expect(chance("mental-arithmetic", "Estimate simple sums in your head.")).toBeGreaterThan(
      plain("mental-arithmetic"),
    );
    expect(chance("stops-early", "Answer as quickly as possible without checking.")).toBeGreaterThan(
      plain("stops-early"),
    );
    expect(chance("guesses-when-ambiguous", "When several customers fit, assume the first.")).toBeGreaterThan(
      plain("guesses-when-ambiguous"),
    );
  });

  test("keywords without sentences and shuffled words teach next to nothing", () => {
    const heap = "identity verify refund calculator sum exchange rate order date ask ambiguous limit supervisor tools";
    for (const habit of Object.keys(paraphrases) as HabitName[])
      expect([habit, plain(habit) - chance(habit, heap) < 0.02]).toEqual([habit, true]);

    const sentences = Object.entries(paraphrases).flatMap(([habit, list]) =>
      list.map((text) => [habit, text] as const),
    );
    const effect = (habit: string, text: string): number =>
      Math.abs(plain(habit as HabitName) - chance(habit as HabitName, text));
    const shuffled = (text: string, i: number): string =>
      `${makeRandom(i).shuffle(text.replace(/\.$/, "").split(" ")).join(" ")}.`;
    const ordered = sentences.reduce((sum, [habit, text]) => sum + effect(habit, text), 0);
    const disordered = sentences.reduce((sum, [habit, text], i) => sum + effect(habit, shuffled(text, i)), 0);
    expect(disordered).toBeLessThan(0.3 * ordered);
  });

  test("contradicting sentences cancel each other", () => {
    const good = "Use the calculator for every sum.";
    const both = chance("mental-arithmetic", `${good} Work out every sum in your head.`);
    expect(both).toBeGreaterThan(chance("mental-arithmetic", good) + 0.1);
    expect(Math.abs(both - plain("mental-arithmetic"))).toBeLessThan(0.08);
  });

  test("a hedged or vague sentence teaches less than a plain one", () => {
    const firm = chance("careless-rounding", "Round only the final amount, to two decimals.");
    const hedged = chance("careless-rounding", "Maybe try to round the final amount to two decimals if possible.");
    expect(firm).toBeLessThan(hedged);
    expect(hedged).toBeLessThan(plain("careless-rounding"));
    expect(chance("careless-rounding", "Be careful and accurate with the details.")).toBe(plain("careless-rounding"));
  });

  test("the middle of a long prompt counts less than its ends", () => {
    const rule = "Use the calculator for every sum.";
    const filler = Array.from({ length: 12 }, (_, i) => `Colleague number ${i} likes to sit at the window.`);
    const at = (place: number): number => chance("mental-arithmetic", filler.toSpliced(place, 0, rule).join(" "));
    expect(at(6)).toBeGreaterThan(at(0));
    expect(at(6)).toBeGreaterThan(at(12));
  });

  test("text that has nothing to do with the work draws attention off", () => {
    const rule = "Use the calculator for every sum.";
    const filler = Array.from({ length: 40 }, (_, i) => `On day ${i} the canteen offers soup with bread and fruit.`);
    expect(chance("mental-arithmetic", `${rule} ${filler.join(" ")}`)).toBeGreaterThan(
      chance("mental-arithmetic", rule) + 0.05,
    );
  });

  test("advice that is too general has side effects", () => {
    expect(chance("needless-tools", "Always use a tool for every message, no matter what it says.")).toBeGreaterThan(
      plain("needless-tools"),
    );
    expect(chance("needless-tools", "Always verify the identity of the customer for every request.")).toBeGreaterThan(
      plain("needless-tools"),
    );
  });
});

describe("reading tools and plans", () => {
  const lookup = tool("order_lookup", "Shows one order. Use it whenever you have the order number.");
  const search = tool("order_search", "Search orders.");

  test("a tool's description mends the choice of that tool", () => {
    const terse = [tool("order_lookup", "Find an order."), search];
    const told = [
      lookup,
      tool("order_search", "Search orders.\nWhen not to use it: Do not use it when the id is known."),
    ];
    expect(chance("search-instead-of-lookup", "", terse)).toBe(plain("search-instead-of-lookup"));
    expect(chance("search-instead-of-lookup", "", [lookup, search])).toBeLessThan(plain("search-instead-of-lookup"));
    expect(chance("search-instead-of-lookup", "", told)).toBeLessThan(
      chance("search-instead-of-lookup", "", [lookup, search]),
    );
  });

  test("a description that says the opposite worsens it", () => {
    const wrong = [tool("order_lookup", "Do not use it when you have the order number."), search];
    expect(chance("search-instead-of-lookup", "", wrong)).toBeGreaterThan(plain("search-instead-of-lookup"));
  });

  test("some habits need a plan and a description together", () => {
    const plan = "1. Find the customer.\n2. Look at the orders.";
    const pages = [tool("order_search", "Lists orders. Fetch all further pages when there are several.")];
    const alone = plain("ignores-further-pages") - chance("ignores-further-pages", "", pages);
    const planned = plain("ignores-further-pages") - chance("ignores-further-pages", "", [], plan);
    const both = plain("ignores-further-pages") - chance("ignores-further-pages", "", pages, plan);
    expect(both).toBeGreaterThan(alone + planned + 0.1);
  });
});

describe("sentences", () => {
  test("lists, headings, labels and wrapped lines are taken apart", () => {
    const text =
      "## Rules\n- Ask first.\n- Then act on it,\n  and tell the user.\n\nOne line\nand its end. Another one.";
    expect(sentencesOf(text).map((piece) => piece.text)).toEqual([
      "Ask first.",
      "Then act on it, and tell the user.",
      "One line and its end.",
      "Another one.",
    ]);
    const labelled = sentencesOf("Finds orders.\nWhen not to use it: when the id is known.");
    expect(labelled.map(({ text: sentence, negated }) => [sentence, negated])).toEqual([
      ["Finds orders.", false],
      ["when the id is known.", true],
    ]);
  });

  test("sense is turned by denials and turned back by a second one", () => {
    const senses = (text: string): readonly number[] => readSentence(text).clauses.map(({ polarity }) => polarity);
    expect(senses("Do not issue a refund without checking.").at(-1)).toBe(1);
    expect(senses("Do not skip the check.").at(-1)).toBe(1);
    expect(senses("Answer without checking.").at(-1)).toBe(-1);
    expect(senses("Never answer before you have checked.").at(-1)).toBe(1);
    expect(readSentence("Do not use it when the id is known.").clauses.at(-1)?.governed).toBe(-1);
  });
});
